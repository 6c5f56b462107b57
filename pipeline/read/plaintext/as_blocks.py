"""Lines of text as blocks, so that everything that reads pages reads them too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.parse.lines import clean, is_labelled_byline, names_in
from pipeline.read.plaintext.frame import is_frame
from pipeline.read.references.labels import Style, line_label
from pipeline.read.references.lists import is_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.read.plaintext.markup import Printed

_RULE = re.compile(r"\s*(?:[_=*~—–-]\s?){3,}")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*")
_BULLET = re.compile(r"[ \t\u00a0]*(?:[•·▪●◦‣*]|[–—-](?=[ \u00a0]))[ \t\u00a0]*(?=\S)")
_NUMBERED = re.compile(r"[ \t\u00a0]*\(?\d{1,3}[.)][ \t\u00a0]+(?=\S)")
_CAPTION = re.compile(
    r"(?:(?:figure|map|chart|graphic|photo|image)\s*\d{1,3}\s*[.:]|(?:source|photo credit|image "
    r"credit|credit)s?\s*:)",
    re.IGNORECASE,
)
_TAKEAWAYS = re.compile(
    r"(?:key|main)\s+(?P<what>takeaways?|findings?)\s*[:.–-]?\s*", re.IGNORECASE
)
_MARKDOWN_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?P<text>\S.*)")
_MARKER = re.compile(r"\[\s?(?:\d{1,4}|[ivxlc]{1,9})\s?\]")
_MAX_HEADING_CHARS = 90
_HEADING_END = re.compile(r"[.!?,;:…”\"\]]$|\band$")
_MAX_QUALIFIED_CHARS = 220  # "Supporting Effort #1 (Objective: …)"
_NO_TAKEAWAY = re.compile(
    r"(?:we (?:do not|will|are)|isw will|note:|click|the following)\b|.*:$", re.IGNORECASE
)
_MAX_LABEL_CHARS = 120
_LEAD_INS = ("note:", "the following", "this ", "these ", "click")
_TAKEAWAY_END = re.compile(r"[.!?][”\"')]*$")
_MAX_TAKEAWAY_CHARS = 700  # the longest real one has 560
_SPACED_SHARE = 0.2  # lists have no blank lines between their items
_MAX_BYLINE_BLOCKS = 15  # a summary may stand above the authors


def lay_out(printed: Sequence[Printed]) -> tuple[Block, ...]:
    """The lines of one report as blocks, a site's own lines left out.

    What a page marks with tags is told from the lines: short ones alone are headings, bullets and
    numbers list items, "Figure 1." and "Source:" captions. A byline that stands below a summary is
    moved to the top, where pages have it.
    """
    own = [
        line for line in printed if line.images or not line.text.strip() or not is_frame(line.text)
    ]
    lines = [line.text for line in own]
    blocks: list[Block] = []
    in_prose = False
    unspaced = not _is_spaced(lines)
    for at, line in enumerate(own):
        blocks += [Block(BlockKind.FIGURE, image=image) for image in line.images]
        if line.text.strip() and not _is_underline(lines, at):
            blocks.append(_block(lines, at, line.runs, in_prose=in_prose, unspaced=unspaced))
            in_prose = in_prose or _MARKER.search(line.text) is not None
    while blocks and is_title(blocks[-1].text):
        blocks.pop()  # "Endnotes", and none below
    return tuple(_with_takeaways(_byline_first(blocks)))


def _block(
    lines: Sequence[str], at: int, runs: Sequence[Run], *, in_prose: bool, unspaced: bool
) -> Block:
    line = lines[at]
    if _RULE.fullmatch(line):
        return Block(BlockKind.RULE)
    label = line_label(line)
    if label is not None and label.style in {Style.BRACKET, Style.ROMAN, Style.CARET}:
        return Block(BlockKind.PARAGRAPH, _between(runs, line))
    if (bullet := _BULLET.match(line)) is not None:
        return Block(BlockKind.ITEM, _between(runs, line, bullet.end()), level=1)
    if _NUMBERED.match(line) is not None:
        return Block(BlockKind.ITEM, _between(runs, line), level=1, ordered=True)
    if (heading := _MARKDOWN_HEADING.fullmatch(line)) is not None:
        text = heading["text"].rstrip(" #")
        own = _between(runs, line, heading.start("text"), heading.start("text") + len(text))
        return Block(BlockKind.HEADING, own, len(heading["marks"]))
    if _CAPTION.match(line.strip()) and len(line) < 300:
        return Block(BlockKind.CAPTION, _between(runs, line))
    alone = (unspaced or _is_alone(lines, at)) and _is_heading(lines, at, in_prose=in_prose)
    if alone or _is_underline(lines, at + 1):
        return Block(BlockKind.HEADING, _between(runs, line), level=2)
    return Block(BlockKind.PARAGRAPH, _between(runs, line))


def _is_underline(lines: Sequence[str], at: int) -> bool:
    """A line of signs that makes a heading of the short line right above it."""
    if not 0 < at < len(lines) or _UNDERLINE.fullmatch(lines[at]) is None:
        return False
    above = clean(lines[at - 1])
    return 0 < len(above) <= _MAX_QUALIFIED_CHARS and not _HEADING_END.search(above)


def _between(
    runs: Sequence[Run], line: str, start: int = 0, end: int | None = None
) -> tuple[Run, ...]:
    """The runs of a line from `start` to `end`, blanks at both ends left out."""
    end = len(line) if end is None else end
    start += len(line[start:end]) - len(line[start:end].lstrip())
    end = start + len(line[start:end].rstrip())
    found: list[Run] = []
    at = 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        if text or (not run.text and start <= at <= end):
            found.append(run._replace(text=text))
        at += len(run.text)
    return tuple(found)


def _is_heading(lines: Sequence[str], at: int, *, in_prose: bool) -> bool:
    """True for a short line that is no sentence and, above the prose, no byline."""
    line = clean(lines[at])
    if is_title(line) or _TAKEAWAYS.fullmatch(line):
        return False  # both are looked for as paragraphs
    if not _is_heading_length(line) or _HEADING_END.search(line) or not line[0].isupper():
        return False
    if "http" in line or (not in_prose and names_in(line) is not None):
        return False
    return _text_follows(lines, at + 1)


def _is_heading_length(line: str) -> bool:
    if len(line) <= _MAX_HEADING_CHARS:
        return True
    return (
        line.endswith(")")
        and len(line) <= _MAX_QUALIFIED_CHARS
        and line.find("(") <= _MAX_HEADING_CHARS
    )


def _is_spaced(lines: Sequence[str]) -> bool:
    """True when blank lines divide the paragraphs, as in most texts."""
    blank = sum(not line.strip() for line in lines)
    return blank > _SPACED_SHARE * (len(lines) - blank)


def _is_alone(lines: Sequence[str], at: int) -> bool:
    """True between blank lines."""
    above = at == 0 or not lines[at - 1].strip()
    return above and (at + 1 >= len(lines) or not lines[at + 1].strip())


def _text_follows(lines: Sequence[str], at: int) -> bool:
    """True when the next line is longer than a heading, ends as sentences do, or introduces a
    list."""
    following = next((clean(line) for line in lines[at : at + 6] if line.strip()), "")
    return len(following) > _MAX_HEADING_CHARS or bool(_HEADING_END.search(following))


def _byline_first(blocks: list[Block]) -> list[Block]:
    """A labelled byline ("Author: …") below a summary, moved up under the title."""
    for at, block in enumerate(blocks[:_MAX_BYLINE_BLOCKS]):
        line = clean(block.text)
        if _MARKER.search(line) or _TAKEAWAYS.match(line):
            break
        if at > 1 and is_labelled_byline(line) and names_in(line):
            return [blocks[0], block, *blocks[1:at], *blocks[at + 1 :]]
    return blocks


def _with_takeaways(blocks: Sequence[Block]) -> Iterator[Block]:
    """Marks what follows a heading "Key Takeaways" without bullets as bold, as pages do.

    One paragraph after the singular; after the plural all up to the first that is long, a heading,
    or has a marker.
    """
    room = 0
    for block in _labels_joined(blocks):
        title = _takeaways_title(block)
        if title is not None:
            room = len(blocks) if title["what"].lower().endswith("s") else 1
            yield Block(BlockKind.HEADING, block.runs, level=2)
            continue
        if room and _may_be_takeaway(block):
            room -= 1
            yield Block(block.kind, tuple(run._replace(bold=True) for run in block.runs))
        else:
            room = 0
            yield block


def _takeaways_title(block: Block) -> re.Match[str] | None:
    return None if block.kind is BlockKind.ITEM else _TAKEAWAYS.fullmatch(clean(block.text).strip())


def _labels_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, a takeaway's subject on a line of its own joined to the takeaway below it.

    Such as "Protests in the north:".
    """
    inside = False
    label: Block | None = None
    for block in blocks:
        if label is not None:
            if block.kind is BlockKind.PARAGRAPH and _may_be_takeaway(block):
                yield Block(block.kind, (*label.runs, Run(" "), *block.runs))
                label = None
                continue
            yield label
            label, inside = None, False
        if inside and _is_takeaway_label(block):
            label = block
            continue
        inside = _takeaways_title(block) is not None or (inside and _may_be_takeaway(block))
        yield block
    if label is not None:
        yield label


def _is_takeaway_label(block: Block) -> bool:
    text = clean(block.text)
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(text) <= _MAX_LABEL_CHARS
        and text.endswith(":")
        and not text.lower().startswith(_LEAD_INS)
    )


def _may_be_takeaway(block: Block) -> bool:
    text = block.text
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(text) <= _MAX_TAKEAWAY_CHARS
        and _TAKEAWAY_END.search(text) is not None
        and _MARKER.search(text) is None
        and _NO_TAKEAWAY.match(text) is None
    )
