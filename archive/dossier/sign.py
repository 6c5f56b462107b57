"""Signatures of dossiers after wacz-auth 0.1.0: with a key alone, or with a certificate and a
timestamp.

Both sign the digest of `datapackage.json`, as the text `sha256:<hex>`. With a key alone the
signature is `r` and `s` of P1363, as ArchiveWeb.page and ReplayWeb.page have it; with a certificate
it is DER, as authsign has it. Either way of writing is read.

Source: https://specs.webrecorder.net/wacz-auth/0.1.0/
"""

from __future__ import annotations

import base64
import binascii
import itertools
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from archive import SOFTWARE
from archive.advice import error_with_advice
from archive.errors import ArchiveError, BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

VERSION = "0.1.0"
ANONYMOUS = frozenset({"hash", "created", "software", "version", "signature", "publicKey"})
NAMED = frozenset(
    {"hash", "created", "software", "version", "signature", "domain", "domainCert",
     "timeSignature", "timestampCert"}
)  # fmt: skip
CROSS_SIGNED = "crossSignedCert"
_ALGORITHM = ec.ECDSA(hashes.SHA256())
_REPEATABLE = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
"""RFC 6979: the same archive gives the same dossier, signed, too."""


class SignatureError(ArchiveError):
    """A signature that does not hold."""


@dataclass(frozen=True, slots=True)
class Signing:
    """What signs dossiers.

    Attributes:
        key: Elliptic, P-256 or P-384; ReplayWeb.page reads those of P-384 alone.
        chain: PEM of the certificate and of those above it; None: the key signs alone.
        stamped: Given a text, the answer of a time-stamping authority (DER) and the PEM of its
            certificates.
    """

    key: ec.EllipticCurvePrivateKey
    chain: str | None = None
    stamped: Callable[[bytes], tuple[bytes, str]] | None = None

    def signed(self, package: bytes, created: str) -> dict[str, Any]:
        """What stands beside the digest of the package.

        Raises:
            BadInputError: There is a certificate, and nothing that stamps.
            ArchiveError: No timestamp could be had.
        """
        told = f"sha256:{sha256(package).hexdigest()}"
        der = self.key.sign(told.encode(), _REPEATABLE)
        about = {"hash": told, "created": created, "software": SOFTWARE, "version": VERSION}
        if self.chain is None:
            public = self.key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            signature = _encoded(_as_pair(der, self.key.key_size))
            return {**about, "signature": signature, "publicKey": _encoded(public)}
        if self.stamped is None:
            raise BadInputError("a certificate signs together with a time-stamping authority")
        signature = _encoded(der)
        stamp, authority = self.stamped(signature.encode())
        return {
            **about,
            "signature": signature,
            "domain": name_of(certificates(self.chain)[0]),
            "domainCert": self.chain,
            "timeSignature": _encoded(stamp),
            "timestampCert": authority,
        }


def signing(
    key: Path,
    chain: Path | None = None,
    stamped: Callable[[bytes], tuple[bytes, str]] | None = None,
) -> Signing:
    """What signs, from files.

    Args:
        key: PEM of a secret elliptic key without a password.
        chain: PEM of the certificate for it, and of those above it up to a root.
        stamped: As `Signing` has it.

    Raises:
        BadInputError: They are none, or do not belong together.
    """
    try:
        secret = serialization.load_pem_private_key(key.read_bytes(), None)
    except OSError as error:
        raise BadInputError(f"{key}: {error_with_advice(error)}") from error
    except (ValueError, TypeError) as error:
        raise BadInputError(f"{key}: no secret key in PEM without a password") from error
    if not isinstance(secret, ec.EllipticCurvePrivateKey):
        raise BadInputError(
            f"{key}: not an elliptic-curve key; openssl ecparam -name secp384r1 -genkey"
        )
    if chain is None:
        return Signing(secret)
    text = chain.read_text(encoding="utf-8", errors="replace")
    if certificates(text)[0].public_key() != secret.public_key():
        raise BadInputError(f"{chain}: its first certificate is not that of the key {key}")
    require_chain(certificates(text))
    return Signing(secret, text, stamped)


def certificates(text: str) -> list[x509.Certificate]:
    """The certificates in a PEM text, in its order.

    Raises:
        BadInputError: There are none.
    """
    try:
        found = x509.load_pem_x509_certificates(text.encode("utf-8", "replace"))
    except ValueError as error:
        raise BadInputError(f"no certificates in PEM: {error}") from error
    if not found:
        raise BadInputError("no certificates in PEM")
    return found


def require_chain(chain: Sequence[x509.Certificate]) -> None:
    """Refuse certificates of which one was not issued by the next.

    Raises:
        SignatureError: One was not.
    """
    for one, above in itertools.pairwise(chain):
        try:
            one.verify_directly_issued_by(above)
        except (ValueError, TypeError, InvalidSignature) as error:
            name = one.subject.rfc4514_string()
            raise SignatureError(f"certificate {name} was not issued by the next one") from error


def name_of(certificate: x509.Certificate) -> str:
    """Whose certificate it is: its common name, else its first DNS name."""
    common = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    if common:
        return str(common[0].value)
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ""
    return next(iter(names.get_values_for_type(x509.DNSName)), "")


def public_key(text: str) -> ec.EllipticCurvePublicKey:
    """A public key in base64 of DER, as dossiers write it, or in PEM, or that of a certificate.

    Raises:
        BadInputError: It is none.
    """
    text = text.strip()
    try:
        if "BEGIN CERTIFICATE" in text:
            found: PublicKeyTypes = certificates(text)[0].public_key()
        elif text.startswith("-----"):
            found = serialization.load_pem_public_key(text.encode())
        else:
            der = base64.b64decode("".join(text.split()), validate=True)
            found = serialization.load_der_public_key(der)
    except (ValueError, binascii.Error) as error:
        raise BadInputError("no public key, neither in base64 nor in PEM") from error
    if not isinstance(found, ec.EllipticCurvePublicKey):
        raise BadInputError("no elliptic public key")
    return found


def is_signed_by(key: ec.EllipticCurvePublicKey, signature: str, text: str) -> bool:
    """Whether a key signed a text; the signature in DER or as a pair, in base64."""
    try:
        raw = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    half = (key.key_size + 7) // 8
    if len(raw) == 2 * half:
        r, s = int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
        candidates = [encode_dss_signature(r, s), raw]
    else:
        candidates = [raw]
    for one in candidates:
        try:
            key.verify(one, text.encode(), _ALGORITHM)
        except InvalidSignature:
            continue
        return True
    return False


def _as_pair(der: bytes, bits: int) -> bytes:
    r, s = decode_dss_signature(der)
    half = (bits + 7) // 8
    return r.to_bytes(half, "big") + s.to_bytes(half, "big")


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()
