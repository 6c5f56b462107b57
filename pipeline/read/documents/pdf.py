"""PDFs: lines with the links that lie over them, put together to paragraphs.

Read by PDFium, which reads all other PDFs here, too: it says of each letter where it stands and
which link lies there.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.documents.record import Laid
from pipeline.read.references.hosts import bare_scheme_length
from pipeline.read.references.labels import Style, line_label
from pipeline.read.text.formats.pdf_lines import as_letters
from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAGES = 1_000
_MOST_LETTERS = 4_000_000
_HYPHENS = {0x2: "-", 0xAD: "-", 0xFFFE: "-"}
"""What PDFium says of a hyphen at the end of a line."""

_FRAME_PAGES = 3
"""A line that stands so often at the same place is a running head or foot."""
_FULL = 0.97
"""Of a column's width, from which a line ran out of room."""
_APART = 1.7
"""Heights of a line from one to the next, above which a paragraph begins."""

# What an address can go on with on the next line, and nothing else begins with.
_GOES_ON = re.compile(
    r"[/?&=#_%~+.-][\w/?&=#%~+.-]|[\w%~+-]*[/?&=#_%~]|[\w-]+\.(?:html?|php|aspx?|pdf)\b"
)
_OPEN_END = re.compile(r"[/?&=#_%~+-]$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+[.,;)]?$|[0-9][a-z0-9]*[.,;)]?$")
_LABELS = frozenset({Style.BRACKET, Style.ROMAN, Style.CARET, Style.DOTTED, Style.RAISED})


@dataclass(slots=True)
class _Line:
    """A line of a page.

    Attributes:
        letters: Each with the link that lies over it.
        left, right, baseline, height: In points.
    """

    page: int
    letters: list[tuple[str, str | None]] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    height: float = 0.0

    @property
    def text(self) -> str:
        return "".join(letter for letter, _ in self.letters)

    def runs(self) -> Iterator[Run]:
        """Its letters, those under one link together."""
        held, href = "", None
        for letter, link in self.letters:
            if link != href and held:
                yield Run(held, href)
                held = ""
            held, href = held + letter, link
        if held:
            yield Run(held, href)


