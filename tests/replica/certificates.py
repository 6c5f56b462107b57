"""A certificate authority of our own, and certificates that are wrong in a known way."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

TlsKind = Literal["good", "self-signed", "expired", "wrong-host", "untrusted"]

# Long past and far off on any machine's clock: certificates are judged by the real time, not by the
# world's.
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


class Certificates:
    """TLS contexts for hosts, made on first use."""

    def __init__(self) -> None:
        self._authority = trustme.CA(organization_name="Replica")
        self._stranger = trustme.CA(organization_name="Nobody's")
        self._contexts: dict[tuple[str, TlsKind], ssl.SSLContext] = {}

    def write_authority(self, path: Path) -> None:
        """The authority's certificate as PEM, for SSL_CERT_FILE."""
        path.write_bytes(self._authority.cert_pem.bytes())

    def context(self, host: str, kind: TlsKind = "good") -> ssl.SSLContext:
        """The server's side of TLS for one host."""
        key = (host, kind)
        if key not in self._contexts:
            self._contexts[key] = self._make(host, kind)
        return self._contexts[key]

    def _make(self, host: str, kind: TlsKind) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        if kind == "self-signed":
            with trustme.Blob(_self_signed(host)).tempfile() as path:
                context.load_cert_chain(path)
            return context
        if kind == "expired":
            leaf = self._authority.issue_cert(
                host, not_before=LONG_AGO, not_after=LONG_AGO + timedelta(days=90)
            )
        elif kind == "wrong-host":
            leaf = self._authority.issue_cert("somebody-else.example")
        else:
            leaf = (self._stranger if kind == "untrusted" else self._authority).issue_cert(host)
        leaf.configure_cert(context)
        return context


def _self_signed(host: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO)
        .not_valid_after(LONG_AGO + timedelta(days=365 * 60))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
