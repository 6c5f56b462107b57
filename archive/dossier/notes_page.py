"""The notes of a report as one HTML page, with what the dossier holds of each address. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from archive.show.evidence import outcome_told
from archive.show.plain import status_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive.dossier.contents import Left

_STYLE = Markup("""
body { font: 1rem/1.6 Georgia, serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem;
  color: #1d2129; background: #fff; color-scheme: light dark; overflow-wrap: anywhere; }
li { margin: .8em 0; } .facts, code { color: #59616e; font: .85rem/1.4 sans-serif; }
@media (prefers-color-scheme: dark) { body { color: #e4e7ec; background: #16191e; }
  a { color: #8ab4f8; } .facts, code { color: #a3acb9; } }
""")
_PAGE = Markup("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}: notes</title>
<style>{style}</style>
</head>
<body>
<main>
<h1 dir="auto">{title}</h1>
<p class="facts">{facts}</p>
<p>What the report cites, note by note, and what this dossier holds of it. Addresses lead to the
live web; the copies stand in the WARC file beside, and a viewer of web archives shows them.</p>
<h2>Publications</h2>
<ul>{publications}</ul>
<h2>Notes</h2>
<ul class="notes">{notes}</ul>
{left}</main>
</body>
</html>
""")


def notes_page(
    report: Mapping[str, Any],
    held: Mapping[int, Sequence[Mapping[str, Any]]],
    left: Sequence[tuple[str, Sequence[Left]]],
) -> bytes:
    """The page.

    Args:
        report: As the JSON contract has it.
        held: Captures in the dossier, by source.
        left: What is left out, under a heading each.
    """
    facts = (report["id"], f"version {report['version']}", report["report_date"])
    return _PAGE.format(
        title=report["title"],
        style=_STYLE,
        facts=" · ".join(str(one) for one in facts if one),
        publications=_joined(
            Markup("<li>{} <span class=facts>{} captures</span></li>\n").format(
                address(one["url"]), one["captures"]
            )
            for one in report["publications"]
        ),
        notes=_joined(_note(note, held) for note in report["notes"]),
        left=_joined(_left(heading, some) for heading, some in left if some),
    ).encode()


def address(url: str) -> Markup:
    """A link to a web address; anything else as its words alone."""
    if url.lower().startswith(("http://", "https://")):
        return Markup('<a rel="noreferrer" href="{0}"><bdi>{0}</bdi></a>').format(url)
    return Markup("<bdi>{}</bdi>").format(url)


def _note(note: Mapping[str, Any], held: Mapping[int, Sequence[Mapping[str, Any]]]) -> Markup:
    cited = _joined(_cited(one, held.get(one["source_id"] or 0, ())) for one in note["urls"])
    inner = Markup("<ul>\n{}</ul>\n").format(cited) if cited else ""
    return Markup('<li><strong>[{}]</strong> <span dir="auto">{}</span>\n{}</li>\n').format(
        note["label"], note["text"], inner
    )


def _cited(one: Mapping[str, Any], captures: Sequence[Mapping[str, Any]]) -> Markup:
    memento = one["memento"]
    told = [status_words(one["status"])]
    if memento is not None and memento["url"]:
        told.append(f"also kept by another archive: {memento['url']}")
    if not captures:
        told.append("no copy here")
    return Markup("<li>{} <span class=facts>{}</span>{}</li>\n").format(
        address(one["url"]), "; ".join(told), _copies(captures)
    )


def _copies(captures: Sequence[Mapping[str, Any]]) -> Markup:
    rows = _joined(
        Markup("<li class=facts>{}: {} <br><code>{} {}</code></li>\n").format(
            one["captured_at"],
            outcome_told(one["outcome"]),
            one["record_id"],
            one["payload_digest"] or "",
        )
        for one in captures
    )
    return Markup("\n<ul>\n{}</ul>\n").format(rows) if rows else Markup("")


def _left(heading: str, some: Sequence[Left]) -> Markup:
    rows = _joined(
        Markup("<li>{} <span class=facts>{}, capture {}: {}</span></li>\n").format(
            address(one.url), one.at, one.capture, one.why
        )
        for one in some
    )
    return Markup("<h2>{}</h2>\n<ul>\n{}</ul>\n").format(heading, rows)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(escape(part) for part in parts)
