"""Finds the list of notes among a report's lines, by what it is: a run of labels at the end that
the prose refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.references.glued import divided
from pipeline.read.references.hosts import bare_scheme_length, is_host_start
from pipeline.read.references.labels import (
    LABEL_STARTS,
    UNSEEN,
    Label,
    Style,
    label_value,
    line_label,
)
from pipeline.read.references.tape import is_note_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Lines without label between two labels of one list: a note over more lines than this has not been
# seen.
_MAX_GAP = 15

# A list that begins later than here lost its beginning, or is none.
_MAX_FIRST = 3

# Share of a list's labels that the prose must refer to, and share of all markers that may stand
# behind it.
_MIN_MATCHED = 0.3
_MAX_BEHIND = 0.2

# A loose list without a name must serve nearly all markers: links to other reports serve the first
# few.
_MIN_COVERED = 0.8

# The list stands at the end, so only the last runs of labels are looked at: the work stays linear
# on any page.
_MAX_GROUPS = 40

# Styles whose labels also number ordinary lists and lines: their numbers must go up by small steps.
_LOOSE = frozenset(
    {Style.ROUND, Style.DOTTED, Style.CARET, Style.RAISED, Style.BARE, Style.ORDERED}
)
_MAX_STEP = 5

_TITLES = frozenset(
    [
        *(
            "note",
            "notes",
            "endnote",
            "endnotes",
            "footnote",
            "footnotes",
            "reference",
            "references",
        ),
        *("source", "sources", "citations", "bibliography", "works_cited", "notes_and_sources"),
        *("notes_and_references", "sources_and_notes", "references_and_notes"),
        *("sources_and_further_reading", "sources_and_links", "our_sources", "list_of_sources"),
        *("quellen", "quellenangaben", "einzelnachweise", "anmerkungen", "fußnoten"),
        *("fuentes", "referencias", "notas", "références", "notes_et_références", "fonti"),
        *("źródła", "przypisy", "kaynaklar", "kaynakça", "المصادر", "المراجع", "منابع"),
        *("источники", "примечания", "ссылки", "джерела", "примітки", "посилання"),
    ]
)
_INVITATIONS = frozenset({"show", "view", "see", "read", "expand", "hide", "toggle", "all", "the"})
_MAX_TITLE = 100  # characters


class Line(NamedTuple):
    """One printed line: a block's content up to a line break.

    Attributes:
        block: Index of its block.
        label: The label that it begins with, if it begins with one.
    """

    block: int
    runs: tuple[Run, ...]
    kind: BlockKind
    section: str | None
    label: Label | None

    @property
    def text(self) -> str:
        """What is printed, the words of its links among it."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class NoteList:
    """A list of notes: its labelled lines (index into the lines), first to last."""

    style: Style
    labelled: tuple[int, ...]


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """All blocks' content, line by line; rules and pictures are lines without runs."""
    return [line for index, block in enumerate(blocks) for line in _of_block(index, block)]


def begins_with_url(line: Line) -> bool:
    """True for a line that goes on with a note: it begins with a URL."""
    text = line.text.lstrip(' \u00a0;,.("“')
    return bool(bare_scheme_length(text)) or is_host_start(
        text.split(maxsplit=1)[0] if text else ""
    )


def is_title(text: str) -> bool:
    """True for the heading of a list of notes."""
    if len(text) >= _MAX_TITLE:
        return False
    words = text.lower().replace("&", "and").strip(" :\u00a0*_-").split()
    while words and words[0] in _INVITATIONS:
        del words[0]
    return "_".join(words) in _TITLES


def find_list(lines: Sequence[Line], markers: Sequence[tuple[int, int]]) -> NoteList | None:
    """The list of notes, or None.

    Args:
        lines: From `lines_of`.
        markers: Block and number of everything that looks like a marker, labels of the list
            included.
    """
    labelled = {line.block for line in lines if line.label}
    referred = {value for block, value in markers if block not in labelled}
    best: NoteList | None = None
    best_score = (0, 0, 0)
    by_style: dict[Style, list[int]] = {style: [] for style in Style}
    for index, line in enumerate(lines):
        if line.label:
            by_style[line.label.style].append(index)
    for style, labels in by_style.items():
        for group in _groups(lines, labels, referred)[-_MAX_GROUPS:]:
            found = _trimmed(lines, style, group)
            if found is None:
                continue
            score = _score(lines, found, markers)
            if score > best_score:
                best, best_score = found, score
    return best


def _of_block(index: int, block: Block) -> Iterator[Line]:
    if not block.runs:
        yield Line(index, (), block.kind, block.section, None)
        return
    whole = divided(block)
    for number, runs in enumerate(_split(whole.runs) if "\n" in whole.text else (whole.runs,)):
        label = _label(runs)
        if label is None and number == 0 and block.ordered and block.label:
            value = label_value(block.label)
            label = Label(block.label, value, Style.ORDERED, 0) if value else None
        yield Line(index, runs, block.kind, block.section, label)