def pdf_laid(body: bytes, name: str) -> Laid:
    """A PDF, laid out as paragraphs.

    Raises:
        BadInputError: It is broken, asks for a password, or holds no text.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(body)
    except PdfiumError as error:
        raise BadInputError(f"{name}: {_why(error)}") from error
    with contextlib.closing(document):
        lines, doubts = _lines(document)
        title = one_line(document.get_metadata_dict().get("Title"))
    if not any(line.text.strip() for line in lines):
        raise BadInputError(f"{name}: there is no text in it, only pictures of it; not read")
    return Laid(tuple(_blocks(_without_frame(lines))), title=title, doubts=tuple(doubts))


def _why(error: Exception) -> str:
    import pypdfium2.raw as pdfium

    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return "it is encrypted and asks for a password; save it without one"
    return "a broken PDF; save it again"


def _lines(document: Any) -> tuple[list[_Line], list[str]]:
    from pypdfium2 import PdfiumError

    lines: list[_Line] = []
    doubts: list[str] = []
    count, letters = len(document), 0
    for number in range(min(count, MOST_PAGES)):
        try:
            found = _page_lines(document, number)
        except PdfiumError:
            doubts.append(f"page {number + 1} could not be read")
            continue
        lines += found
        letters += sum(len(line.letters) for line in found)
        if letters > _MOST_LETTERS:
            count = number + 1
            break
    if count < len(document):
        doubts.append(f"only the first {count} of {len(document)} pages were read")
    return lines, doubts


def _page_lines(document: Any, number: int) -> list[_Line]:
    import pypdfium2.raw as pdfium

    page = document[number]
    with contextlib.closing(page), contextlib.closing(page.get_textpage()) as letters:
        links = _links(document, page, pdfium)
        lines = [_Line(number)]
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        for index in range(letters.count_chars()):
            code = pdfium.FPDFText_GetUnicode(letters, index)
            if code in {0xA, 0xD}:
                if lines[-1].letters:
                    lines.append(_Line(number))
                continue
            letter = _HYPHENS.get(code) or (chr(code) if code else "")
            pdfium.FPDFText_GetLooseCharBox(letters, index, box)
            pdfium.FPDFText_GetCharOrigin(letters, index, x, y)
            _put(lines[-1], as_letters(letter), box, y.value, links)
    return [line for line in lines if line.text.strip()]


def _put(line: _Line, letter: str, box: Any, baseline: float, links: Sequence[_Link]) -> None:
    left, right = min(box.left, box.right), max(box.left, box.right)
    if letter.isspace():
        link = line.letters[-1][1] if line.letters else None
        line.letters.append((letter, link))
        return
    if not line.letters:
        line.left, line.baseline = left, baseline
    middle, level = (left + right) / 2, (box.bottom + box.top) / 2
    link = next((one.url for one in links if one.holds(middle, level)), None)
    line.letters.append((letter, link))
    line.right = max(line.right, right)
    line.height = max(line.height, abs(box.top - box.bottom))


@dataclass(frozen=True, slots=True)
class _Link:
    """Where a link lies on a page."""

    url: str
    left: float
    right: float
    bottom: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def _links(document: Any, page: Any, pdfium: Any) -> list[_Link]:
    """The links of a page that lead out of the document."""
    found: list[_Link] = []
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if length <= 1:
            continue
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
        url = buffer.value.decode("utf-8", "replace").strip()
        found += [_Link(url, *sides) for sides in _places(link, pdfium)]
    return found


def _places(link: Any, pdfium: Any) -> Iterator[tuple[float, float, float, float]]:
    """Where a link lies: on each of its lines, where it says so; else as a whole."""
    quad, box = pdfium.FS_QUADPOINTSF(), pdfium.FS_RECTF()
    count = pdfium.FPDFLink_CountQuadPoints(link)
    for index in range(max(count, 0)):
        if pdfium.FPDFLink_GetQuadPoints(link, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), max(xs), min(ys), max(ys)
    if count <= 0 and pdfium.FPDFLink_GetAnnotRect(link, box):
        yield min(box.left, box.right), max(box.left, box.right), *sorted((box.bottom, box.top))


def _without_frame(lines: Sequence[_Line]) -> list[_Line]:
    """The lines without running heads and feet: the same words at the same height of pages."""

    def key(line: _Line) -> tuple[str, int]:
        return re.sub(r"\d+", "0", line.text.strip()), round(line.baseline / 3)

    pages: Counter[tuple[str, int]] = Counter()
    seen: set[tuple[int, tuple[str, int]]] = set()
    for line in lines:
        if (line.page, key(line)) not in seen:
            seen.add((line.page, key(line)))
            pages[key(line)] += 1
    return [line for line in lines if pages[key(line)] < _FRAME_PAGES or _has_note(line)]


def _has_note(line: _Line) -> bool:
    """Whether a line begins with a label; short notes may stand alike on several pages."""
    label = line_label(line.text)
    return label is not None and label.style is not Style.BARE and len(line.text) > 12


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    """Paragraphs of lines."""
    rights = sorted(line.right for line in lines)
    margin = rights[int(len(rights) * 0.9)] if rights else 0.0
    held: list[Run] = []
    before: _Line | None = None
    for line in lines:
        if before is not None and not _begins(before, line, margin):
            held += [Run(_between(before, line, margin), _shared(before, line)), *line.runs()]
        else:
            if held:
                yield Block(BlockKind.PARAGRAPH, tuple(held))
            held = list(line.runs())
        before = line
    if held:
        yield Block(BlockKind.PARAGRAPH, tuple(held))


def _shared(before: _Line, line: _Line) -> str | None:
    """The link that goes on from the end of one line to the beginning of the next."""
    last = next((link for letter, link in reversed(before.letters) if not letter.isspace()), None)
    first = next((link for letter, link in line.letters if not letter.isspace()), None)
    return first if first == last else None


def _begins(before: _Line, line: _Line, margin: float) -> bool:
    """Whether a paragraph begins with a line."""
    if _shared(before, line) is not None or _goes_on(before, line, margin):
        return False
    label = line_label(line.text)
    if label is not None and label.style in _LABELS:
        return True
    if before.page != line.page:
        return before.right < margin * _FULL * 0.9
    step = before.baseline - line.baseline
    tall = max(before.height, line.height) or 1.0
    return step > _APART * tall or step < -tall or before.right < margin * 0.7


def _between(before: _Line, line: _Line, margin: float) -> str:
    """What divides two lines of a paragraph: nothing within an address."""
    if _shared(before, line) is not None or _goes_on(before, line, margin):
        return ""
    return " "


def _goes_on(before: _Line, line: _Line, margin: float) -> bool:
    """Whether the address at the end of a line goes on at the beginning of the next."""
    words, following = before.text.split(), line.text.split()
    if not words or not following:
        return False
    last, first = words[-1], following[0]
    address = last.lstrip("([{<\"'“‘«")
    is_begun = bool(bare_scheme_length(address)) or address.lower().startswith("www.")
    alone = len(words) == 1 and _GOES_ON.match(last) is not None and "/" in last
    if not (is_begun or alone) or bare_scheme_length(first.lstrip("([{<\"'")):
        return False
    if last[-1] in ".,;)" and not first[0].islower():
        return False
    if _OPEN_END.search(last) and (first[0].isalnum() or first[0] in "/?&=#_%~+-"):
        return True
    if line_label(line.text) is not None:
        return False  # the next note's number
    if _GOES_ON.match(first):
        return True
    is_full = before.right >= margin * _FULL
    return is_full and (_SLUG.match(first) is not None or len(words) == 1)
