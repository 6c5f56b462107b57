"""`report corrections` for people, as JSON, and as CSV."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.model.times import shown_time
from archive.show.corrections import ADMISSIONS, ADMITTED, COUNTED, TOLD, as_told, span, stood_told
from archive.show.diff_out import merged_words
from archive.show.prose_diff import ProseChange, marked_words
from archive.spreadsheet import csv_line
from pipeline.cli.figures_text import notes, table
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.show.corrections import EditFigures
    from archive.show.reading import Row

NEWEST = 20
"""Edits printed for people; JSON and CSV have them all."""
_COLUMNS = ("edits", "reports", "versions", "named", "noted", "silent")
_FORMS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
_CSV = (
    "at", "report", "series", "report_date", "publisher", "kinds", "part", "before", "after",
    "admission", "said", "sources_added", "sources_dropped", "labels_before", "labels_after",
    "stood_from", "last_seen_at", "stood_least_s", "stood_most_s", "version", "earlier_version",
    "url",
)  # fmt: skip


def corrections_lines(groups: Sequence[EditFigures], found: Sequence[Row]) -> Iterator[str]:
    """What `isw-archive report corrections` prints.

    Args:
        groups: From `archive.show.corrections.figures`, the first of all edits; none: there are
            none.
        found: The edits, the newest first.
    """
    if not groups:
        yield "no such edits are held; it takes two captures of a report that differ"
        return
    yield from notes(COUNTED, ADMISSIONS)
    yield ""
    heads = (*_COLUMNS, "stood at least\n(median)", "at most\n(median)")
    yield from table(heads, [(one.group, _cells(one)) for one in groups])
    for row in found[:NEWEST]:
        yield ""
        yield from _edit(row)
    if len(found) > NEWEST:
        yield from ("", f"{len(found) - NEWEST} older edits: --json or --format csv has them all")


def _cells(one: EditFigures) -> list[str]:
    counts = [str(getattr(one, column)) for column in _COLUMNS]
    return [*counts, span(one.stood_least_s), span(one.stood_most_s)]


def _edit(row: Row) -> Iterator[str]:
    kinds = ", ".join(TOLD[kind] for kind in row["kinds"])
    part = "" if row["part"] == "text" else f" ({row['part']})"
    stood = stood_told(row)
    yield printable(
        f"{shown_time(row['at'])}  {row['report']}  {row['publisher']}  {kinds}{part}; "
        f"{ADMITTED[row['admission']]}"
    )
    change = ProseChange("edited", *marked_words(row["before"], row["after"]))
    words = " ".join(_FORMS[kind].format(text) for kind, text in merged_words(change))
    yield f"  {printable(words)}"
    for name, told in (("sources_added", "cites now"), ("sources_dropped", "cites no more")):
        for url in row[name]:
            yield f"  {told}: {printable(url)}"
    if stood:
        yield f"  the earlier words {stood}"


def answer(by: str | None, groups: Sequence[EditFigures], found: Sequence[Row]) -> dict[str, Any]:
    """The figures as an object for JSON."""
    return {
        "by": by, "counted": COUNTED, "groups": [asdict(one) for one in groups],
        "edits": [as_told(row) for row in found],
    }  # fmt: skip


def csv_lines(found: Sequence[Row]) -> Iterator[str]:
    """A head and a line an edit; lists are JSON, as in the tables."""
    yield csv_line(_CSV)
    for row in found:
        yield csv_line([_field(row[name]) for name in _CSV])


def _field(value: Any) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
