"""Which tables and columns a dataset gives.

Left out is what would be somebody's whole text (reports and cited pages; given only when asked
for), what steers the crawler (when a thing is due, validators, runs), and what is withheld.
"""

# ruff: noqa: S608 - every name and clause put into SQL here is ours

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

STRING, INTEGER, BOOLEAN, DATE, DATETIME, ARRAY, OBJECT = (
    "string", "integer", "boolean", "date", "datetime", "array", "object",
)  # fmt: skip
"""Types of fields, as https://datapackage.org/standard/table-schema/ names them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, and `table.column` that it refers to."""

    name: str
    type: str = STRING
    refers: str | None = None


@dataclass(frozen=True)
class Table:
    """A table of a dataset.

    Attributes:
        name: Of its files.
        key: Columns that tell its rows apart, and order them.
        columns: All that are given.
        texts: Names of columns that only are where whole texts are asked for.
        rows: The SQL that gives its rows, without order.
        said: Descriptions of columns that the archive's own table has not, by name.
        about: Describes a table that the archive has not.
        like: The archive's table that describes its columns; empty: that of its name.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: str
    texts: frozenset[str] = frozenset()
    said: dict[str, str] = field(default_factory=dict)
    about: str | None = None
    like: str = ""

    def given(self, *, texts: bool) -> tuple[Column, ...]:
        """Its columns, with those of whole texts or without."""
        return tuple(one for one in self.columns if texts or one.name not in self.texts)

    @cached_property
    def references(self) -> dict[str, tuple[str, str]]:
        """Table and column that its columns refer to, by their own names."""
        pairs = {one.name: one.refers.split(".") for one in self.columns if one.refers}
        return {name: (table, column) for name, (table, column) in pairs.items()}


# The title of a version that is withheld is none.
_REPORTS = """
SELECT * FROM (
    SELECT reports.id, reports.series, reports.report_date, reports.edition, versions.title,
           reports.url, row_number() OVER (
               PARTITION BY reports.id
               ORDER BY publications.url != reports.url, complete DESC, version DESC) AS nth
    FROM reports JOIN publications ON publications.report_id = reports.id
    JOIN versions ON versions.publication_id = publications.id)
