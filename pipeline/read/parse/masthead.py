"""The lines above the prose: repeated title, byline, time line, cut-off, links to maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.read.blocks import BlockKind
from pipeline.read.parse import lines
from pipeline.read.parse.dates import find_dates
from pipeline.read.parse.series import fold, known_series

if TYPE_CHECKING:
    from pipeline.read.blocks import Block

# A masthead has at most title, subtitle, three bylines, time, cut-off and seven map links.
_MAX_BLOCKS = 16
# Notices above the byline (a correction, a day without a report, an appeal) and subtitles.
_MAX_OTHER_BLOCKS = 4
_CUTOFF_BLOCKS = 30  # a note on the data cut-off stands above the takeaways
_MAX_TITLE_CHARS = 160
_FIRST_HEADINGS = ("key takeaway", "takeaway", "toplines", "key finding", "executive summary")


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
    dateline: str | None = None
    titled: bool = False
    others: int = 0
    dated_below: bool = False

    def takes(self, line: str) -> bool:
        """Whether the line is part of the masthead and no prose."""
        if len(line) > lines.MAX_BYLINE_CHARS:
            return False
        if self._is_title(line):
            self.titled = True
            return True
        if lines.is_map_line(line) or lines.is_age(line):
            return True
        if lines.is_dateline(line):
            self.dateline = self.dateline or line
            return True
        if lines.is_cutoff(line):
            return True
        return self._takes_byline(line)

    def _is_title(self, line: str) -> bool:
        """The title again, whole or cut, or another form of it ("Update" for "Assessment")."""
        folded = fold(line)
        if not folded or len(line) > _MAX_TITLE_CHARS:
            return False
        if folded == self.title or (len(folded) > 15 and self.title.startswith(folded)):
            return True
        dates = find_dates(line)
        return (
            len(dates) == 1 and dates[0].end >= len(line) - 2 and known_series(folded) is not None
        )

    def _takes_byline(self, line: str) -> bool:
        names = lines.names_in(line)
        if names is None:
            return False
        sure = len(names) > 1 or lines.is_labelled_byline(line)
        if self.others and not sure and (self.authors or self.dateline):
            return False
        if not sure and names and not (self.titled or self.dated_below or self.dateline):
            # Two capitalised words alone may be a heading: a time line or the title must be near.
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
    position = 0
    top = [lines.lines_of(block) for block in blocks[:_MAX_BLOCKS]]
    timed = [any(_is_time_line(line) for line in printed[:4]) for printed in top]
    for position, block in enumerate(blocks[:_MAX_BLOCKS]):
        if _is_end(reader, block):
            break
        reader.dated_below = any(timed[position : position + 3])
        kept += _read_block(reader, block, top[position])
    else:
        position = _MAX_BLOCKS
    kept += blocks[position:]
    return Masthead(tuple(kept), tuple(reader.authors), reader.dateline, _cutoff(blocks))


def _is_time_line(line: str) -> bool:
    return lines.is_dateline(line) or lines.is_cutoff(line)


def _is_end(reader: _Reader, block: Block) -> bool:
    """Whether the prose surely begins here."""
    if block.kind is BlockKind.ITEM or reader.others > _MAX_OTHER_BLOCKS:
        return True
    return block.text[:60].strip().lower().startswith(_FIRST_HEADINGS)


def _read_block(reader: _Reader, block: Block, printed: list[str]) -> list[Block]:
    """What is left of the block without masthead lines."""
    if block.kind in {BlockKind.FIGURE, BlockKind.RULE, BlockKind.CAPTION}:
        return [block]
    taken = 0
    for line in printed:
        if not reader.takes(line):
            break
        taken += 1
    if taken == len(printed):
        return []
    if not taken:
        reader.others += 1
        return [block]
    return [lines.without_lines(block, taken)]


def _cutoff(blocks: tuple[Block, ...]) -> str | None:
    for block in blocks[:_CUTOFF_BLOCKS]:
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.HEADING}:
            if "off" not in block.text.lower():
                continue
            for line in lines.lines_of(block):
                found = lines.cutoff_in(line)
                if found:
                    return found
    return None
