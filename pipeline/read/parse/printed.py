"""What a report's blocks say, read once for all captures that print the same."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.read.parse import content
from pipeline.read.parse.masthead import read_masthead
from pipeline.read.parse.takeaways import end_of_takeaways, takeaways_of
from pipeline.read.references.check import doubts_of
from pipeline.read.references.labels import label_value
from pipeline.read.references.markers import mark
from pipeline.read.references.notes import split_notes

if TYPE_CHECKING:
    from archive.model.reports import Figure, Marker, Note, Quality, Section
    from pipeline.read.blocks import Block
    from pipeline.read.parse.draft import Draft

# A page that is captured again mostly says the same in other bytes: of 471 real captures 79 have
# the blocks of one of the 64 before them. An entry takes 0.23 MB.
_REMEMBERED = 64
# Of blocks that are remembered, in characters, those of addresses too, and what a run takes beside
# them: the largest of these captures has 138 thousand.
_MOST_SIZE = 300_000
_RUN_SIZE = 100


@dataclass(frozen=True, slots=True)
class Printed:
    """What the blocks say, whatever else is known of the page.

    Attributes:
        cutoff: As the masthead prints it.
        dateline: The time line of the masthead.
        doubts: Of notes and markers.
        text, sections, takeaways, corrections, figures, markers, notes, links, authors: As in
            `ParsedReport`.
    """

    text: str
    sections: tuple[Section, ...]
    takeaways: tuple[str, ...]
    corrections: tuple[str, ...]
    figures: tuple[Figure, ...]
    markers: tuple[Marker, ...]
    notes: tuple[Note, ...]
    links: tuple[str, ...]
    authors: tuple[str, ...]
    cutoff: str | None
    dateline: str | None
    doubts: Quality


def printed_by(draft: Draft) -> Printed:
    """What the blocks of a draft say."""
    runs = (run for block in draft.blocks for run in block.runs)
    size = sum([len(run.text) + len(run.href or "") + _RUN_SIZE for run in runs])
    given = _Blocks(
        size, draft.title, draft.url, draft.blocks, loose=draft.loose, pictured=draft.pictured
    )
    return _read_once(given) if size <= _MOST_SIZE else _printed_of(given)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """All that they are read by.

    Attributes:
        size: Of the blocks. It stands for them in the hash, since that of their text takes longer
            than to compare them with the few that are of one size.
    """

    size: int
    title: str
    url: str
    blocks: tuple[Block, ...] = field(hash=False)
    loose: bool
    pictured: bool


def _printed_of(given: _Blocks) -> Printed:
    # its tables take 0.1 s, which who only compares versions need not wait for
    from pipeline.read.speech import with_speech

    split = split_notes(content.mark_kinds(given.blocks), given.url, unlabelled=given.loose)
    head = read_masthead(tuple(split.prose), given.title)
    listed = split.notes if split.style is not None else ()
    labels = {value for note in listed if (value := label_value(note.label)) is not None}
    prose = content.settle_captions(head.blocks) if given.pictured else head.blocks
    freed = end_of_takeaways(tuple(prose))
    blocks, markers = mark(prose, labels, rare=split.rare, freed=freed)
    text, sections = content.read_prose(blocks, freed)
    return Printed(
        text=text,
        sections=sections,
        takeaways=takeaways_of(blocks),
        corrections=content.corrections_of(blocks),
        figures=content.figures_of(blocks) if given.pictured else content.captions_alone(blocks),
        markers=with_speech(markers, text),
        notes=split.notes,
        links=content.report_links(blocks, given.url),
        authors=head.authors,
        cutoff=head.cutoff,
        dateline=head.dateline,
        doubts=doubts_of(split.notes, markers),
    )


_read_once = functools.lru_cache(maxsize=_REMEMBERED)(_printed_of)
