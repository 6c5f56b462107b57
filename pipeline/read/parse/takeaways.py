"""The key takeaways: a list below a heading that names them, however a page marks its list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.blocks import BlockKind
from pipeline.read.parse.content import PROSE, SENTENCE_END
from pipeline.read.parse.lines import clean, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.read.blocks import Block

_TAKEAWAYS = re.compile(
    r"^(?:key|main|top)?\s*(?:takeaways?|take-aways?|findings|judgments)\b\s*[:.–-]?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BULLET = re.compile(r"^\s*(?:[•·▪◦●‣∙*–—-]|[oO§](?=\s{2})|\(?\d{1,2}[.)](?=\s))\s*")
_INNER_BULLET = re.compile(r"(?<=[.!?\]”])\s*[•▪●◦‣∙]\s*")
_REPEATED_CHARS = 60
_MIN_REPEATED = 3


def takeaways_of(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The key takeaways.

    They are list items below a heading that names them; or, in pages pasted from Word, the
    paragraphs there up to the next heading, figure or section; or what follows "Key Takeaway:".
    """
    for position, rest, more in _headings(blocks):
        found = _takeaways_below(blocks, position, rest, more)
        if found:
            return found
    return _takeaways_in_section(blocks) or _repeated(blocks)


def end_of_takeaways(blocks: tuple[Block, ...]) -> int | None:
    """The block where the prose goes on behind the takeaways without a heading of its own.

    None where it does not.
    """
    for position, _, _ in _headings(blocks):
        below = range(position + 1, len(blocks))
        listed = next(
            (at for at in below if blocks[at].kind in PROSE and clean(blocks[at].text)), None
        )
        if blocks[position].kind is not BlockKind.HEADING or listed is None:
            continue
        if not _is_takeaway(blocks[listed]):
            continue
        end = next((at for at in range(listed, len(blocks)) if not _goes_on(blocks[at])), None)
        return end if end is not None and blocks[end].kind is BlockKind.PARAGRAPH else None
    return None


def _is_takeaway(block: Block) -> bool:
    return (
        block.kind is BlockKind.ITEM or _is_bold_paragraph(block) or bool(_BULLET.match(block.text))
    )


def _goes_on(block: Block) -> bool:
    """Whether the list of takeaways may go on behind this block."""
    return (
        block.kind in {BlockKind.FIGURE, BlockKind.CAPTION}
        or not clean(block.text)
        or _is_takeaway(block)
    )


def _headings(blocks: tuple[Block, ...]) -> Iterator[tuple[int, str, list[str]]]:
    """Where takeaways are announced: the block, what stands behind the words, its further lines."""
    for position, block in enumerate(blocks):
        if block.kind not in PROSE or block.kind is BlockKind.ITEM:
            continue
        printed = lines_of(block)
        match = _TAKEAWAYS.match(printed[0]) if printed and len(printed[0]) < 2000 else None
        if match is not None and _is_takeaway_heading(match, printed):
            yield position, match["rest"].strip(), printed[1:]


def _repeated(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """A list without its heading whose items repeat what paragraphs above it begin with.

    The takeaways of a cut page.
    """
    begun: list[str] = []
    for position, block in enumerate(blocks):
        text = clean(block.text)
        if block.kind is BlockKind.PARAGRAPH:
            begun.append(text)
            continue
        if block.kind is not BlockKind.ITEM or not begun:
            continue
        found = _items_below(blocks, position - 1)
        starts = [item[:_REPEATED_CHARS].rstrip(".") for item in found]
        known = sum(any(text.startswith(start) for text in begun) for start in starts)
        return found if len(found) >= _MIN_REPEATED and known * 2 > len(found) else ()
    return ()


def _takeaways_in_section(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The items of the section that the layout names so, where its heading is a button."""
    named = [
        index
        for index, block in enumerate(blocks)
        if block.section and _TAKEAWAYS.fullmatch(block.section) and block.kind is BlockKind.ITEM
    ]
    return _items_below(blocks, named[0] - 1) if named else ()


def _is_takeaway_heading(match: re.Match[str], printed: list[str]) -> bool:
    rest = match["rest"].strip()
    if not rest:
        return True
    head = printed[0][: match.start("rest")]
    return ":" in head or (len(printed[0]) < 60 and not SENTENCE_END.search(printed[0]))


def _takeaways_below(
    blocks: tuple[Block, ...], position: int, rest: str, more_lines: list[str]
) -> tuple[str, ...]:
    if rest and SENTENCE_END.search(rest):
        return _divided(map(_unbulleted, (rest, *more_lines)))
    if more_lines:
        return _divided(map(_unbulleted, more_lines))
    return _items_below(blocks, position) or _divided(_paragraphs_below(blocks, position))


def _divided(texts: Iterable[str]) -> tuple[str, ...]:
    """A paragraph of several takeaways with signs between them as its parts."""
    return tuple(part for text in texts for part in _INNER_BULLET.split(text) if part)


def _items_below(blocks: tuple[Block, ...], position: int) -> tuple[str, ...]:
    found: list[str] = []
    top = 1
    for index in range(position + 1, len(blocks)):
        block = blocks[index]
        if block.kind in {BlockKind.FIGURE, BlockKind.CAPTION} or not clean(block.text):
            continue
        if block.kind is not BlockKind.ITEM:
            break
        text = _unbulleted(clean(block.text))
        if not found:
            top = block.level
        if block.level > top and found:
            found[-1] += " " + text
        elif text:
            found.append(text)
    return tuple(found)


def _paragraphs_below(blocks: tuple[Block, ...], position: int) -> tuple[str, ...]:
    """Word-style lists.

    A sign before each text, or alone in a paragraph before it, or bold paragraphs.
    """
    found: list[str] = []
    bulleted: bool | None = None
    alone = False
    section = blocks[position].section
    for block in blocks[position + 1 :]:
        printed = lines_of(block)
        if not printed and block.kind is BlockKind.PARAGRAPH:
            continue
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING} or block.section != section:
            break
        has_bullet = bool(_BULLET.match(printed[0]))
        bulleted = has_bullet if bulleted is None else bulleted
        if (bulleted and not (has_bullet or alone)) or not (bulleted or _is_bold_paragraph(block)):
            break
        texts = [text for line in printed if (text := _unbulleted(line))]
        alone = not texts
        found += texts
    return tuple(found)


def _is_bold_paragraph(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and _all_bold(block)


def _all_bold(block: Block) -> bool:
    return all(run.bold or not clean(run.text) for run in block.runs)


def _unbulleted(text: str) -> str:
    return _BULLET.sub("", text).strip()
