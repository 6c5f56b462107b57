"""A difference of two versions as HTML: the same on the page and in a file of its own. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from archive.show.diff_out import in_context, label_told, merged_words, summary, version_name
from archive.show.prose_diff import ProseChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.show.note_match import NoteChange
    from archive.show.report_diff import FigureChange, ReportDiff
    from archive.show.text_diff import DiffPart

STYLE = Markup("""
body { font: 1rem/1.6 Georgia, serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem;
  color: #1d2129; background: #fff; color-scheme: light dark; }
del { color: #a3211b; } ins { color: #0a6b34; text-decoration: underline; }
.isw-was { border-inline-start: 4px solid #a3211b; padding-inline-start: .7em; }
.isw-is { border-inline-start: 4px solid #0a6b34; padding-inline-start: .7em; }
.isw-context, .isw-cites { color: #59616e; } .isw-cites { font: .85rem/1.4 sans-serif; }
li { margin: .6em 0; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #e4e7ec; background: #16191e; }
  del { color: #ff938c; } ins { color: #66d08f; } .isw-context, .isw-cites { color: #a3acb9; } }
""")

_WORDS = {"same": Markup("{}"), "gone": Markup("<del>{}</del>"), "new": Markup("<ins>{}</ins>")}
_TEXTS = {
    "gone": Markup('<li><del dir="auto">{}</del></li>\n'),
    "new": Markup('<li><ins dir="auto">{}</ins></li>\n'),
}

_NONE = Markup("")


def document(found: ReportDiff, report_id: str) -> str:
    """The difference as a file of its own, which loads nothing and runs nothing."""
    return Markup(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">\n"
        "<title>{0}: what was edited</title>\n<style>{1}</style>\n</head>\n<body>\n<main>\n"
        '<h1 dir="auto">{2}</h1>\n<p>{0}: {3} against {4}</p>\n{5}</main>\n</body>\n</html>'
    ).format(
        report_id, STYLE, found.after.title, version_name(found.before), version_name(found.after),
        body(found),
    )  # fmt: skip


def body(found: ReportDiff) -> Markup:
    """The parts of the difference under headings of the second rank."""
    if found.empty:
        return Markup("<p>Nothing was edited.</p>\n")
    return _NONE.join(
        [
            _head(found),
            _prose(found),
            _notes(found.notes),
            _figures(found.figures),
            _texts("Corrections that were added", "corrections", found.corrections_added, "new"),
            _texts(
                "Corrections that are gone", "corrections-gone", found.corrections_dropped, "gone"
            ),
        ]
    )


def _section(heading: str, inner: Markup, anchor: str) -> Markup:
    return Markup('<section>\n<h2 id="{}">{}</h2>\n{}</section>\n').format(anchor, heading, inner)


def _head(found: ReportDiff) -> Markup:
    if not found.head:
        return _NONE
    lines = _NONE.join(
        Markup("<li>{}: <del>{}</del> <ins>{}</ins></li>\n").format(
            one.field, one.before or "none", one.after or "none"
        )
        for one in found.head
    )
    return _section("Head", Markup("<ul>\n{}</ul>\n").format(lines), "head")


def _prose(found: ReportDiff) -> Markup:
    changed = sum(one.kind != "same" for one in found.prose)
    if not changed:
        return _section("Text", Markup("<p>The text is the same.</p>\n"), "text")
    count = Markup('<p class="isw-cites">{} added, {} removed; in {}</p>\n').format(
        counted(found.words_added, "word"),
        counted(found.words_removed, "word"),
        counted(changed, "sentence"),
    )
    shown = _NONE.join(_sentence(one) for one in in_context(found.prose))
    return _section("Text", count + Markup('<div lang="en">{}</div>\n').format(shown), "text")


def counted(number: int, what: str) -> str:
    """`1 word`, `2 words`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _sentence(one: ProseChange | None) -> Markup:
    if one is None:
        return Markup('<p class="isw-context" aria-label="sentences left out">…</p>\n')
    if one.kind in {"same", "cited"}:
        kind = "isw-context" if one.kind == "same" else "isw-is"
        inner = escape(" ".join(part.text for part in one.after))
    elif one.kind == "edited":
        kind, inner = "isw-is", Markup(" ").join(_word(k, text) for k, text in merged_words(one))
    else:
        gone = one.kind == "gone"
        kind = "isw-was" if gone else "isw-is"
        parts = one.before if gone else one.after
        inner = _word("gone" if gone else "new", " ".join(part.text for part in parts))
    return Markup('<p class="{}" dir="auto">{}</p>\n{}').format(kind, inner, _cites(one))


def words_html(before: Sequence[DiffPart], after: Sequence[DiffPart]) -> Markup:
    """A sentence that was edited, once: gone and new words marked in reading order."""
    change = ProseChange("edited", tuple(before), tuple(after))
    return Markup(" ").join(_word(kind, text) for kind, text in merged_words(change))


def _word(kind: str, text: str) -> Markup:
    return _WORDS[kind].format(text)


def _cites(one: ProseChange) -> Markup:
    said = []
    if one.gained:
        said.append(Markup("cites now <ins>{}</ins>").format(_labels(one.gained)))
    if one.lost:
        said.append(Markup("cites no more <del>{}</del>").format(_labels(one.lost)))
    if not said:
        return _NONE
    return Markup('<p class="isw-cites">{}</p>\n').format(Markup("; ").join(said))


def _labels(labels: Iterable[str]) -> str:
    return " ".join(f"[{label}]" for label in labels)


def _notes(notes: Sequence[NoteChange] | None) -> Markup:
    if notes is None:
        said = "Not compared: one of the versions was seen before its notes were printed."
        return _section("Notes", Markup("<p>{}</p>\n").format(said), "notes")
    if not notes:
        return _section("Notes", Markup("<p>The notes are the same.</p>\n"), "notes")
    moved = [one for one in notes if one.kinds == ("renumbered",)]
    rest = [one for one in notes if one.kinds != ("renumbered",)]
    items = _NONE.join(_note(one) for one in rest)
    only = _NONE
    if moved:
        listed = ", ".join(label_told(one).replace("->", " → ") for one in moved)
        only = Markup(
            "<details><summary>{} got another number "
            "only</summary>\n<p>{}</p></details>\n"
        ).format(
            counted(len(moved), "note"), listed
        )  # fmt: skip
    return _section(
        "Notes",
        Markup('<p class="isw-cites">{}</p>\n<ul>\n{}</ul>\n{}').format(
            summary(notes), items, only
        ),
        "notes",
    )


def _note(one: NoteChange) -> Markup:
    before, after = one.text_before, one.text_after
    return Markup("<li><strong>{}</strong> {}{}{}</li>\n").format(
        label_told(one).replace("->", " → "),
        ", ".join(one.kinds),
        _NONE if before is None else Markup('<br><del dir="auto">{}</del>').format(before),
        _NONE if after is None else Markup('<br><ins dir="auto">{}</ins>').format(after),
    )


def _figures(figures: Sequence[FigureChange]) -> Markup:
    if not figures:
        return _NONE
    items = _NONE.join(
        Markup("<li>{}: <bdi>{}</bdi>{}{}</li>\n").format(
            {"captioned": "another caption"}.get(one.kind, one.kind),
            one.url or "(no address)",
            Markup(' <del dir="auto">{}</del>').format(one.before) if one.before else "",
            Markup(' <ins dir="auto">{}</ins>').format(one.after) if one.after else "",
        )
        for one in figures
    )
    return _section("Figures", Markup("<ul>\n{}</ul>\n").format(items), "figures")


def _texts(heading: str, anchor: str, texts: Sequence[str], kind: str) -> Markup:
    if not texts:
        return _NONE
    items = _NONE.join(_TEXTS[kind].format(text) for text in texts)
    return _section(heading, Markup("<ul>\n{}</ul>\n").format(items), anchor)
