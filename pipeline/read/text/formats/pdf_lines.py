"""Lines of a PDF in reading order: from right to left, ligatures, words divided at line ends.

A PDF holds glyphs and their places, not text. Libraries put lines of Arabic and Hebrew together by
rules of their own and get some wrong (pypdf 7.1: 15 as 51; PDFium 159: M23 as 23M, the hyphen of
Hebrew's prefixes behind the number), so the places alone count here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HYPHEN = "\ufffe"
"""What PDFium writes in place of a hyphen that divides a word, and of the break behind it."""

# On one baseline, in points; superscripts stand higher.
_SAME_BASELINE_PT = 1.5
# A gap of this part of the font's size divides words; blanks have a quarter to a third.
_GAP = 0.18
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RTL_LETTER = re.compile(
    r"[\u05d0-\u05ea\u05f0-\u05f2\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f"
    r"\ufb1d-\ufdff\ufe70-\ufefc]"
)
# All of it but digits and the decimal signs between them.
_RTL_SET = r"\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LEFT = rf"[^\W_{_RTL_SET}]"
_LEFTWARD = re.compile(_LEFT)
# What is read from the left, with what stands within it: M23, 34.5, 1,250, T-72, 12/03/2026, 15%.
_PART = re.compile(rf"[%٪$€£]?{_LEFT}(?:[^\s{_RTL_SET}]*{_LEFT})?[%٪]?|.", re.DOTALL)
_LATIN = re.compile(r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# In a line read from the left: from one rightward letter to the last with no Latin one between.
_RTL_PART = re.compile(
    rf"{_RTL_LETTER.pattern}(?:(?:(?!{_LATIN.pattern}).)*{_RTL_LETTER.pattern})?", re.DOTALL
)
# In front of its number as Arabic is set, behind it as it is typed.
_PERCENT_FIRST = re.compile(r"([%٪])([\d.,\u066b\u066c]+)")
# Final forms of Hebrew and Urdu, Arabic's article, the commonest words; and the same turned.
_ENDING = "םןץףךةىںے"
_WORDS = "از|در|این|که|است|في|من|على|إلى|של|את|על|میں|کے|ہے"
_FORWARD = re.compile(rf"\w[{_ENDING}](?!\w)|(?<!\w)ال\w|(?<!\w)(?:{_WORDS})(?!\w)")
_BACKWARD = re.compile(
    rf"(?<!\w)[{_ENDING}]\w|\wلا(?!\w)"
    rf"|(?<!\w)(?:{'|'.join(word[::-1] for word in _WORDS.split('|'))})(?!\w)"
)
_PAIRS = ("()", "[]", "{}", "«»", "‹›", "“”")
_TURNED = str.maketrans("".join(_PAIRS), "".join(pair[::-1] for pair in _PAIRS))
# Letters as glyphs: Latin and Hebrew ligatures, Arabic presentation forms.
_FORMS = re.compile(r"[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufd3d\ufd50-\ufdfc\ufe70-\ufefc]+")
_DIVIDED = re.compile(rf"([^\W\d_]+){HYPHEN}([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Before these parts of a word English keeps its hyphen.
_PREFIXES = frozenset(
    {
        "anti", "counter", "cross", "ex", "half", "high", "long", "low", "mid", "non", "pro",
        "quasi", "self", "semi", "short", "so", "then", "well",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter on paper.

    Attributes:
        letter: What it says; several letters where it is a ligature.
        left: Its left edge, in points from the left of the page.
        right: Its right edge.
        baseline: In points from the foot of the page.
        size: Of its font, in points.
    """

    letter: str
    left: float
    right: float
    baseline: float
    size: float


def is_rightward(text: str) -> bool:
    """Whether any of `text` runs from right to left."""
    return _RTL.search(text) is not None


