"""TLS as evidence needs it: verified first; where that fails, once more without, and never silently.

A page behind an expired certificate is still what the report cited. So it is kept, and its record says that nobody
vouches for it. `crawler.download.handler.DownloadHandler` uses the two policies, each with connections of its own, so that an
unverified connection never answers a request that could be verified.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from OpenSSL import SSL
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet._sslverify import ClientTLSOptions
from twisted.internet.ssl import (
    CertificateOptions,
    TLSVersion,
    platformTrust,
)
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from OpenSSL.crypto import X509

SECRET = "isw_secret"  # noqa: S105 - a key of `request.meta`
"""Marks a request that carries keys: it is kept nowhere, and sent to nobody whose certificate cannot be verified."""

# OP_LEGACY_SERVER_CONNECT: old servers without RFC 5746, as Scrapy allows.
_LEGACY_SERVER_CONNECT = 0x4

# For the second try only: whatever an old government server still speaks. Its answer is flagged in any case.
_ANY_CIPHER = b"ALL:@SECLEVEL=0"

# X509_V_ERR_* of OpenSSL's x509_vfy.h, as far as servers on the web get them wrong.
_REASONS = {
    9: "certificate is not valid yet",
    10: "certificate has expired",
    18: "self-signed certificate",
    19: "self-signed certificate in chain",
    20: "unknown issuer",
    21: "unknown issuer of the first certificate",
    23: "certificate revoked",
    24: "invalid CA certificate",
    26: "certificate is for another purpose",
    66: "key too small",
    68: "weak signature",
}
WRONG_HOST = "certificate is for another host"


class CertificateInvalidError(Exception):
    """The server's certificate cannot be verified; the text says why."""

    outcome = Outcome.TLS_FAILURE


@implementer(IPolicyForHTTPS)
class VerifiedPolicy:
    """Connections to servers whose certificate is good: known issuer, in date, for this host.

    The issuers are the system's; `SSL_CERT_FILE` and `SSL_CERT_DIR` name others.
    """

    verify = True

    @cached_property
    def options(self) -> CertificateOptions:
        """Made once, not for each connection: it holds all of the system's issuers."""
        issuers: Any = platformTrust()  # type: ignore[no-untyped-call]
        options = CertificateOptions(trustRoot=issuers, fixBrokenPeers=True)
        return _with_ciphers(options, b"DEFAULT")  # OpenSSL's own choice, as Scrapy's default is

    def creatorForNetloc(self, hostname: bytes, port: int) -> ClientTLSOptions:
        """Twisted asks here for each new connection.

        Args:
            hostname: As in the URL, ASCII.
            port: Makes no difference.
        """
        connect = self.options._makeTLSConnection  # noqa: SLF001 - as Scrapy does; no public way
        return _TlsOptions(connect, hostname.decode("ascii"), verify=self.verify)


@implementer(IPolicyForHTTPS)
class UnverifiedPolicy(VerifiedPolicy):
    """Connections to any server that speaks some TLS, whoever it is."""

    verify = False

    @cached_property
    def options(self) -> CertificateOptions:
        """Without issuers, and down to TLS 1.0, which some old sites still need."""
        options = CertificateOptions(
            fixBrokenPeers=True, insecurelyLowerMinimumTo=TLSVersion.TLSv1_0
        )
        return _with_ciphers(options, _ANY_CIPHER)


def _with_ciphers(options: CertificateOptions, ciphers: bytes) -> CertificateOptions:
    """Set what `CertificateOptions` cannot: its `acceptableCiphers` keeps the names of a list and loses its level."""
    context = options.getContext()
    context.set_cipher_list(ciphers)
    context.set_options(_LEGACY_SERVER_CONNECT)
    return options


class _TlsOptions(ClientTLSOptions):
    """Checks the certificate itself, so that a failure says which check failed."""

    def __init__(self, connect: Callable[..., Any], hostname: str, *, verify: bool) -> None:
        super().__init__(connect, hostname)
        self._verify = verify

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:
        connection = super().clientConnectionForTLS(protocol)
        mode = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
        connection.set_verify(mode, self._checker(protocol) if self._verify else _accept)
        return connection

    def _checker(self, protocol: Any) -> Callable[..., bool]:
        name, is_dns = self._hostnameASCII, self._hostnameIsDnsName

        def check(_: SSL.Connection, certificate: X509, code: int, depth: int, ok: int) -> bool:
            why = None if ok else _REASONS.get(code, f"OpenSSL verification error {code}")
            if why is None and depth == 0 and not _is_for(certificate, name, is_dns=is_dns):
                why = WRONG_HOST
            if why is not None:
                error = CertificateInvalidError(f"{name}: {why}")
                protocol.failVerification(Failure(error))  # type: ignore[no-untyped-call]
            return why is None

        return check


def _is_for(certificate: X509, name: str, *, is_dns: bool) -> bool:
    """Whether a certificate names the host (RFC 9525)."""
    try:
        wanted = DNS_ID(name) if is_dns else IPAddress_ID(name)
        verify_service_identity(extract_patterns(certificate), [wanted], [])
    except (VerificationError, CertificateError, ValueError):
        return False
    return True


def _accept(*_: Any) -> bool:
    return True


def verification_problem(error: BaseException) -> str | None:
    """Why the server could not be verified, or None when `error` is about something else.

    Args:
        error: What the download of an https URL raised, with its causes and Twisted's `reasons`.
    """
    todo: list[BaseException | None] = [error]
    problem: str | None = None
    while todo:
        link = todo.pop(0)
        if link is None:
            continue
        if isinstance(link, CertificateInvalidError):
            return str(link)
        if isinstance(link, SSL.Error) and not isinstance(link, SSL.SysCallError):
            problem = problem or _said(link)
        todo.append(link.__cause__)
        todo.extend(getattr(r, "value", None) for r in getattr(link, "reasons", None) or ())
    return problem


def _said(error: SSL.Error) -> str:
    """OpenSSL's words: its errors are lists of (library, function, reason)."""
    entries = error.args[0] if error.args else ()
    words = [str(entry[-1]) for entry in entries if isinstance(entry, tuple) and entry]
    return "TLS: " + ("; ".join(words) or "handshake failed")
