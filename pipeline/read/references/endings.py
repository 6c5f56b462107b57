"""What may stand directly behind a printed address and is no part of it: punctuation, brackets that
were opened before it, an ellipsis, pictures."""

from __future__ import annotations

import re

from pipeline.read.references.tape import ELLIPSES

# Behind a URL these never belong to it. "/" and "-" may.
TRAILING = (
    ";,.:|•·'’\"“”»«…!>`\\؛،؟。、，；‘‚„‹›—–―¿¡¶†‡※([{"
    # stops and commas: Armenian, Hebrew, Urdu, Indian, Tibetan, Burmese, Ethiopian, Khmer
    "։՝՞՜׃׀۔।॥།၊။።፣፤។៕"
)
# Of a text that was escaped twice.
_ENTITIES = re.compile(
    r"(?:&(?:nbsp|[lg]t|quot|amp|apos|#\d{2,4}|#x[0-9a-f]{2,4});)+[;,.]?$", re.IGNORECASE
)
# Pictures glued behind an address, with what joins and varies them; a segment of pictures alone is
# part of it.
_EMOJI = re.compile(r"(?<=[^\W_])[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+$")
_TRAILING_ENCODED = (
    "%C2%A0",
    "%c2%a0",
    "%20",
    "%E2%80%8B",
    "%e2%80%8b",
    "%3B",
    "%3b",
    "%2C",
    "%2c",
)
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def without_tail(rest: str) -> tuple[str, str]:
    """An address without what stands behind it and does not belong to it.

    Args:
        rest: The address behind its scheme.

    Returns: What is left, and what was mended: `trailing` or `cut`; empty: nothing.
    """
    rest = _ENTITIES.sub(";", rest) if "&" in rest else rest
    bare = rest.rstrip(";,")
    if bare[-1:].isalnum() and ";" not in bare[-2:] and "%" not in bare[-9:]:
        return bare, "" if bare == rest else "trailing"
    name, length = "trailing", len(rest)
    if not rest.isascii():
        rest = _EMOJI.sub("", rest)
    end = _end_before_stray(rest)
    surplus = {
        close: rest.count(close, 0, end) - rest.count(opened, 0, end)
        for close, opened in _BRACKETS.items()
    }
    while end:
        if rest.endswith(ELLIPSES, 0, end):
            name = "cut"
        code = next((c for c in _TRAILING_ENCODED if rest.endswith(c, 0, end)), "")
        last = rest[end - 1]
        if code:
            end -= len(code)
        elif last in TRAILING or surplus.get(last, 0) > 0:
            end -= 1
            if last in surplus:
                surplus[last] -= 1
        else:
            break
    return rest[:end], name if end < length else ""


def _end_before_stray(rest: str) -> int:
    """Where an address ends, without a single letter that was left behind a semicolon."""
    path, semicolon, stray = rest.rpartition(";")
    is_stray = semicolon and len(stray) == 1 and path.isascii()
    return len(path) if is_stray and not _has_query(path) else len(rest)


def _has_query(path: str) -> bool:
    return "?" in path or "#" in path
