"""The page of a report: its text, and beside each paragraph the notes it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup, escape

from archive.db.lean import sqlite_utils
from archive.model.people import REPORT, Subject
from archive.show import laid_out, plain, report_reading
from archive.show.export import report_object
from archive.show.withheld import require_shown
from archive.web import cite, geo, named, people
from archive.web.answering import database_of, db_argument, number_of, page, wants_json
from archive.web.cells import tone
from archive.web.picture import may_be_picture

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.show.laid_out import Paragraph, Piece

    Note = Mapping[str, Any]


async def report_page(request: Request, datasette: Datasette) -> Response:
    """A report as one of its versions reads, with notes and what is held of their sources.

    `?v=` names the version by its number as printed; of another publication, `ctp:1`.
    """
    database = await database_of(datasette, request)
    report_id = request.url_vars["report"]
    wanted = request.args.get("v")
    found = await database.execute_fn(lambda db: report_reading.report(db, report_id, wanted))
    if found is None:
        if wanted:
            raise NotFound(f"No version {wanted} of report {report_id} is held here")
        return await named.led(request, datasette, database)
    await database.execute_fn(lambda db: require_shown(db, found["version"]["id"]))
    for figure in found["figures"]:
        figure["shown"] = may_be_picture(figure["content_type"])
    context = {"report": found, "plain": plain, **_laid_out(found)}
    context["cite"] = await cite.of_report(request, datasette, database, report_id, wanted)
    about = Subject(REPORT, report_id)
    context |= await people.beside(request, datasette, database, about, report_id)
    context["feed"] = {"series": found["version"]["series"]}
    context["points"] = geo.points_of(found["notes"])
    context["map"] = geo.map_of(context["points"])
    context["told"] = True
    if wants_json(request):
        context["told"] = await database.execute_fn(lambda db: _as_exported(db, found))
    return await page(datasette, request, database, "isw_report.html", context)


def _as_exported(connection: sqlite3.Connection, found: Mapping[str, Any]) -> dict[str, Any]:
    """The version that is shown, as `isw-archive export` gives it."""
    shown, db = found["version"], sqlite_utils.Database(connection, recursive_triggers=False)
    return report_object(db, found["id"], shown["version"], shown["publication_id"])


async def version_page(request: Request, datasette: Datasette) -> Response:
    """Lead from a version's own id to its report."""
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["version"])
    found = await database.execute_fn(lambda db: report_reading.report_of_version(db, number))
    if found is None:
        raise NotFound(f"No version {number} is held here")
    path = f"/-/report/{found[0]}?v={found[1]}{db_argument(datasette, database, '&')}"
    return Response.redirect(datasette.urls.path(path))


def _laid_out(found: Mapping[str, Any]) -> dict[str, Any]:
    """The prose as HTML, each marker a link to its note beside it."""
    version, notes = found["version"], found["notes"]
    labels = [note["label"] for note in notes]
    for note, anchor in zip(notes, laid_out.anchors(labels), strict=True):
        note["anchor"] = anchor
        note["tone"] = tone(note["worst"]) if note["worst"] else None
    parts = laid_out.parts(version["sections"], version["text"], labels)
    badges = _Badges(notes, found["support"])
    beside = {place for part in parts for one in part.paragraphs for place in one.notes}
    return {
        "parts": [
            {
                "anchor": part.anchor,
                "heading": part.heading,
                "objective": part.objective,
                "takeaways": "takeaway" in (part.heading or "").lower(),
                "paragraphs": [_paragraph(one, notes, badges) for one in part.paragraphs],
            }
            for part in parts
        ],
        "unmarked": [note for place, note in enumerate(notes) if place not in beside],
        "beside": beside,
        "takeaways_in_text": any("takeaway" in (one.heading or "").lower() for one in parts),
        "fates": shares(found["fates"]),
    }


class _Badges:
    """What stands behind the last marker of each sentence: how many voices it rests on.

    The markers of one note in the prose are those of the table, in the same order; where they are
    not as many, nothing is said.
    """

    def __init__(self, notes: Sequence[Note], support: Mapping[int, Mapping[str, Any]]) -> None:
        self._notes = notes
        self._places = [list(note["places"]) for note in notes]
        self._support = support

    def after(self, note: int) -> Markup:
        """The badge behind the next marker that leads to a note; nothing within a sentence."""
        places = self._places[note]
        place = places.pop(0) if places else None
        row = self._support.get(place) if place is not None else None
        told = voices(row) if row is not None and row["last_position"] == place else Markup("")
        return told + (older(self._notes[note]) if place in self._notes[note]["older_at"] else "")


def voices(row: Mapping[str, Any]) -> Markup:
    """How many voices a sentence rests on, and what to be warned of, in words."""
    words = " \N{MIDDLE DOT} ".join([row["says"], *row["warns"]])
    told = "; ".join(filter(None, [", ".join(row["names"]), row["health"]]))
    kind = "gone" if "no live support left" in row["warns"] else (
        "unsure" if row["warns"] or row["says"] == "one voice" else "neutral"
    )  # fmt: skip
    return Markup('<span class="isw-voices isw-{}" title="{}">{}</span>').format(kind, told, words)


def older(note: Note) -> Markup:
    """That a picture of what a note cites was there before the day that the note's sentence speaks
    of."""
    told = "; ".join(one.told() for one in note["older"])
    return Markup(
        '<a class="isw-voices isw-unsure" href="#note-{}" title="{}">picture of {}</a>'
    ).format(note["anchor"], told, min(one.first.day for one in note["older"]))


def _paragraph(one: Paragraph, notes: Sequence[Note], badges: _Badges) -> dict[str, Any]:
    beside = [notes[place] for place in one.notes]
    return {
        "html": Markup("").join(_piece(piece, notes, badges) for piece in one.pieces),
        "notes": beside,
        "again": [notes[place] for place in one.again],
        "worst": plain.worst(note["worst"] for note in beside),
    }


def _piece(piece: Piece, notes: Sequence[Note], badges: _Badges) -> Markup:
    if piece.note is None:
        return Markup("<br>").join(escape(line) for line in piece.text.split("\n"))
    return marker(notes[piece.note], back=piece.first) + badges.after(piece.note)


def marker(note: Note, *, back: bool) -> Markup:
    """A marker that leads to its note and says, in colour and in words, what is the worst there.

    Args:
        note: With `label`, `anchor`, `worst`, `tone` and `speech`.
        back: Whether the note leads back to this one.
    """
    word = plain.status_words(note["worst"]) if note["worst"] else "no address"
    told = f"; the sentence: {note['speech']}" if back and note["speech"] else ""
    sign = plain.MARKS.get(note["worst"], "")
    return Markup(
        '<a class="isw-marker isw-{}"{} href="#note-{}" title="note {}: {}{}">[{}]'
        '<span class="isw-sign" aria-hidden="true">{}</span>'
        '<span class="isw-unseen"> ({})</span></a>'
    ).format(
        note["tone"] or "neutral",
        Markup(' id="ref-{}"').format(note["anchor"]) if back else "",
        note["anchor"], note["label"], word, told, note["label"], sign, word,
    )  # fmt: skip


def shares(fates: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """What the bar shows: for each status its words, its count and its share of the whole."""
    whole = sum(count for _, count in fates)
    return [
        {
            "status": status,
            "words": plain.status_words(status),
            "count": count,
            "share": round(100 * count / whole, 2),
        }
        for status, count in fates
    ]
