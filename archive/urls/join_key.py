"""The form of an address under which others' lists are joined to our sources."""

from __future__ import annotations

from archive.urls.normal import identify

_X = "x"


def join_key(url: str) -> str:
    """The key of a source, and of a post on X without its author's name, which posts keep apart
    from their number and which others leave out or write in an older form.

    Raises:
        BadUrlError: It is no http(s) URL.
    """
    found = identify(url)
    if found.platform == _X and found.post_id:
        return f"https://x.com/i/status/{found.post_id}"
    return found.key
