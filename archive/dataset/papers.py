"""What describes a dataset: `datapackage.json`, `CITATION.cff`, `README.md`.

Sources: https://datapackage.org/standard/data-package/, https://citation-file-format.github.io
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from archive.dataset.graphs import GRAPHS
from archive.dataset.tables import TABLES
from archive.web.described import DESCRIBED_NAME, description

if TYPE_CHECKING:
    from archive.dataset.tables import Column, Table

NAME = "isw-archive-dataset"
"""By which a folder is known as a dataset of ours."""
TITLE = "Reports of ISW and CTP, and what became of the sources they cite"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_WIDTH = 4096
"""Lines of YAML are not broken."""

_RIGHTS_OF_TEXTS = """\
Full texts are in this dataset: `versions.text`, `sections` and `takeaways` are the publishers',
`texts.text` is the authors' of the cited pages. They were asked for (`--texts`) by somebody who
may have them; do not pass them on unless you may.
"""
_RIGHTS = """\
No full text of a report or of a cited page is in this dataset. What is quoted is each citing
sentence, with 32 characters around it, and the notes as printed.
"""
_README = """\
# {title}

As an archive held it at {at}, from {first} to {last} (days of reports): {counts}.
Everything is derived from WARC files; `captures` names file, offset and digest of each.

## Files

Each table is given as CSV (UTF-8, comma, line feed, empty: not known) and as Parquet, with the same
rows in the same order. `datapackage.json` describes every column, and has size and SHA-256 of each
file. Cells are as they are: a spreadsheet that takes text for formulas must be told not to.

{files}
## What is not in it

- Whole texts, unless they were asked for{texts}.
- What is withheld.
- What steers the crawler: due times, validators, runs, robots.txt, pages of discovery.
- Pictures, attachments and the pages themselves: they are in the WARC files.

## Sentences

`sentences.id` is made of a sentence's words alone (case, punctuation and blanks are none): the
same sentence has the same id in every version of its report, and another one after an edit. Where
the same sentence stands in a version again, the further places have `-2`, `-3`, … behind it, in the
order of the text. Together with the report's id it names the sentence for good.
`url` leads a browser to it; `selectors` is the `selector` of a target of a W3C Web Annotation.

## Rights

{rights}
Reports belong to the Institute for the Study of War and the Critical Threats Project, notes and
sentences are quoted from them as evidence of what was cited. Posts and pages belong to their
authors; names of channels and accounts are as they were public. What this archive adds (numbers,
times, outcomes, verdicts, ids) is facts, in which nobody here claims rights. Who publishes the
dataset says under which licence, in `CITATION.cff` and in `datapackage.json`.
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a dataset as it was written: its name, bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """What is said of a dataset.

    Attributes:
        authors: Names of who gives it.
        texts: Whether it has whole texts.
        rows: Of each table.
        files: All but the papers.
        at: Time of the newest capture; None: of an empty archive.
        days: First and last day of its reports.
        ledger: The newest checkpoint of the archive's ledger.
    """

    authors: tuple[str, ...]
    texts: bool
    rows: dict[str, int]
    files: dict[str, File]
    at: str | None
    days: tuple[str | None, str | None]
    ledger: str | None


def described(table: Table) -> tuple[str, dict[str, str]]:
    """What a table is, and what its columns are, by name."""
    ours = description()["databases"][DESCRIBED_NAME]["tables"].get(table.like or table.name, {})
    words = {**ours.get("columns", {}), **table.said}
    return table.about or str(ours["description"]), words


def datapackage(told: DatasetFacts) -> str:
    """The descriptor."""
    package = {
        "$schema": _PROFILE,
        "name": NAME,
        "title": TITLE,
        "homepage": "https://understandingwar.org",
        "contributors": [{"title": name, "roles": ["publisher"]} for name in told.authors],
        **({"created": told.at} if told.at else {}),
        "ledger": told.ledger,
        "resources": [
            *(_table_resource(table, told) for table in TABLES),
            *(_parquet_resource(table, told) for table in TABLES),
            *(_graph_resource(told.files[f"{graph.name}.graphml"]) for graph in GRAPHS),
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _file(file: File) -> dict[str, Any]:
    return {"path": file.name, "bytes": file.size, "hash": f"sha256:{file.sha256}"}


def _table_resource(table: Table, told: DatasetFacts) -> dict[str, Any]:
    about, words = described(table)
    columns = table.given(texts=told.texts)
    return {
        "name": table.name,
        "type": "table",
        **_file(told.files[f"{table.name}.csv"]),
        "description": about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n", "delimiter": ","},
        "schema": {
            "fields": [_field(one, words[one.name]) for one in columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": name, "reference": {"resource": other, "fields": column}}
                for name, (other, column) in table.references.items()
            ],
        },
    }


def _field(column: Column, words: str) -> dict[str, Any]:
    return {"name": column.name, "type": column.type, "description": words}


def _parquet_resource(table: Table, told: DatasetFacts) -> dict[str, Any]:
    return {
        "name": f"{table.name}-parquet",
        "type": "file",
        **_file(told.files[f"{table.name}.parquet"]),
        "description": f"The rows of {table.name} with their types.",
        "mediatype": "application/vnd.apache.parquet",
    }


def _graph_resource(file: File) -> dict[str, Any]:
    about = next(graph.about for graph in GRAPHS if f"{graph.name}.graphml" == file.name)
    return {
        "name": file.name.replace(".", "-"),
        "type": "file",
        **_file(file),
        "description": about,
        "mediatype": "application/graphml+xml",
    }


def citation(told: DatasetFacts) -> str:
    """`CITATION.cff`."""
    said = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it, and the reports it is about.",
        "type": "dataset",
        "title": TITLE,
        "authors": [{"name": name} for name in told.authors],
        **({"date-released": told.at[:10], "version": told.at} if told.at else {}),
        "keywords": ["link rot", "content drift", "citations", "open-source intelligence"],
        "references": [
            {"type": "website", "title": "Reports", "authors": [{"name": name}], "url": url}
            for name, url in (
                ("Institute for the Study of War", "https://understandingwar.org"),
                ("Critical Threats Project", "https://www.criticalthreats.org"),
            )
        ],
    }
    return str(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=_WIDTH))


def readme(told: DatasetFacts) -> str:
    """`README.md`."""
    rows = ", ".join(f"{told.rows[t.name]:,} {t.name}" for t in TABLES)
    tables = "\n".join(f"- `{t.name}`: {described(t)[0]}" for t in TABLES)
    graphs = "\n".join(f"- `{g.name}.graphml`: {g.about}" for g in GRAPHS)
    return _README.format(
        title=TITLE,
        at=told.at or "no time",
        first=told.days[0] or "no day",
        last=told.days[1] or "no day",
        counts=rows,
        files=f"{tables}\n{graphs}\n",
        texts=" (they were)" if told.texts else "",
        rights=_RIGHTS_OF_TEXTS if told.texts else _RIGHTS,
    )
