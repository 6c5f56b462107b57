"""Records that say that they are ours and were made to end whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.model.fetch import FetchContext
from archive.model.vocabulary import Via
from pipeline.run.ingest import Archive
from pipeline.run.jobs.index import Indexed, index_file
from pipeline.run.jobs.intake.again import Copying, leave_out_twins
from tests.warc_samples import CONTEXT, exchange, only_file, writer

HIGHEST = 36
"""Bits of a number that leaves room for those made of it."""


class _Here:
    """Reads pages in this process, several ahead of what is taken in, as workers do."""

    def map_ordered(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], *_: object
    ) -> Iterator[Any]:
        yield from [function(*task) for task in tasks]


def indexed(root: Path, *contexts: FetchContext) -> tuple[Indexed, list[int], int]:
    """What a file of such records gave, the numbers of its captures, and the next number."""
    with Archive.open(root, Settings(), run=None) as archive:
        with writer(archive.folder.warcs) as warc:
            for number, context in enumerate(contexts):
                warc.write(exchange(b"<p>%d</p>" % number), context)
        found = index_file(archive, only_file(archive.folder.warcs), _Here(), {})  # type: ignore[arg-type]
        numbers = [row["id"] for row in archive.db.query("SELECT id FROM captures ORDER BY id")]
        return found, numbers, archive.next_capture_id()


def test_a_number_that_leaves_none_for_later_captures_is_given_anew(tmp_path: Path) -> None:
    found, numbers, following = indexed(
        tmp_path,
        *(replace(CONTEXT, capture_id=n) for n in (1 << 62, (1 << HIGHEST) - 1, 1 << HIGHEST, 9)),
    )
    assert (len(numbers), len(found.doubled)) == (4, 3)
    assert max(*numbers, following).bit_length() < HIGHEST
    assert found.last_capture_id == 9


def test_a_record_of_no_address_is_named_and_takes_no_other_with_it(tmp_path: Path) -> None:
    odd = (replace(CONTEXT, capture_id=8, uri_r="x y"), replace(CONTEXT, capture_id=9, subject="-"))
    found, numbers, _ = indexed(tmp_path, odd[0], CONTEXT, odd[1])
    assert numbers == [CONTEXT.capture_id]
    assert [one.why.partition(":")[0] for one in found.bodiless] == ["'x y'", "'-'"]


def test_what_two_archives_imported_both_has_its_origin_once(tmp_path: Path) -> None:
    theirs = replace(CONTEXT, via=Via.IMPORT, origin="urn:uuid:of-another")
    found, numbers, _ = indexed(tmp_path, theirs, replace(theirs, capture_id=8))
    assert (numbers, found.captures, found.bodiless) == ([7, 8], 2, ())


def test_of_a_dossier_what_was_imported_here_too_is_left_out_unless_another_repeats_it() -> None:
    copying = Copying(wanted={(None, 1)}, repeated={"b", None})
    copying.twins = {name: ((None, n), to) for n, name, to in ((2, "a", None), (3, "b", "c"))}
    copying.twins["c"] = (None, 4), None
    leave_out_twins(copying)
    assert (copying.wanted, copying.held) == ({(None, 1), (None, 3), (None, 4)}, 1)
