"""The lines above the prose: repeated title, byline, time line, cut-off, links to maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.parse import lines
from pipeline.parse.blocks import BlockKind
from pipeline.parse.series import fold

if TYPE_CHECKING:
    from pipeline.parse.blocks import Block

# A masthead has at most title, subtitle, three bylines, time, cut-off and seven map links.
_MAX_BLOCKS = 16
_MAX_OTHER_LINES = 4
_MAX_SUBTITLE_CHARS = 140
_CUTOFF_BLOCKS = 30  # a note on the data cut-off stands above the takeaways


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the prose, and the blocks without it.

    Attributes:
        dateline: The time line under the byline.
        cutoff: The data cut-off as printed.
    """

    blocks: tuple[Block, ...]
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    cutoff: str | None = None


@dataclass(slots=True)
class _Reader:
    title: str
    authors: list[str]
    pending: tuple[str, ...] = ()
    dateline: str | None = None
    titled: bool = False
    others: int = 0

    def consume(self, line: str) -> bool:
        """Whether the line is part of the masthead and no prose."""
        if self._is_title(line):
            self.titled = True
            return True
        if lines.is_map_line(line):
            return True
        if lines.is_dateline(line):
            self.dateline = self.dateline or line
            return True
        if lines.cutoff_in(line) == line:
            return True
        return self._byline(line)

    def _is_title(self, line: str) -> bool:
        folded = fold(line)
        return bool(folded) and (
            folded == self.title or (len(folded) > 15 and self.title.startswith(folded))
        )

    def _byline(self, line: str) -> bool:
        if self.others and not lines.is_labelled_byline(line) and self.authors:
            return False
        names = lines.names_in(line)
        if names is None:
            return False
        self.authors += [name for name in names if name not in self.authors]
        return True


def read_masthead(blocks: tuple[Block, ...], title: str) -> Masthead:
    """Take the masthead off the prose.

    Args:
        blocks: Prose, as the page has it.
        title: The report's title, which the body may repeat.
    """
    reader = _Reader(fold(title), [])
    kept: list[Block] = []
    for position, block in enumerate(blocks[:_MAX_BLOCKS]):
        rest = _read_block(reader, block)
        if rest is None:
            kept += blocks[position:]
            break
        if rest.runs or rest.kind in {BlockKind.FIGURE, BlockKind.RULE}:
            kept.append(rest)
    else:
        kept += blocks[_MAX_BLOCKS:]
    return Masthead(tuple(kept), tuple(reader.authors), reader.dateline, _cutoff(blocks))


def _read_block(reader: _Reader, block: Block) -> Block | None:
    """The block without masthead lines; None where the prose begins."""
    if block.kind in {BlockKind.FIGURE, BlockKind.RULE, BlockKind.CAPTION}:
        return block
    if block.kind is BlockKind.ITEM:
        return None
    taken = 0
    printed = lines.lines_of(block)
    for line in printed:
        if not reader.consume(line):
            break
        taken += 1
    if taken == len(printed):
        return lines.without_lines(block, taken) if not printed else _empty(block)
    if taken:
        return lines.without_lines(block, taken)
    reader.others += 1
    if reader.others > _MAX_OTHER_LINES or not _is_subtitle(block, printed):
        return None
    return block


def _empty(block: Block) -> Block:
    return type(block)(block.kind)


def _is_subtitle(block: Block, printed: list[str]) -> bool:
    """A short line between title and byline, or a note on the cut-off: the masthead goes on below it."""
    if lines.cutoff_in(" ".join(printed)):
        return True
    text = " ".join(printed)
    if fold(text).startswith(("key takeaway", "toplines", "key finding")):
        return False
    return block.kind is not BlockKind.HEADING and len(text) <= _MAX_SUBTITLE_CHARS


def _cutoff(blocks: tuple[Block, ...]) -> str | None:
    for block in blocks[:_CUTOFF_BLOCKS]:
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.HEADING}:
            for line in lines.lines_of(block):
                found = lines.cutoff_in(line)
                if found:
                    return found
    return None