WHERE nth = 1
"""
_GIVEN_REPORTS = """
SELECT publications.report_id FROM publications JOIN versions ON publication_id = publications.id
"""
_FACTS = ", ".join(
    f"json_extract(facts, '$.{name}') AS {name}"
    for name in ("posted_at", "views", "forwarded_from")
)


def _columns(written: str) -> tuple[Column, ...]:
    """Columns written as `name`, `name:type` or `name:type>table.column`."""
    found = []
    for word in written.split():
        name, _, rest = word.partition(":")
        kind, _, refers = rest.partition(">")
        found.append(Column(name, kind or STRING, refers or None))
    return tuple(found)


TABLES = (
    Table(
        "reports",
        ("id",),
        _columns("id series report_date:date edition title url"),
        _REPORTS,
    ),
    Table(
        "publications",
        ("id",),
        _columns(
            "id:integer report_id:string>reports.id url publisher first_captured_at:datetime "
            "last_captured_at:datetime captures:integer"
        ),
        f"SELECT * FROM publications WHERE report_id IN ({_GIVEN_REPORTS})",
    ),
    Table(
        "versions",
        ("id",),
        _columns(
            "id:integer>captures.id publication_id:integer>publications.id report_id "
            "version:integer first_captured_at:datetime last_captured_at:datetime captures:integer "
            "complete:boolean title report_date:date series edition doubts:integer parser "
            "content_digest change:object cutoff_text dateline_text published_at modified_at "
            "authors:array corrections:array quality:object takeaways:array text sections:array"
        ),
        "SELECT * FROM versions",
        texts=frozenset({"takeaways", "text", "sections"}),
    ),
    Table(
        "sentences",
        ("version_id", "id"),
        _columns(
            "version_id:integer>versions.id id position:integer text section hedge role "
            "start:integer end:integer url selectors:array"
        ),
        "",
        said={
            "id": "Made of the sentence's words alone: the same in every version of the report. "
            "A further place of the same sentence in a version has -2, -3, … behind it.",
            "position": "Of its first marker, from 0.",
            "text": "The sentence, without its markers.",
            "start": "Where it begins in the version's text, in characters (code points) from 0; "
            "empty when it does not stand there as it is.",
            "end": "Where it ends.",
            "url": "The report's address with a text fragment, which leads a browser to it.",
            "selectors": "A TextQuoteSelector and a TextPositionSelector of the W3C's Web "
            "Annotation model; the position is that in the version's text.",
        },
        about="Each citing sentence of a version, with ways to point at it.",
        like="markers",
    ),
    Table(
        "markers",
        ("version_id", "position"),
        _columns(
            "version_id:integer>versions.id position:integer label sentence_id "
            "note_id:integer>notes.id"
        ),
        "",
        said={"sentence_id": "The sentence that the marker stands in, of the same version."},
        about="Each place in the prose that refers to a note.",
    ),
    Table(
        "notes",
        ("id",),
        _columns("id:integer version_id:integer>versions.id position:integer label text kind"),
        "SELECT * FROM notes",
    ),
    Table(
        "citations",
        ("id",),
        _columns(
            "id:integer note_id:integer>notes.id version_id:integer>versions.id position:integer "
            "source_id:integer>sources.id url as_printed repairs:array"
        ),
        "SELECT * FROM citations",
    ),
    Table(
        "sources",
        ("id",),
        _columns(
            "id:integer url host domain platform account post_id status first_cited_at:datetime "
            "first_cited:date last_cited:date report_count:integer captures:integer "
            "first_captured_at:datetime last_captured_at:datetime last_outcome drift "
            "dead_since:datetime only_copy:boolean seen:boolean first_seen_at:datetime "
            "last_seen_at:datetime drifted_at:datetime compared:boolean"
        ),
        "SELECT * FROM sources",
    ),
    Table(
        "captures",
        ("id",),
        _columns(
            "id:integer kind url source_id:integer>sources.id "
            "publication_id:integer>publications.id captured_at:datetime outcome "
            "http_status:integer final_url via content_type payload_bytes:integer payload_digest "
            "content_digest text_id:integer>texts.id warc_file warc_offset:integer "
            "warc_length:integer record_id revisit_of tls_verified:boolean memento_at "
            "complete:boolean drift clock_skew_s:integer leads_to posted_at views forwarded_from"
        ),
        f"SELECT captures.*, {_FACTS} FROM captures WHERE kind IN ('report', 'source', 'file') "
        f"AND (publication_id IS NULL OR publication_id IN (SELECT id FROM publications "
        f"WHERE report_id IN ({_GIVEN_REPORTS})))",
        said={
            "posted_at": "Of a post, when it was sent, as its platform says.",
            "views": "Of a post, as its platform prints it.",
            "forwarded_from": "Of a post, the name of whom it was forwarded from.",
        },
    ),
    Table(
        "post_links",
        ("source_id", "relation", "other_id"),
        _columns(
            "source_id:integer>sources.id relation other_id:integer url platform account post_id "
            "capture_id:integer>captures.id"
        ),
        "SELECT * FROM post_links WHERE capture_id IN (SELECT id FROM captures)",
    ),
    Table(
        "texts",
        ("id",),
        _columns("id:integer title author site_name published language flags:array digest text"),
        "SELECT * FROM texts",
        texts=frozenset({"text"}),
    ),
    Table(
        "verdicts",
        ("source_id", "capture_id"),
        _columns(
            "source_id:integer>sources.id capture_id:integer>captures.id decided_at:datetime "
            "status rule drift since:datetime evidence:object"
        ),
        "SELECT * FROM verdicts WHERE capture_id IN (SELECT id FROM captures)",
    ),
    Table(
        "disputes",
        ("id",),
        _columns(
            "id:integer source_id:integer>sources.id status rule decided_at:datetime at:datetime "
            "reason"
        ),
        "",
        said={
            "id": "Its number.",
            "source_id": "The source whose verdict is held to be wrong.",
            "status": "The verdict's status, as it stood.",
            "rule": "The verdict's rule.",
            "decided_at": "When it was decided.",
            "at": "When it was disputed.",
            "reason": "Why, in the words of who disputes it.",
        },
        about="What people hold against verdicts; those withdrawn are left out.",
    ),
    Table(
        "mementos",
        ("source_id",),
        _columns(
            "source_id:integer>sources.id url memento_at http_status:integer outcome "
            "checked_at:datetime"
        ),
        "SELECT * FROM mementos",
    ),
    Table(
        "events",
        ("id",),
        _columns(
            "id at:datetime kind subject source_id:integer>sources.id "
            "publication_id:integer>publications.id capture_id:integer>captures.id detail:object"
        ),
        "SELECT * FROM events WHERE capture_id IN (SELECT captures.id FROM captures) AND "
        "(publication_id IS NULL OR publication_id IN (SELECT publications.id FROM publications "
        f"WHERE report_id IN ({_GIVEN_REPORTS})))",
    ),
)
"""In the order in which they are told."""
