"""A citation as BibTeX, CSL-JSON, RIS and Robust Links. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archive.show.citing.record import ARCHIVE, Work, day_of, filled, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archive.show.citing.record import Citation, Name

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - BibTeX's macros

# Braces must balance even where TeX would escape them: BibTeX counts before TeX reads.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}
_URL_ESCAPES = {ord(sign): f"%{ord(sign):02X}" for sign in '\\{}<>"^`| '}


def tex(text: str) -> str:
    """Text as TeX prints it, letters of all scripts kept."""
    return "".join(_TEX.get(sign, sign) for sign in text)


def _tex_name(name: Name) -> str:
    """One name among several: what would divide it is held together."""
    return f"{{{tex(name.whole)}}}" if name.given is None else tex(name.whole)


def bibtex(citations: Iterable[Citation]) -> str:
    """Entries of BibTeX, which biblatex and reference managers take too."""
    return "\n".join(_entry(one) for one in citations)


def _entry(one: Citation) -> str:
    issued = parts_of(one.issued)
    report = one.work is Work.REPORT
    fields = filled({
        "title": f"{{{tex(one.title)}}}",
        "author": " and ".join(map(_tex_name, one.names())),
        "institution" if report else "organization": tex(one.publisher or ""),
        "type": tex(one.series or ""),
        "number": f"Version {one.version}" if one.version else None,
        "year": issued[0] if issued else None,
        "date": one.issued,
        "url": one.url.translate(_URL_ESCAPES),
        "urldate": day_of(one.captured_at),
        "language": tex(one.language or ""),
        "note": tex_note(one),
    })  # fmt: skip
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    if len(issued) > 1:
        lines.append(f"  month = {_MONTHS[issued[1] - 1]}")  # a macro: without braces
    kind = "techreport" if report else "misc"
    return f"@{kind}{{{one.key},\n" + ",\n".join(lines) + "\n}\n"


def tex_note(one: Citation) -> str:
    """The note of a citation in TeX, with our copy in a `url` command."""
    archived = (one.archived or "").translate(_URL_ESCAPES)
    return one.note(f"\\url{{{{{archived}}}}}" if archived else "{}")


def csl(one: Citation) -> dict[str, Any]:
    """An item of CSL-JSON 1.0.2; it knows no field for a digest, which stands in `note`."""
    kinds = {Work.REPORT: "report", Work.PAGE: "webpage", Work.POST: "post"}
    captured = parts_of(day_of(one.captured_at))
    page = one.work is not Work.REPORT
    return filled({
        "id": one.key,
        "type": kinds[one.work],
        "title": one.title,
        "author": [_csl_name(name) for name in one.names()],
        "issued": {"date-parts": [parts_of(one.issued)]} if one.issued else None,
        "accessed": {"date-parts": [captured]} if captured else None,
        "container-title": one.publisher if page else None,
        "publisher": None if page else one.publisher,
        "collection-title": one.series,
        "version": str(one.version) if one.version else None,
        "URL": one.url,
        "archive": ARCHIVE if one.archived else None,
        "archive_location": one.archived,
        "language": one.language,
        "note": one.note(),
    })  # fmt: skip


def _csl_name(name: Name) -> dict[str, str]:
    if name.given is None:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given}


def csl_json(citations: Iterable[Citation]) -> str:
    """A list of items, a field a line."""
    items = [
        ",\n".join(f"    {_json(name)}: {_json(value)}" for name, value in csl(one).items())
        for one in citations
    ]
    return "[" + ",".join(f"\n  {{\n{fields}\n  }}" for fields in items) + "\n]\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def ris(citations: Iterable[Citation]) -> str:
    """RIS, with the line ends that its specification asks for."""
    return "".join(_ris_entry(one) for one in citations)


def _ris_entry(one: Citation) -> str:
    kinds = {Work.REPORT: "RPRT", Work.PAGE: "ELEC", Work.POST: "ELEC"}
    issued = parts_of(one.issued)
    fields: list[tuple[str, str | None]] = [
        ("TY", kinds[one.work]),
        ("ID", one.key),
        ("TI", one.title),
        *(("AU", name.sorted) for name in one.names()),
        ("PB", one.publisher),
        ("T3", one.series),
        ("PY", str(issued[0]) if issued else None),
        ("DA", _ris_day(one.issued)),
        ("Y2", _ris_day(day_of(one.captured_at))),
        ("ET", f"Version {one.version}" if one.version else None),
        ("UR", one.url),
        ("DB", ARCHIVE if one.archived else None),
        ("AV", one.archived),
        ("LA", one.language),
        ("N1", one.note()),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _ris_day(day: str | None) -> str | None:
    """`2026/03/16/`; what is not known is left empty between the slashes."""
    parts = day.split("-") if day else []
    return "/".join([*parts, *[""] * (4 - len(parts))]) if parts else None


_DOCUMENT = Markup(
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n<ul>\n{links}\n</ul>\n"
    "</body>\n</html>\n"
)


def robust_links(citations: Sequence[Citation]) -> str:
    """A page of links that name the copy beside the original (https://robustlinks.mementoweb.org)."""
    links = [Markup("<li>{}</li>").format(robust_link(one)) for one in citations]
    title = citations[0].title if citations else "Nothing is cited"
    return _DOCUMENT.format(title=title, links=Markup("\n").join(links))


def robust_link(one: Citation) -> Markup:
    """One link; without a copy, or where the original is no web address, only what is there."""
    if not one.url.startswith(("http://", "https://")):
        return Markup("{}").format(one.title)
    copy = (
        Markup(' data-versionurl="{}" data-versiondate="{}"').format(
            one.archived, day_of(one.captured_at)
        )
        if one.archived
        else Markup("")
    )
    return Markup('<a href="{}" data-originalurl="{}"{}>{}</a>').format(
        one.url, one.url, copy, one.title
    )


FORMS: dict[str, Callable[[Sequence[Citation]], str]] = {
    "bibtex": bibtex,
    "csl-json": csl_json,
    "ris": ris,
    "robust-links": robust_links,
}
"""Each form by the name that it has on the command line and in addresses."""
