"""TLS connections whose certificate we look at ourselves, so that a failure says which check
failed."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Protocol

from OpenSSL import SSL, crypto
from twisted.internet._sslverify import ClientTLSOptions
from twisted.python.failure import Failure

from archive.model.fetch import Connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from OpenSSL.crypto import X509
    from twisted.internet.ssl import CertificateOptions


MOST_CERTIFICATES = 8
MOST_CERTIFICATE_BYTES = 5_500
"""Of each (DER), so that in base64 it fits a header line of 8 kB. Usual chains are two to four
certificates of 1 to 2 kB; what is more or larger is left out, its server being hostile or odd."""


def connection_of(transport: Any, sent_at: datetime) -> Connection:
    """What a connection shows of its other end.

    Args:
        transport: Twisted's.
        sent_at: When the request was sent over it.
    """
    handle = transport.getHandle() if hasattr(transport, "getHandle") else None
    if not isinstance(handle, SSL.Connection):
        return Connection(sent_at)
    chain = handle.get_peer_cert_chain() or []
    packed = [crypto.dump_certificate(crypto.FILETYPE_ASN1, one) for one in chain]
    kept = [one for one in packed[:MOST_CERTIFICATES] if len(one) <= MOST_CERTIFICATE_BYTES]
    return Connection(
        sent_at,
        tuple(base64.b64encode(one).decode("ascii") for one in kept),
        handle.get_cipher_name(),
        handle.get_protocol_version_name(),
    )


class Check(Protocol):
    """Says what is wrong with one certificate of a server's chain; None where nothing is."""

    def __call__(
        self, certificate: X509, code: int, depth: int, name: str, *, is_dns: bool
    ) -> Exception | None:
        """See `crawler.download.tls.why_bad`."""
        ...


class CheckedTls(ClientTLSOptions):
    """What Twisted asks for each connection to a host."""

    def __init__(self, options: CertificateOptions, hostname: str, check: Check | None) -> None:
        """For one host.

        Args:
            options: Issuers and ciphers.
            hostname: As in the URL, ASCII.
            check: Asked about each certificate; None: anybody's will do.
        """
        # as Scrapy does; there is no public way
        super().__init__(options._makeTLSConnection, hostname)  # noqa: SLF001
        self._check = check

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:
        """A connection that is checked, or not."""
        connection = super().clientConnectionForTLS(protocol)
        mode = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
        check = self._check
        connection.set_verify(mode, _accept if check is None else self._checker(protocol, check))
        return connection

    def _checker(self, protocol: Any, check: Check) -> Callable[..., bool]:
        name, is_dns = self._hostnameASCII, self._hostnameIsDnsName

        def asked(_: SSL.Connection, certificate: X509, code: int, depth: int, ok: int) -> bool:
            error = check(certificate, 0 if ok else code, depth, name, is_dns=is_dns)
            if error is not None:
                protocol.failVerification(Failure(error))  # type: ignore[no-untyped-call]
            return error is None

        return asked


def _accept(*_: Any) -> bool:
    return True
