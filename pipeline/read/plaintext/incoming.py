"""A file from somewhere as lines of text; whatever is no text is refused with a reason."""

from __future__ import annotations

import codecs
import re

from archive.errors import BadInputError
from pipeline.read.plaintext.broken import rejoined

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What curly quotes and dashes of UTF-8 become when they are read as Windows-1252.
_MOJIBAKE = re.compile("â€[™œ“”˜¦\u009d\u0093\u0094]|Ã[©¨¼¶¤]|Â\u00a0")
_MOJIBAKE_LIMIT = 5  # a text may quote one
_BROKEN_SHARE = 0.001  # U+FFFD: one lost character in a thousand, a few in a small text, are borne
_BROKEN_LIMIT = 5
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_HTML = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\A(?:> ?)+")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Mail and plain-text tools wrap lines at 60 to 100 characters; a line of running text is longer
# than this only unwrapped.
_WRAP_MAX = 110
_WRAP_MIN = 50
_WRAPPED_SHARE = 0.4
_WRAP_SLACK = 12  # tools that wrap evenly, or count quoting marks, end lines so much earlier
_BULLET = re.compile(r"\s*[•·▪●◦‣*–-]\s")
_NUMBER = re.compile(
    r"\s*(?:\(?(?P<item>\d{1,2})[.)]\s|\[(?P<note>\d{1,4}|[ivxlc]{1,9})\]\s*(?P<url>https?:|www\.)?)"
)


def decode(data: bytes, name: str) -> str:
    """The text of a file: by its byte order mark, else UTF-8.

    Raises:
        BadInputError: It is empty, or no text in these encodings.
    """
    if not data:
        raise BadInputError(f"{name}: the file is empty; give one that holds the text of a report")
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and b"\0" in data:
            raise BadInputError(_binary(name, data.index(b"\0"))) from error
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInputError(
            f"{name}: line {line}, byte {error.start}: not {encoding.upper()}; save the file as "
            f"UTF-8 (for example: iconv -f WINDOWS-1252 -t UTF-8) and import it again"
        ) from error


def lines_in(text: str, name: str) -> list[str]:
    """The lines of a text: one per paragraph, heading, list item or note; quoting marks and hard
    wraps undone.

    Raises:
        BadInputError: The text is empty, binary, HTML, or was read in a wrong encoding.
    """
    _refuse(text, name)
    lines = [line.rstrip() for line in _LINE_END.sub("\n", text.removeprefix("\ufeff")).split("\n")]
    printed = [line for line in lines if line.strip()]
    if sum(line.startswith(">") for line in printed) > len(printed) / 2:
        lines = [_QUOTED.sub("", line) for line in lines]
        printed = [line for line in lines if line.strip()]
    return rejoined(_unwrapped(lines) if _is_wrapped(printed) else lines)


def _refuse(text: str, name: str) -> None:
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise BadInputError(f"{name}: the text is empty; give one that holds a report")
    if "\0" in text:
        raise BadInputError(_binary(name, text.index("\0")))
    odd = _CONTROL.findall(text)
    if len(odd) > max(_BROKEN_LIMIT, len(text) * _BROKEN_SHARE):
        found = _CONTROL.search(text)
        raise BadInputError(_binary(name, found.start() if found else 0))
    if text.count("\ufffd") > max(_BROKEN_LIMIT, len(text) * _BROKEN_SHARE):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise BadInputError(
            f"{name}: line {line}: characters are lost (U+FFFD), the text was read in a wrong "
            f"encoding before it was saved; import the original, saved as UTF-8"
        )
    wrong = _MOJIBAKE.findall(text)
    if len(wrong) > _MOJIBAKE_LIMIT:
        line = text.count("\n", 0, text.index(wrong[0])) + 1
        raise BadInputError(
            f"{name}: line {line}: {wrong[0]!r}: UTF-8 that was read as Windows-1252 before it "
            f"was saved; import the original, saved as UTF-8"
        )
    if _HTML.match(text):
        raise BadInputError(
            f"{name}: this is HTML, not plain text; "
            "import saved pages in a WARC, or save the page's text"
        )


def _binary(name: str, at: int) -> str:
    return (
        f"{name}: position {at} holds a control character: a binary file, not plain text; "
        f"save the report's text as UTF-8 and import that"
    )


def _is_wrapped(printed: list[str]) -> bool:
    """True when nearly all lines are short and the running ones fill a column."""
    widths = [len(line) for line in printed]
    if (
        len(widths) < 10
        or sum(
            width > _WRAP_MAX and " " in line.strip()
            for width, line in zip(widths, printed, strict=True)
        )
        > len(widths) / 50
    ):
        return False
    return sum(width >= _WRAP_MIN for width in widths) >= _WRAPPED_SHARE * len(widths)


def _unwrapped(lines: list[str]) -> list[str]:
    width = max(len(line) for line in lines if len(line) <= _WRAP_MAX)
    joined: list[str] = []
    above, listed = "", False
    for line in lines:
        listed = listed and bool(line.strip())
        begins = _begins_item(line, listed=listed)
        if not above.strip() or not line.strip() or begins or _fits(above, line, width):
            joined.append(line)
            listed = listed or _begins_item(line, listed=True)
        else:
            # An address or a word that was broken at its hyphen goes on without a blank.
            joined[-1] += ("" if above.endswith("-") else " ") + line.strip()
        above = line
    return joined


def _begins_item(line: str, *, listed: bool) -> bool:
    """True for a list item or note; a number or label inside wrapped prose may stand at a line's
    beginning too.

    Args:
        line: The line.
        listed: True when an item or note stands above it in the same paragraph.
    """
    number = _NUMBER.match(line)
    if number is None:
        return bool(_BULLET.match(line))
    return listed or bool(number["url"]) or (number["item"] or number["note"]) in {"1", "i"}


def _fits(above: str, line: str, width: int) -> bool:
    """True when the line's first word had room on the line above: then that one was ended on
    purpose."""
    word = line.strip().split(" ", 1)[0]  # a no-break space holds its words together
    return len(above) + 1 + len(word) <= width - _WRAP_SLACK
