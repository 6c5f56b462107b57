"""A difference of two versions as text for a terminal and as JSON. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.model.times import shown_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.show.note_match import NoteChange
    from archive.show.prose_diff import ProseChange
    from archive.show.report_diff import FigureChange, ReadVersion, ReportDiff
    from archive.show.text_diff import DiffPart

GAP = "…"
CONTEXT = 1
"""Unchanged sentences shown on each side of a changed one."""


def in_context(changes: Sequence[ProseChange], context: int = CONTEXT) -> list[ProseChange | None]:
    """The changed sentences with unchanged ones beside them; None for what was left out."""
    changed = [place for place, one in enumerate(changes) if one.kind != "same"]
    wanted = {
        near
        for place in changed
        for near in range(place - context, place + context + 1)
        if 0 <= near < len(changes)
    }
    found: list[ProseChange | None] = []
    for place in sorted(wanted):
        if found and place - 1 not in wanted:
            found.append(None)
        found.append(changes[place])
    return found


def as_object(found: ReportDiff, report_id: str) -> dict[str, Any]:
    """The difference for other programs; the sentences that are the same are left out."""
    return {
        "report": report_id,
        "from": _version_object(found.before),
        "to": _version_object(found.after),
        "words_added": found.words_added,
        "words_removed": found.words_removed,
        "head": [asdict(one) for one in found.head],
        "prose": [_sentence_object(one) for one in found.prose if one.kind != "same"],
        "notes": None if found.notes is None else [asdict(one) for one in found.notes],
        "figures": [asdict(one) for one in found.figures],
        "corrections_added": list(found.corrections_added),
        "corrections_dropped": list(found.corrections_dropped),
    }


def _version_object(one: ReadVersion) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
        "url": one.url,
        "publisher": one.publisher,
        "seen_at": one.seen_at,
        "complete": one.complete,
    }


def _sentence_object(one: ProseChange) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "before": _text_of(one.before) or None,
        "after": _text_of(one.after) or None,
        "citations_gained": list(one.gained),
        "citations_lost": list(one.lost),
    }


def _text_of(parts: Iterable[DiffPart]) -> str:
    return " ".join(part.text for part in parts)


def as_lines(found: ReportDiff, report_id: str) -> Iterator[str]:
    """The difference for a terminal: words gone as `[-…-]`, new ones as `{+…+}`."""
    yield f"{report_id}: {version_name(found.before)} -> {version_name(found.after)}"
    if found.empty:
        yield "nothing was edited"
        return
    for head in found.head:
        yield f"{head.field}: {head.before or 'none'} -> {head.after or 'none'}"
    if any(one.kind != "same" for one in found.prose):
        yield ""
        yield f"Text: {counted(found.words_added, 'words added')}, {found.words_removed} removed"
        for change in in_context(found.prose):
            yield from _sentence_lines(change)
    yield from _note_lines(found.notes)
    yield from _figure_lines(found.figures)
    yield from _listed("Corrections added", found.corrections_added)
    yield from _listed("Corrections dropped", found.corrections_dropped)


def version_name(one: ReadVersion) -> str:
    """A version as people name it."""
    return f"{one.publisher.upper()} version {one.version}, seen {shown_time(one.seen_at)}"


def _sentence_lines(change: ProseChange | None) -> Iterator[str]:
    if change is None:
        yield f"  {GAP}"
        return
    if change.kind in {"same", "cited"}:
        yield f"  {_text_of(change.after)}"
    elif change.kind == "edited":
        yield f"~ {_merged(change)}"
    else:
        gone = change.kind == "gone"
        yield f"{'-' if gone else '+'} {_text_of(change.before if gone else change.after)}"
    if change.gained:
        yield f"    cites now: {_labels(change.gained)}"
    if change.lost:
        yield f"    cites no more: {_labels(change.lost)}"


def merged_words(change: ProseChange) -> list[tuple[str, str]]:
    """An edited sentence once: `same`, `gone` and `new` words in reading order."""
    found: list[tuple[str, str]] = []
    old, new = list(change.before), list(change.after)
    while old or new:
        if old and old[0].changed:
            found.append(("gone", old.pop(0).text))
        elif new and new[0].changed:
            found.append(("new", new.pop(0).text))
        elif new:
            found.append(("same", new.pop(0).text))
            if old:
                old.pop(0)
        else:
            found.append(("gone", old.pop(0).text))
    return found


def _merged(change: ProseChange) -> str:
    forms = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return " ".join(forms[kind].format(text) for kind, text in merged_words(change))


def _labels(labels: Iterable[str]) -> str:
    return " ".join(f"[{label}]" for label in labels)


def _note_lines(notes: Sequence[NoteChange] | None) -> Iterator[str]:
    if notes is None:
        yield from ("", "Notes: not compared, since one of the versions was seen before its notes")
        return
    moved = [one for one in notes if one.kinds == ("renumbered",)]
    rest = [one for one in notes if one.kinds != ("renumbered",)]
    if notes:
        yield from ("", f"Notes: {summary(notes)}")
    for one in rest:
        yield f"{label_told(one)} {', '.join(one.kinds)}"
        if one.text_before is not None:
            yield f"  - {' '.join(one.text_before.split())}"
        if one.text_after is not None:
            yield f"  + {' '.join(one.text_after.split())}"
    if moved:
        yield f"renumbered only: {', '.join(label_told(one) for one in moved)}"


def label_told(one: NoteChange) -> str:
    """`[4]`, or `[4]->[5]`."""
    labels = dict.fromkeys(one for one in (one.label_before, one.label_after) if one is not None)
    return "->".join(f"[{label}]" for label in labels)


def summary(notes: Sequence[NoteChange]) -> str:
    """How many notes became what."""
    kinds = ("added", "dropped", "rewritten", "renumbered")
    numbers = ((kind, sum(kind in one.kinds for one in notes)) for kind in kinds)
    return ", ".join(f"{count} {kind}" for kind, count in numbers if count)


def _figure_lines(figures: Sequence[FigureChange]) -> Iterator[str]:
    if figures:
        yield from ("", "Figures:")
    for one in figures:
        yield f"{one.kind}: {one.url or '(no address)'}"
        if one.before != one.after:
            yield f"  - {one.before or 'no caption'}"
            yield f"  + {one.after or 'no caption'}"


def _listed(name: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield from ("", f"{name}:")
        yield from (f"  {text}" for text in texts)
