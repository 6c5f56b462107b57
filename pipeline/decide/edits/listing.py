"""The edits between two versions of a report, sentence by sentence, and since when words stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.edits import DatedEdit, Edit, EditKind, Part
from archive.show.prose_diff import sentences
from archive.show.report_diff import diff
from pipeline.decide.edits.admitted import admission, is_admission
from pipeline.decide.edits.kinds import kinds_of
from pipeline.decide.edits.values import items
from pipeline.read.speech import names_in

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from archive.model.speech import Role
    from archive.show.prose_diff import ProseChange
    from archive.show.report_diff import ReadVersion, ReportDiff
    from archive.show.text_diff import DiffPart

_FIELDS = {"title": Part.TITLE, "authors": Part.AUTHORS, "cut-off": Part.CUT_OFF}
_Key = tuple["Hashable", ...]


def edits_of(versions: Sequence[tuple[int, ReadVersion]]) -> tuple[DatedEdit, ...]:
    """What the last of a publication's versions has edited of the one before.

    What only stands elsewhere now, got another number, or is set otherwise is no edit; nor is the
    line that admits one, nor are notes that were not printed yet.

    Args:
        versions: With their numbers, in the order of time; at least two.
    """
    before, after = versions[-2][1], versions[-1][1]
    found = diff(before, after)
    said = _admissions(found)
    names = {**names_in(before.text), **names_in(after.text)}
    edits = [*_head(found, names), *_prose(found, names, set(said)), *_unmarked(found)]
    return tuple(
        DatedEdit(_admitted(one, said), _since(one, versions)) for one in edits if one.kinds
    )


def _admissions(found: ReportDiff) -> tuple[str, ...]:
    """The lines of the newer version that admit a change, and that the older has not."""
    fresh = [
        " ".join(part.text for part in one.after)
        for one in found.prose
        if one.kind in {"new", "edited"}
    ]
    lines = [line for line in fresh if is_admission(line)]
    if lines:
        held = {_key(one.words) for one in sentences(found.before.text)}
        lines = [line for line in lines if _key(line) not in held]
    told = tuple(dict.fromkeys((*found.corrections_added, *lines)))
    # a line of several sentences, and each of them again
    return tuple(one for one in told if not any(one in other and one != other for other in told))


def _admitted(edit: Edit, said: Sequence[str]) -> Edit:
    links = (*edit.sources_added, *edit.sources_dropped)
    state = admission(edit.before, edit.after, said, links)
    return Edit(
        edit.part, edit.kinds, edit.before, edit.after, edit.labels_before, edit.labels_after,
        edit.sources_added, edit.sources_dropped, state, tuple(said),
    )  # fmt: skip


def _head(found: ReportDiff, names: Mapping[str, Role]) -> Iterator[Edit]:
    for one in found.head:
        yield Edit(_FIELDS[one.field], _kinds(one.before, one.after, names), one.before, one.after)


def _kinds(
    before: str | None, after: str | None, names: Mapping[str, Role]
) -> tuple[EditKind, ...]:
    if not before or not after:
        return (EditKind.REMOVED,) if before else (EditKind.ADDED,) if after else ()
    return kinds_of(before, after, names)


def _prose(found: ReportDiff, names: Mapping[str, Role], said: set[str]) -> Iterator[Edit]:
    cited = _Cited(found)
    moved = _moved(found.prose)
    passed = moved | {_key(one.words) for line in said for one in sentences(line)}
    for one in found.prose:
        before, after = _words(one.before), _words(one.after)
        if passed and _key(after or before or "") in passed:
            continue
        added, dropped = cited.change(one)
        kinds = set(_kinds(before, after, names)) if one.kind != "same" else set()
        if before and after and (added or dropped):
            kinds.add(EditKind.SOURCE)
        if not kinds:
            continue
        yield Edit(
            Part.TEXT, tuple(kind for kind in EditKind if kind in kinds), before, after,
            one.labels_before, one.labels_after, added, dropped,
        )  # fmt: skip


def _words(parts: Iterable[DiffPart]) -> str | None:
    return " ".join(part.text for part in parts) or None


def _key(sentence: str) -> _Key:
    return tuple(one.key for one in items(sentence))


def _moved(prose: Sequence[ProseChange]) -> set[_Key]:
    """Sentences that are gone here and new there, in the same words."""
    gone = {_key(_words(one.before) or "") for one in prose if one.kind == "gone"}
    if not gone:
        return gone
    come = {_key(_words(one.after) or "") for one in prose if one.kind == "new"}
    return gone & come


class _Cited:
    """What the sentences of two versions cite, by the labels of their notes."""

    def __init__(self, found: ReportDiff) -> None:
        self._comparable = found.notes is not None
        self._old = {note.label: note.sources for note in reversed(found.before.notes)}
        self._new = {note.label: note.sources for note in reversed(found.after.notes)}

    def change(self, one: ProseChange) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The addresses that a sentence cites anew, and those that it cites no more."""
        if not self._comparable:
            return (), ()
        old = [url for label in one.labels_before for url in self._old.get(label, ())]
        new = [url for label in one.labels_after for url in self._new.get(label, ())]
        added = tuple(dict.fromkeys(url for url in new if url not in old))
        return added, tuple(dict.fromkeys(url for url in old if url not in new))


def _unmarked(found: ReportDiff) -> Iterator[Edit]:
    """Notes without a marker in the prose, whose addresses are others now."""
    marked = {label for one in found.prose for label in (*one.labels_before, *one.labels_after)}
    for one in found.notes or ():
        labels = {one.label_before, one.label_after} - {None}
        if labels & marked or not (one.sources_added or one.sources_dropped):
            continue
        kinds = (EditKind.SOURCE,)
        yield Edit(
            Part.NOTE, kinds, one.text_before, one.text_after,
            (one.label_before,) if one.label_before else (),
            (one.label_after,) if one.label_after else (),
            one.sources_added, one.sources_dropped,
        )  # fmt: skip


def _since(edit: Edit, versions: Sequence[tuple[int, ReadVersion]]) -> int | None:
    """The earliest version from which on the earlier words stood without a gap."""
    if edit.before is None:
        return None
    since = versions[-2][0]
    wanted = _key(edit.before)
    for number, version in reversed(versions[:-2]):
        if not _is_present(edit, wanted, version):
            break
        since = number
    return since


def _is_present(edit: Edit, wanted: _Key, version: ReadVersion) -> bool:
    if edit.part is Part.TITLE:
        return _key(version.title) == wanted
    if edit.part is Part.AUTHORS:
        return _key(", ".join(version.authors)) == wanted
    if edit.part is Part.CUT_OFF:
        return _key(version.cutoff or "") == wanted
    if edit.part is Part.NOTE:
        return any(_key(note.text) == wanted for note in version.notes)
    cited = {note.label: note.sources for note in version.notes}
    dropped = set(edit.sources_dropped) if EditKind.SOURCE in edit.kinds else set()
    return any(
        _key(one.words) == wanted
        and dropped <= {url for label in one.labels for url in cited.get(label, ())}
        for one in sentences(version.text)
    )