def lines_of(glyphs: Iterable[Glyph]) -> list[str]:
    """The lines that `glyphs` make, in reading order; neighbours on one baseline are one line."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        if lines and abs(lines[-1][-1].baseline - glyph.baseline) <= _SAME_BASELINE_PT:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    seen = [_as_seen(line) for line in lines]
    rightward = _runs_rightward("".join(seen))
    read = [in_reading_order(line, rightward_page=rightward) for line in seen]
    # Programs without a notion of direction draw the first letter at the left.
    return seen if _is_backward(" ".join(read)) else read


def _is_backward(text: str) -> bool:
    """Whether more words begin with what only ends words than end with it, and the like."""
    forward, backward = len(_FORWARD.findall(text)), len(_BACKWARD.findall(text))
    return backward > max(1, 2 * forward)


def _as_seen(line: Sequence[Glyph]) -> str:
    """The letters of a line from left to right, blanks where there are gaps."""
    placed = sorted(line, key=lambda glyph: glyph.left)
    seen = placed[0].letter
    for before, glyph in pairwise(placed):
        gap = glyph.left - before.right > _GAP * glyph.size
        blank = " " if gap and not (seen.endswith(" ") or glyph.letter.isspace()) else ""
        seen += blank + glyph.letter
    return seen


def in_reading_order(seen: str, *, rightward_page: bool = False) -> str:
    """A line as it is seen from left to right, in the order in which it is read.

    Numbers stay as they are printed. The inverse of the Unicode bidirectional algorithm (UAX #9)
    for lines of one direction with words of the other.

    Args:
        seen: The line.
        rightward_page: Whether most of its page runs from right to left.
    """
    if not _RTL_LETTER.search(seen):
        return seen
    rightward = rightward_page or _runs_rightward(seen)
    return _reversed(seen) if rightward else _with_rightward_parts(seen)


def _runs_rightward(text: str) -> bool:
    return len(_RTL_LETTER.findall(text)) >= max(1, len(_LATIN.findall(text)))


def _with_rightward_parts(seen: str) -> str:
    """A line that is read from the left, its Arabic or Hebrew parts turned."""
    return _RTL_PART.sub(lambda part: _reversed(part.group()), seen)


def _reversed(seen: str) -> str:
    """A line that is read from the right: turned, but for words and numbers of the other way."""
    parts = [
        _PERCENT_FIRST.sub(r"\2\1", token) if _is_leftward(token) else token
        for token in reversed(_tokens(seen))
    ]
    return _brackets_open(_marks_behind("".join(parts)))


def _brackets_open(line: str) -> str:
    """`line` with its brackets the right way round: files hold the sign read or the sign seen."""
    turned = line.translate(_TURNED)
    return turned if _misplaced(turned) < _misplaced(line) else line


def _misplaced(line: str) -> int:
    """Closing brackets and quotation marks that nothing before them opens."""
    found = 0
    for pair in _PAIRS:
        depth = 0
        for sign in filter(pair.__contains__, line):
            depth += 1 if sign == pair[0] else -1
            found += depth < 0
            depth = max(depth, 0)
    return found


def _tokens(seen: str) -> list[str]:
    """Parts that are kept as a whole: Latin words in a row, and numbers; all else by letter."""
    tokens: list[str] = []
    for word in re.findall(r"\s+|\S+", seen):
        tokens.extend(_PART.findall(word))
    joined: list[str] = []
    for token in tokens:
        if len(joined) > 1 and joined[-1].isspace() and _are_words(joined[-2], token):
            joined[-2:] = [joined[-2] + joined[-1] + token]
        else:
            joined.append(token)
    return joined


def _are_words(one: str, other: str) -> bool:
    """Whether two leftward tokens are a phrase: one of them is a word; two numbers are two."""
    both = _is_leftward(one) and _is_leftward(other)
    return both and bool(_LATIN.search(one) or _LATIN.search(other))


def _is_leftward(token: str) -> bool:
    return _LEFTWARD.search(token) is not None


def _marks_behind(line: str) -> str:
    """Vowel signs follow their letter; where they stand before it, a word begins with one."""
    if any(unicodedata.combining(word[0]) for word in line.split()):
        return re.sub(r"([\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+)(\w)", r"\2\1", line)
    return line


def as_letters(text: str) -> str:
    """`text` with ligatures and presentation forms as the letters that they stand for."""
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def joined_words(text: str) -> str:
    """`text` with words put together that a hyphen divides at the end of a line.

    The hyphen stays where the document writes the word with it elsewhere, before a capital, and
    after prefixes that keep it.
    """
    text = re.sub(r"(?<=[^\W\d_])(?:[-\u2010]|\u00ad)[ \t]*\r?\n[ \t]*(?=[^\W\d_])", HYPHEN, text)
    if HYPHEN not in text:
        return text
    known = {word.lower() for word in _WORD.findall(_DIVIDED.sub(" ", text))}
    while _DIVIDED.search(text):
        text = _DIVIDED.sub(lambda match: _joined(match.group(1), match.group(2), known), text)
    return text.replace(HYPHEN, "-")


def _joined(begin: str, end: str, known: set[str]) -> str:
    whole, divided = begin + end, f"{begin}-{end}"
    if whole.lower() in known:
        return whole
    keeps = divided.lower() in known or end[0].isupper() or begin.lower() in _PREFIXES
    return divided if keeps else whole
