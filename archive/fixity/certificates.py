"""What a server's certificate says, as a capture's record keeps it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cryptography import x509

if TYPE_CHECKING:
    from archive.warc.certificates import Shown


def told_of(shown: Shown) -> dict[str, Any]:
    """A certificate as JSON: whose, by whom, from when to when, and the SHA-256 of its bytes, by
    which logs of certificates (RFC 6962) find it.

    Args:
        shown: What is none, or is lost, is told by its SHA-256 alone.
    """
    told: dict[str, Any] = dict.fromkeys(("subject", "issuer", "not_before", "not_after"))
    told["sha256"] = shown.sha256
    try:
        one = x509.load_der_x509_certificate(shown.der or b"")
        told |= {
            "subject": one.subject.rfc4514_string(),
            "issuer": one.issuer.rfc4514_string(),
            "not_before": f"{one.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ}",
            "not_after": f"{one.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}",
        }
    except (ValueError, TypeError, x509.InvalidVersion):
        pass  # a server may send anything, and the library names its faults in many ways
    return told


def words_of(told: dict[str, Any]) -> str:
    """A certificate for people, on one line."""
    if told["subject"] is None:
        return f"cannot be read; sha256 {told['sha256']}"
    whose = told["subject"] or "(no name)"
    return (
        f"{whose}, by {told['issuer']}, {told['not_before'][:10]} to {told['not_after'][:10]}; "
        f"sha256 {told['sha256']}"
    )
