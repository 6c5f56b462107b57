"""What sites print around a report and scrapers keep: no words of its authors."""

from __future__ import annotations

import re

# Lines that are nothing else. Source: pages of CTP and ISW as scrapers kept them in 2026.
_LINES = re.compile(
    r"""
    (?: reading\ now | now\ reading | next\ up | up\ next ) \b .*
  | currently\ receiving\ \d+\ of\ \d+\ possible\ notifications .*
  | please\ make\ sure\ all\ the\ provided\ information\ is\ correct \.?
  | previous | next | share | options | print(?:\ page)? | download\ page | skip\ to\ content
  | jump\ to(?:…|\.\.\.)?
  | read\ more | back\ to\ top | subscribe | donate | menu | loading\.\.\.
  | \{\{ .* \}\}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A widget's hint that stands inside the prose.
_HINTS = re.compile(r"TIP\s?[x×]?\s?Make a text selection to add comments\s*", re.IGNORECASE)
_BARE_BULLET = re.compile(r"\s*[*•+-]?\s*")
_READING = re.compile(r"(?:reading now|now reading)\s*:?\s*", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:next up|up next|previous|next|related|read (?:more|next|also)|see also)\b\s*:?\s+\S",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\s*(?:[|–—]|\s-)\s*(?:critical threats(?: project)?|ISW|institute for the study of "
    r"war|understanding ?war(?:\.org)?|AEI|american enterprise institute)\s*$",
    re.IGNORECASE,
)


def is_frame(line: str) -> bool:
    """Whether a line is a site's and no part of the report."""
    text = line.strip()
    return bool(_BARE_BULLET.fullmatch(text) or _LINES.fullmatch(text))


def without_hints(line: str) -> str:
    """The line without a widget's words in it."""
    return _HINTS.sub("", line) if "selection" in line else line


def own_title(words: str) -> str | None:
    """A printed title without what the site adds to it.

    None where the site names another report.
    """
    if _OTHERS.match(words):
        return None
    return _SITE.sub("", _READING.sub("", words, count=1)).strip()
