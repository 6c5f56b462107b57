"""An audit as a table, as a page of Robust Links, as JSON and as CSL-JSON. Pure."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from archive.model.vocabulary import Status
from archive.show.citing.forms import csl_json, robust_link
from archive.show.plain import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive.show.audit.judged import Audit, Judged
    from archive.show.citing.record import Citation

COUNTS = {
    "copy held": "of them with a copy here",
    "copy elsewhere only": "of them with a copy in another archive alone",
    "could not be had": "of them with no copy known anywhere",
    "without address": "of them without an address",
}
"""What is counted, in words for people; programs have the short names."""
_TEXT = 60
"""Characters of an address in the table."""


def table(audit: Audit) -> str:
    """The audit as a text table: a line an address, then the counts."""
    rows = [("no", "label", "status", "copy", "address"), *map(_row, audit.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in rows
    ]
    told = [f"{count:8d} {COUNTS.get(name, name)}" for name, count in audit.counts.items()]
    doubts = [f"! {one}" for one in audit.document.doubts]
    return "\n".join([*(line.rstrip() for line in lines), "", *told, *doubts]) + "\n"


def _row(one: Judged) -> tuple[str, ...]:
    return str(one.number), one.label or "", _status(one), _copy(one), one.url or one.text[:_TEXT]


def _status(one: Judged) -> str:
    if not one.url:
        return "no address"
    words = STATUS_WORDS.get(Status(one.status), str(one.status))
    told = one.outcome if one.status != Status.ALIVE and one.outcome else ""
    return f"{words} ({told})" if told else words


def _copy(one: Judged) -> str:
    if one.copy_id is not None:
        return (one.copied_at or "")[:10]
    return "elsewhere" if one.archived else ("none" if one.url else "")


def as_json(audit: Audit) -> str:
    """The whole audit as one object for JSON."""
    return json.dumps(audit.told(), ensure_ascii=False, indent=1) + "\n"


def as_csl_json(audit: Audit) -> str:
    """Each address once, with where its copy stands; references without address are left out."""
    found: dict[str, Citation] = {}
    for one in audit.rows:
        if one.citation is not None and one.url:
            found.setdefault(one.url, one.citation)
    keys: dict[str, int] = {}
    items = []
    for citation in found.values():
        keys[citation.key] = keys.get(citation.key, 0) + 1
        again = keys[citation.key]
        items.append(citation if again == 1 else replace(citation, key=f"{citation.key}-{again}"))
    return csl_json(items)


_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<title>References of {title}</title>\n'
    "<style>body {{ font: 1rem/1.45 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; "
    "padding: 0 1rem }} li {{ margin: .7rem 0; overflow-wrap: anywhere }} "
    "small {{ color: #555 }}</style>\n</head>\n<body>\n<h1>References of {title}</h1>\n"
    "<p>{counts}</p>\n{doubts}<ol>\n{rows}\n</ol>\n</body>\n</html>\n"
)


def as_html(audit: Audit) -> str:
    """A page of links that name the copy beside the original (https://robustlinks.mementoweb.org)."""
    counts = ", ".join(f"{COUNTS.get(name, name)}: {count}" for name, count in audit.counts.items())
    doubts = [Markup("<p>{}</p>\n").format(one) for one in audit.document.doubts]
    return _PAGE.format(
        title=audit.document.title,
        counts=counts,
        doubts=Markup("").join(doubts),
        rows=Markup("\n").join(_items(audit)),
    )


def _items(audit: Audit) -> Iterator[Markup]:
    """A list item a reference, with all its addresses."""
    by_number: dict[int, list[Judged]] = {}
    for one in audit.rows:
        by_number.setdefault(one.number, []).append(one)
    for number, rows in by_number.items():
        label = f"[{rows[0].label}] " if rows[0].label else ""
        links = [_linked(one) for one in rows if one.citation is not None]
        yield Markup('<li value="{}">{}{}{}</li>').format(
            number, label, rows[0].text, Markup("").join(links)
        )


def _linked(one: Judged) -> Markup:
    assert one.citation is not None
    shown = replace(one.citation, title=one.url or "", archived=one.archived)
    if shown.archived and shown.captured_at is None:
        shown = replace(shown, captured_at=one.copied_at)
    copy = (
        Markup(' (<a href="{}">copy</a>)').format(one.archived)
        if (one.archived or "").startswith(("http://", "https://"))
        else Markup(" (no copy)")
    )
    return Markup("<br>{}{} <small>{}</small>").format(robust_link(shown), copy, _status(one))


FORMS: dict[str, Callable[[Audit], str]] = {
    "table": table,
    "json": as_json,
    "html": as_html,
    "csl-json": as_csl_json,
}
"""Each form by the name that it has on the command line."""
