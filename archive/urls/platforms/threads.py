"""Threads: `/@<account>/post/<post>`, in short `/t/<post>`, on both of its domains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised, leading

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

_CODE = re.compile(r"[A-Za-z0-9_-]{5,40}(?![\w-])")


def read(parts: UrlParts) -> Recognised:
    """Posts by their code, with the account where it stands there; accounts by name."""
    first = parts.segment(0)
    account = first[1:].lower() if first.startswith("@") and len(first) > 1 else None
    named = parts.segment(1) if first == "t" else ""
    if account and parts.segment(1) == "post":
        named = parts.segment(2)
    code = leading(_CODE, named)
    if code and account:
        return Recognised("threads", account, code, f"https://threads.com/@{account}/post/{code}")
    if code:
        return Recognised("threads", None, code, f"https://threads.com/t/{code}")
    if account and len(parts.segments) == 1:
        return Recognised("threads", account, None, f"https://threads.com/@{account}")
    return Recognised("threads", account)


IDENTITY = Identity(
    "threads",
    hosts=("threads.net", "threads.com"),
    read=read,
    gates=dict.fromkeys(("l.threads.com", "l.threads.net"), ("u",)),
)