def _split(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, part in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(Run(part, run.href, run.sup, run.bold))
    return [tuple(line) for line in lines]


def _label(runs: tuple[Run, ...]) -> Label | None:
    text = (runs[0].text if len(runs) == 1 else "".join([run.text for run in runs[:6]]))[:60]
    if text.lstrip().lstrip(UNSEEN).lstrip()[:1] not in LABEL_STARTS:
        return None
    label = line_label(text)
    if label is None or label.style is Style.BARE:
        return _raised(runs) or label
    return label


def _raised(runs: tuple[Run, ...]) -> Label | None:
    """A number in raised type, or one that links back to its marker."""
    length = 0
    for run in runs[:4]:
        length += len(run.text)
        text = run.text.strip(" \u00a0.[]()")
        if not text:
            continue
        value = label_value(text)
        if value and (run.sup or (run.href is not None and is_note_anchor(run.href))):
            return Label(text, value, Style.RAISED, length)
        return None
    return None


def _groups(lines: Sequence[Line], labels: Iterable[int], referred: set[int]) -> list[list[int]]:
    """Lines with labels of one style, divided where a heading, another section or many lines come
    between."""
    groups: list[list[int]] = []
    for index in labels:
        label = lines[index].label
        assert label is not None
        if groups and (
            _is_near(lines, groups[-1][-1], index)
            or _follows(lines[groups[-1][-1]].label, label, referred)
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _is_near(lines: Sequence[Line], before: int, after: int) -> bool:
    if after - before > _MAX_GAP or lines[before].section != lines[after].section:
        return False
    between = (lines[i] for i in range(before + 1, after))
    return not any(li.kind is BlockKind.HEADING and not begins_with_url(li) for li in between)


def _follows(before: Label | None, after: Label, referred: set[int]) -> bool:
    """True for the next label, though a heading or a long note stands between, when the prose
    refers to it."""
    return before is not None and 1 < after.value == before.value + 1 and after.value in referred


def _trimmed(lines: Sequence[Line], style: Style, group: list[int]) -> NoteList | None:
    """The group from where the list begins: from the label 1 that the most labels follow."""
    values = [_value(lines[i]) for i in group]
    starts = [at for at, value in enumerate(values) if value == 1]
    if not starts:
        if values[0] > _MAX_FIRST:
            return None
        starts = [0]
    seen: set[int] = set()
    follow: dict[int, int] = {}
    for at in range(len(values) - 1, -1, -1):
        seen.add(values[at])
        if values[at] == 1 or at == starts[0]:
            follow[at] = len(seen)
    most = max(follow[at] for at in starts)
    equal = [at for at in starts if follow[at] == most]
    start = equal[-1]
    for earlier in reversed(equal[:-1]):  # a label 1 printed twice, line under line
        if group[start] - group[earlier] > 2:
            break
        start = earlier
    rest = group[start:]
    if style in _LOOSE:
        rest = list(_climbing(lines, rest))
    return NoteList(style, tuple(rest))


def _climbing(lines: Sequence[Line], labelled: Iterable[int]) -> Iterator[int]:
    last = 0
    for index in labelled:
        if 0 <= _value(lines[index]) - last <= _MAX_STEP:
            last = _value(lines[index])
            yield index


def _value(line: Line) -> int:
    return line.label.value if line.label else 0


def _score(
    lines: Sequence[Line], found: NoteList, markers: Sequence[tuple[int, int]]
) -> tuple[int, int, int]:
    """How well a list fits: labels that the prose refers to, whether it is named one, its length.
    Zeros when it is none."""
    first, last = found.labelled[0], found.labelled[-1]
    start, end = lines[first].block, lines[last].block
    own = {line.block for line in lines if line.label and line.block > end}
    before = [value for block, value in markers if block < start]
    behind = sum(block > end and block not in own for block, _ in markers)
    labels = {_value(lines[i]) for i in found.labelled}
    matched = len(labels & set(before))
    named = _is_named(lines, first)
    if not named:
        if behind > _MAX_BEHIND * (behind + len(before)):
            return (0, 0, 0)
        if found.style in _LOOSE and not (
            matched >= _MIN_COVERED * len(set(before)) and _cites(lines, found)
        ):
            return (0, 0, 0)
    if matched >= max(1, _MIN_MATCHED * len(labels)):
        return (matched, int(named), len(labels))
    return (0, 1, len(labels)) if named and not before else (0, 0, 0)


def _cites(lines: Sequence[Line], found: NoteList) -> bool:
    """False for a numbered list of plain sentences, such as key takeaways: most notes hold an
    address or a way back."""
    citing = sum(
        any(run.href or "://" in run.text or "www." in run.text for run in lines[i].runs)
        for i in found.labelled
    )
    return citing * 2 >= len(found.labelled)


def _is_named(lines: Sequence[Line], first: int) -> bool:
    """True when the layout calls it a list of notes, or a heading above it does."""
    section = lines[first].section
    if section is not None and is_title(section):
        return True
    for line in reversed(lines[max(0, first - 3) : first]):
        if line.text.strip():
            return is_title(line.text)
    return False
