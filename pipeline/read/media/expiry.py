"""Addresses that are signed until a time: after it nobody is given what stands there.

Facts: `X-Amz-Date` and `X-Amz-Expires` (Amazon S3, signature version 4), `Expires` (version 2,
CloudFront, Google Cloud), `se` (Azure's shared access signatures), `x-expires` (TikTok's servers),
`oe` (Facebook's and Instagram's, in hexadecimal digits).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

_SOONEST, _LATEST = 1_000_000_000, 2**32
"""Seconds of 2001 and 2106: other numbers are no moments."""
_HEX_HOSTS = (".fbcdn.net", ".cdninstagram.com")


def expires_at(url: str) -> datetime | None:
    """The time until which an address is good; None where it does not say."""
    try:
        parts = urlsplit(url)
        asked = {name.lower(): values[-1] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return None
    host = parts.hostname or ""
    if "x-amz-date" in asked:
        return _amazon(asked["x-amz-date"], asked.get("x-amz-expires", ""))
    if "sig" in asked and "se" in asked:
        return _iso(asked["se"])
    if host.endswith(_HEX_HOSTS) and re.fullmatch(r"[0-9a-fA-F]{8}", asked.get("oe", "")):
        return _moment(int(asked["oe"], 16))
    signed = {"signature", "x-signature", "sig", "googleaccessid", "key-pair-id"} & asked.keys()
    stated = asked.get("x-expires") or (asked.get("expires") if signed else None)
    return _moment(int(stated)) if stated and re.fullmatch(r"\d{10}", stated) else None


def has_expired(url: str, at: datetime) -> bool:
    """Whether an address was good for a time that is over."""
    until = expires_at(url)
    return until is not None and until <= at


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if _SOONEST < seconds < _LATEST else None


def _amazon(date: str, lasts: str) -> datetime | None:
    try:
        begun = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return begun + timedelta(seconds=int(lasts)) if re.fullmatch(r"\d{1,7}", lasts) else None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
