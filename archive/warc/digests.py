"""Labelled digests: ours are `sha256:<hex>`, others write base 32 and sha1."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.body import Body

# What WARC files in the wild are labelled with; weak ones prove nothing against a forger, but still
# find bit rot.
_KNOWN = {"md5", "sha1", "sha256", "sha384", "sha512"}


def sha256_digest(content: Body) -> str:
    """`sha256:<hex>` of the bytes; of a large body as it was taken when they came."""
    if isinstance(content, bytes | bytearray | memoryview):
        return "sha256:" + hashlib.sha256(content).hexdigest()
    return content.digest


def _wanted_bytes(value: str, size: int) -> bytes | None:
    """The digest that `value` writes in base 16, 32 or 64, or None."""
    bits = 8 * size
    for length, decode in (
        (bits // 4, bytes.fromhex),
        ((bits + 4) // 5, _base32),
        ((bits + 5) // 6, _base64),
    ):
        if len(value.rstrip("=")) == length:
            try:
                return decode(value)
            except (ValueError, binascii.Error):
                return None
    return None


def _base32(value: str) -> bytes:
    bare = value.rstrip("=").upper()
    return base64.b32decode(bare + "=" * (-len(bare) % 8))


def _base64(value: str) -> bytes:
    bare = value.rstrip("=")
    return base64.b64decode(
        bare + "=" * (-len(bare) % 4), altchars=b"-_" if set(bare) & {"-", "_"} else None
    )


def digest_matches(labelled: str, content: bytes) -> bool | None:
    """Whether `content` has the digest that a WARC header gives; None when its label is unknown."""
    name = known_name(labelled)
    if name is None:
        return None
    return digest_says(labelled, {name: hashlib.new(name, content, usedforsecurity=False).digest()})


def known_name(labelled: str | None) -> str | None:
    """hashlib's name of the algorithm that a WARC header names; None for one that is unknown."""
    label, colon, _ = (labelled or "").strip().partition(":")
    name = label.strip().lower().replace("-", "")
    return name if colon and name in _KNOWN else None


def digest_says(labelled: str, found: dict[str, bytes]) -> bool | None:
    """Whether a WARC header gives one of these digests, by their algorithm; None when its label is
    unknown."""
    name = known_name(labelled)
    if name is None:
        return None
    value = labelled.strip().partition(":")[2].strip()
    return _wanted_bytes(value, len(found[name])) == found[name]


def parsed_digest(labelled: str | None) -> tuple[str, bytes] | None:
    """The algorithm and the digest itself that a WARC header gives, however it is written; None
    where it is none."""
    name = known_name(labelled)
    if name is None:
        return None
    value = (labelled or "").strip().partition(":")[2].strip()
    found = _wanted_bytes(value, hashlib.new(name, usedforsecurity=False).digest_size)
    return None if found is None else (name, found)


def as_hex(labelled: str | None) -> str | None:
    """A sha256 label in our form, `sha256:<hex>`; None for any other."""
    if labelled is None:
        return None
    label, _, value = labelled.strip().partition(":")
    if label.strip().lower().replace("-", "") != "sha256":
        return None
    found = _wanted_bytes(value.strip(), hashlib.sha256().digest_size)
    return None if found is None else f"sha256:{found.hex()}"
