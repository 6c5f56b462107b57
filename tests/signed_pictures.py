"""Pictures with content credentials (C2PA), signed with a certificate that is made here."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

SIGNER, ISSUER = "Weir Camera 7", "Makers of the Weir"
WORDS = {
    "claim_generator_info": [{"name": "weir-camera", "version": "1.0"}],
    "assertions": [
        {
            "label": "c2pa.actions",
            "data": {
                "actions": [
                    {
                        "action": "c2pa.created",
                        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/"
                        "digitalCapture",
                        "softwareAgent": "Weir 1",
                        "when": "2026-03-01T10:00:00Z",
                    }
                ]
            },
        }
    ],
}


def _name(common: str) -> x509.Name:
    named = ((NameOID.ORGANIZATION_NAME, ISSUER), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(*one) for one in named])


def _chain() -> tuple[bytes, bytes]:
    """A certificate with the one above it, and its key."""
    now = datetime.now(UTC)
    above, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "encipher_only", "decipher_only", "crl_sign"), False,
    )  # fmt: skip

    def signed(key: Any, name: str, until: datetime, *, is_ca: bool) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name("Weir Root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
            .add_extension(
                x509.KeyUsage(digital_signature=True, key_cert_sign=is_ca, **usage), critical=True
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()),
                critical=False,
            )
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
        )
        if not is_ca:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
            made = made.add_extension(purpose, critical=True)
        return made.sign(above, hashes.SHA256())

    chain = (
        signed(own, SIGNER, now + timedelta(days=300), is_ca=False),
        signed(above, "Weir Root", now + timedelta(days=3_000), is_ca=True),
    )
    pem = serialization.Encoding.PEM
    secret = own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return b"".join(one.public_bytes(pem) for one in chain), secret


def signed_picture(
    words: dict[str, Any] | None = None, *, elsewhere: str | None = None
) -> tuple[bytes, bytes]:
    """A JPEG, and its manifest.

    Args:
        words: What the manifest says; None: `WORDS`.
        elsewhere: The address where the manifest is; it is not in the file then.
    """
    plain, out = io.BytesIO(), io.BytesIO()
    Image.linear_gradient("L").save(plain, "JPEG")
    plain.seek(0)
    settings = c2pa.Settings.from_dict({"verify": {"verify_after_sign": False}})
    builder = c2pa.Builder(WORDS if words is None else words, context=c2pa.Context(settings))
    if elsewhere is not None:
        builder.set_remote_url(elsewhere)
        builder.set_no_embed()
    info = c2pa.C2paSignerInfo(b"es256", *_chain(), None)
    manifest = builder.sign(c2pa.Signer.from_info(info), "image/jpeg", plain, out)
    return out.getvalue(), manifest
