"""Blocks that say the same are read once, whatever else differs between two captures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.parse import printed
from pipeline.read.parse.assemble import assemble
from pipeline.read.parse.draft import Draft
from pipeline.read.parse.printed import printed_by

URL = "https://www.understandingwar.org/backgrounder/this"
BLOCKS = (
    Block(BlockKind.PARAGRAPH, (Run("The column halted near the bridge.[1]"),)),
    Block(BlockKind.HEADING, (Run("Endnotes"),), level=2),
    Block(BlockKind.PARAGRAPH, (Run("[1] https://paper.example/a"),)),
)
DRAFT = Draft("isw-drupal/1", "isw", URL, "Iran Update, March 3", BLOCKS)


def copied(draft: Draft) -> Draft:
    """The same draft of other objects, as of another page."""
    blocks = tuple(replace(block, runs=tuple(map(Run._make, block.runs))) for block in draft.blocks)
    return replace(draft, blocks=blocks)


def test_what_says_the_same_is_read_once() -> None:
    assert printed_by(copied(DRAFT)) is printed_by(DRAFT)


def test_each_capture_has_dates_and_aliases_of_its_own() -> None:
    first = assemble(replace(DRAFT, modified_at="a"), datetime(2025, 3, 4, tzinfo=UTC))
    other = copied(replace(DRAFT, modified_at="b", aliases=("https://other.example/1",)))
    second = assemble(other, datetime(2026, 3, 4, tzinfo=UTC))
    assert first.notes == second.notes
    assert (first.modified_at, second.modified_at) == ("a", "b")
    assert (first.report_date, second.report_date) == ("2025-03-03", "2026-03-03")
    assert (first.aliases, second.aliases) == ((), ("https://other.example/1",))


@pytest.mark.parametrize(
    "other",
    [
        replace(DRAFT, url="https://www.understandingwar.org/backgrounder/that"),
        replace(DRAFT, title="Iran Update, March 4"),
        replace(DRAFT, loose=True),
        replace(DRAFT, pictured=False),
        # as long as the first
        replace(DRAFT, blocks=(Block(BlockKind.PARAGRAPH, (Run(DRAFT.blocks[0].text[::-1]),)),
            *BLOCKS[1:])),
    ],
)  # fmt: skip
def test_what_differs_in_anything_it_is_read_by_is_read_anew(other: Draft) -> None:
    assert printed_by(other) is not printed_by(DRAFT)


def test_a_report_too_large_to_be_remembered_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = printed_by(DRAFT)
    monkeypatch.setattr(printed, "_MOST_SIZE", 10)
    again = printed_by(DRAFT)
    assert again == whole
    assert again is not whole
