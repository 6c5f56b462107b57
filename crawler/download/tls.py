"""TLS as evidence needs it: verified first; where that fails, once more without, and never
silently.

A page behind an expired certificate is still what the report cited. So it is kept, and its record
says that nobody vouches for it. `crawler.download.handler.DownloadHandler` uses the two policies,
each with connections of its own, so that an unverified connection never answers a request that
could be verified.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from OpenSSL import SSL
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.ssl import (
    CertificateOptions,
    TLSVersion,
    platformTrust,
)
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from archive.model.vocabulary import Outcome
from crawler.download.scrapy_internals.tls import CheckedTls

if TYPE_CHECKING:
    from OpenSSL.crypto import X509

SECRET = "isw_secret"  # noqa: S105 - a key of `request.meta`
"""Marks a request that carries keys: it is kept nowhere, and sent to nobody whose certificate
cannot be verified."""

# OP_LEGACY_SERVER_CONNECT: old servers without RFC 5746, as Scrapy allows.
_LEGACY_SERVER_CONNECT = 0x4

# For the second try only: whatever an old government server still speaks. Its answer is flagged in
# any case.
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

    def creatorForNetloc(self, hostname: bytes, port: int) -> CheckedTls:
        """Twisted asks here for each new connection.

        Args:
            hostname: As in the URL, ASCII.
            port: Makes no difference.
        """
        return CheckedTls(self.options, hostname.decode("ascii"), why_bad if self.verify else None)


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
    """Set what `CertificateOptions` cannot: its `acceptableCiphers` keeps the names of a list and
    loses its level."""
    context = options.getContext()
    context.set_cipher_list(ciphers)
    context.set_options(_LEGACY_SERVER_CONNECT)
    return options


def why_bad(
    certificate: X509, code: int, depth: int, name: str, *, is_dns: bool
) -> Exception | None:
    """What is wrong with one certificate of a server's chain; None where nothing is.

    Args:
        certificate: The one.
        code: OpenSSL's verdict, `X509_V_ERR_*`; 0 is good.
        depth: 0: the server's own.
        name: The host's.
        is_dns: It is a name, no number.
    """
    why = _REASONS.get(code, f"OpenSSL verification error {code}") if code else None
    if why is None and depth == 0 and not _is_for(certificate, name, is_dns=is_dns):
        why = WRONG_HOST
    return None if why is None else CertificateInvalidError(f"{name}: {why}")


def _is_for(certificate: X509, name: str, *, is_dns: bool) -> bool:
    """Whether a certificate names the host (RFC 9525)."""
    try:
        wanted = DNS_ID(name) if is_dns else IPAddress_ID(name)
        verify_service_identity(extract_patterns(certificate), [wanted], [])
    except (VerificationError, CertificateError, ValueError):
        return False
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
            problem = problem or _openssl_words(link)
        todo.append(link.__cause__)
        todo.extend(getattr(r, "value", None) for r in getattr(link, "reasons", None) or ())
    return problem


def _openssl_words(error: SSL.Error) -> str:
    """OpenSSL's words: its errors are lists of (library, function, reason)."""
    entries = error.args[0] if error.args else ()
    words = [str(entry[-1]) for entry in entries if isinstance(entry, tuple) and entry]
    return "TLS: " + ("; ".join(words) or "handshake failed")
