"""Verifying who signed a dossier; an unsigned one is a fault where a signature is demanded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from archive.dossier.package import DIGEST, PACKAGE
from archive.dossier.sign import (
    ANONYMOUS,
    CROSS_SIGNED,
    NAMED,
    SignatureError,
    certificates,
    is_signed_by,
    name_of,
    public_key,
    require_chain,
)
from archive.dossier.stamps import stamped_at
from archive.errors import ArchiveError
from archive.model.times import format_time, parse_time

if TYPE_CHECKING:
    from cryptography import x509

    from archive.fixity.findings import Findings

REMEDY = "get the dossier again from whoever signed it"
_SLACK = timedelta(minutes=10)
"""Between signing and timestamp (wacz-auth 0.1.0, as authsign has it)."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of a signature.

    Attributes:
        signed: There must be one.
        key: It must be by this key.
        roots: Certificates must lead to one of these; none: what the dossier brings is taken.
    """

    signed: bool = False
    key: ec.EllipticCurvePublicKey | None = None
    roots: tuple[x509.Certificate, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether anything is asked."""
        return self.signed or self.key is not None or bool(self.roots)


def check_signature(
    about: dict[str, Any], digest: dict[str, Any], demand: Demand, findings: Findings
) -> None:
    """Check what stands beside the digest.

    Args:
        about: `datapackage.json`.
        digest: `datapackage-digest.json`, whose hash is that of the package.
        demand: What is asked.
        findings: Where to.
    """
    signed = digest.get("signedData")
    if signed is None:
        if demand.is_made:
            findings.fault(DIGEST, "not signed, and a signature was demanded", REMEDY)
        else:
            findings.notes.append("it is not signed")
        return
    try:
        _require_whole(signed, about, digest)
        is_named = "domainCert" in signed
        findings.notes.append(
            _signer_by_certificate(signed, demand) if is_named else _anonymous(signed, demand)
        )
    except ArchiveError as error:
        findings.fault(DIGEST, str(error), REMEDY)


def _require_whole(signed: Any, about: dict[str, Any], digest: dict[str, Any]) -> None:
    """Refuse a signature that is of neither form, or about another package."""
    if not isinstance(signed, dict) or not all(isinstance(one, str) for one in signed.values()):
        raise SignatureError("what stands in the place of the signature is none")
    if signed.keys() != ANONYMOUS and signed.keys() - {CROSS_SIGNED} != NAMED:
        raise SignatureError("the signature lacks the members of either form of wacz-auth")
    if signed["hash"] != digest.get("hash"):
        raise SignatureError(f"swapped: the signature is on another {PACKAGE}")
    if signed["created"] != about.get("created"):
        raise SignatureError(f"the signature and {PACKAGE} name different times")


def _anonymous(signed: dict[str, str], demand: Demand) -> str:
    key = public_key(signed["publicKey"])
    _require_signed(key, signed, demand)
    if demand.roots:
        raise SignatureError("signed with a key alone, and certificates were demanded")
    return f"signed with the key {signed['publicKey']}" + (
        "" if demand.key else "; compare it with the signer's, or give --key"
    )


def _require_signed(key: ec.EllipticCurvePublicKey, signed: dict[str, str], demand: Demand) -> None:
    if not is_signed_by(key, signed["signature"], signed["hash"]):
        raise SignatureError("the signature does not hold")
    if demand.key is not None and _public_bytes(key) != _public_bytes(demand.key):
        raise SignatureError("re-signed: it was signed by another key than the one given")


def _public_bytes(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _signer_by_certificate(signed: dict[str, str], demand: Demand) -> str:
    """The form with certificates: chain, name, signature, timestamp."""
    chain = certificates(signed["domainCert"])
    require_chain(chain)
    key = chain[0].public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise SignatureError("the certificate's key is not an elliptic-curve key")
    _require_signed(key, signed, demand)
    _require_crossed(signed)
    name = name_of(chain[0])
    if name != signed["domain"]:
        raise SignatureError(f"the certificate is that of {name}, not of {signed['domain']}")
    moment = stamped_at(
        signed["timeSignature"], signed["signature"].encode(), signed["timestampCert"]
    )
    _require_in_time(signed["created"], moment, chain[0])
    stamping = certificates(signed["timestampCert"])
    if demand.roots:
        for one in (chain, stamping):
            _require_root(one, demand.roots)
    told = f"signed by {name}, stamped {format_time(moment)}"
    return told if demand.roots else f"{told}; certificates lead to {_roots(chain, stamping)}"


def _require_crossed(signed: dict[str, str]) -> None:
    if CROSS_SIGNED not in signed:
        return
    chain = certificates(signed[CROSS_SIGNED])
    require_chain(chain)
    key = chain[0].public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not is_signed_by(
        key, signed["signature"], signed["hash"]
    ):
        raise SignatureError("the cross-signed certificate is of another key")


def _require_in_time(created: str, moment: datetime, certificate: x509.Certificate) -> None:
    try:
        at = parse_time(created)
    except ValueError as error:
        raise SignatureError("the signature names no time") from error
    if not at <= moment + timedelta(seconds=1) or moment - at > _SLACK:
        raise SignatureError(
            f"the timestamp ({format_time(moment)}) is not of the time of signing ({created})"
        )
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        raise SignatureError("the certificate was not valid when it signed")


def _require_root(chain: list[x509.Certificate], roots: tuple[x509.Certificate, ...]) -> None:
    """Refuse a chain that neither ends in one of the roots nor was issued by one."""
    for root in roots:
        try:
            if chain[-1] != root:
                require_chain([chain[-1], root])
        except SignatureError:
            continue
        return
    name = chain[-1].subject.rfc4514_string()
    raise SignatureError(f"the certificates lead to {name}, which is not among those given")


def _roots(*chains: list[x509.Certificate]) -> str:
    prints = [chain[-1].fingerprint(hashes.SHA256()).hex() for chain in chains]
    return " and ".join(prints)
