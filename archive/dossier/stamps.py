"""Timestamps of RFC 3161 on a signature: asked of an authority, and checked offline."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

import rfc3161_client

from archive.dossier.sign import SignatureError, certificates
from archive.errors import ArchiveError, BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    Post = Callable[[str, bytes], bytes | str]
    """Sends a request behind the guard of the crawl; the answer, or what was wrong."""


def asked_of(url: str, chain: Path, post: Post) -> Callable[[bytes], tuple[bytes, str]]:
    """What asks an authority for a timestamp.

    Args:
        url: Of the authority.
        chain: PEM of its certificates, the one that signs first and the root last.
        post: Asks it; nothing here sends anything.

    Raises:
        BadInputError: No such address, or no certificates.
    """
    if not url.startswith(("http://", "https://")):
        raise BadInputError(f"{url!r} is no address of a time-stamping authority")
    text = chain.read_text(encoding="utf-8", errors="replace")
    certificates(text)

    def stamped(content: bytes) -> tuple[bytes, str]:
        query = rfc3161_client.TimestampRequestBuilder().data(content).build().as_bytes()
        found = post(url, query)
        if isinstance(found, str):
            raise ArchiveError(f"{url}: no timestamp: {found}")
        stamped_at(base64.b64encode(found).decode(), content, text)
        return found, text

    return stamped


def stamped_at(stamp: str, content: bytes, chain: str) -> datetime:
    """When an authority saw a text.

    Args:
        stamp: Its answer, base64.
        content: The text.
        chain: PEM of its certificates; the last is taken for the root. Whether to trust it is for
            the asker to say.

    Raises:
        SignatureError: The timestamp does not hold.
    """
    try:
        answer = rfc3161_client.decode_timestamp_response(base64.b64decode(stamp, validate=True))
        given = certificates(chain)
        builder = rfc3161_client.VerifierBuilder().add_root_certificate(given[-1])
        for one in given[1:-1]:
            builder = builder.add_intermediate_certificate(one)
        if not answer.signed_data.certificates:
            builder = builder.tsa_certificate(given[0])
        builder.build().verify_message(answer, content)
        moment: datetime = answer.tst_info.gen_time
    except (rfc3161_client.VerificationError, ValueError, binascii.Error, BadInputError) as error:
        raise SignatureError(f"the timestamp does not hold: {error}") from error
    return moment
