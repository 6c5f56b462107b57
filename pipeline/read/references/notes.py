"""Divides a report's blocks into prose and notes."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.model.reports import CitedUrl, Note
from pipeline.read.blanks import collapsed
from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.references.labels import Label, Style, glued_label, label_value
from pipeline.read.references.lexer import cited_urls, read_tape
from pipeline.read.references.lists import (
    Line,
    NoteList,
    begins_with_url,
    find_list,
    is_title,
    lines_of,
)
from pipeline.read.references.markers import looks_like_markers
from pipeline.read.references.slips import LABEL_IMPLIED, implied_labels
from pipeline.read.references.source_lists import find_sources
from pipeline.read.references.tape import BREAK, is_citation, is_note_anchor, lay, unsheltered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LINKED_LABEL = re.compile(r"\s*\[(?P<text>\w{1,12})\]\s*")
# The label of the next note inside a line; without a blank before it only where an address follows.
_INNER = re.compile(
    r"""
    (?: (?<=[\s;,.\u00a0]) \[(?P<text>\d{1,4})\] (?=\s*(?:h?t?tps?:|www\.|\S+[ ]dot[ ]|$))
      | \[(?P<glued>\d{1,4})\] (?=\s+(?:https?:|www\.)) )
    """,
    re.VERBOSE,
)

_PATH = re.compile(r"/[\w%~-][\w%.~/?=&#+-]*")

# Labels inside one note's lines: two have been seen; more than this is no list of notes.
_MAX_LOST = 100

_MAX_KEPT_CHARS = 2_000  # text and addresses of a note that is remembered: real ones have fewer


@dataclass(frozen=True, slots=True)
class NoteSplit:
    """A report's blocks, divided.

    Attributes:
        prose: What stands before the list, without the rule and the heading that announce it.
        notes: In the order printed; a label that stands twice is there twice.
        tail: What stands behind the list: tags, attachments, other reports. No notes, no prose.
        style: How the list prints its labels; None when there is none, or it prints none.
        rare: True when the prose refers to the notes in a style that it also uses for other things:
            see `mark`.
    """

    prose: tuple[Block, ...]
    notes: tuple[Note, ...]
    tail: tuple[Block, ...] = ()
    style: Style | None = None
    rare: bool = False


@dataclass(slots=True)
class _Draft:
    """A note being gathered."""

    label: Label
    lines: list[tuple[Run, ...]]
    implied: bool = False


def split_notes(
    blocks: Sequence[Block], base_url: str = "", *, unlabelled: bool = False
) -> NoteSplit:
    """Finds the list of notes at the end of a report and reads its notes.

    The list is known by its labels and by the prose that refers to them, not by a class or a rule
    above it. Without such a list everything is prose, but for a section that the layout itself
    calls notes.

    Args:
        blocks: The report's body.
        base_url: What a note that is nothing but a path (`/backgrounder/…`) is resolved against.
        unlabelled: Also a list of sources that nothing in the prose refers to.
    """
    lines = lines_of(blocks)
    markers = looks_like_markers(blocks)
    found, rare = _find(lines, blocks, markers)
    if found is None and unlabelled and (split := _unlabelled(blocks, lines, base_url)):
        return split
    if found is None:
        linked = _linked_notes(blocks)
        style = Style.LINKED if linked else None
        return NoteSplit(_without_note_section(blocks), linked, style=style)
    end = _end(lines, found)
    first = lines[found.labelled[0]].block
    referred = {value for block, value in markers if block < first}
    implied = implied_labels(lines, found, end, referred)
    drafts = _drafts(lines, found, end, implied)
    notes = tuple(_note(draft, base_url) for draft in drafts)
    begin = min([_first_copy(lines, found), *implied])
    last = lines[end - 1].block
    return NoteSplit(
        _prose(blocks, lines, begin), notes, tuple(blocks[last + 1 :]), found.style, rare
    )


def _unlabelled(blocks: Sequence[Block], lines: Sequence[Line], base_url: str) -> NoteSplit | None:
    """The notes of a list of sources, numbered as they stand."""
    found = find_sources(lines)
    if found is None:
        return None
    drafts = (
        _Draft(Label(str(n), n, Style.ORDERED, 0), list(own))
        for n, own in enumerate(found.items, 1)
    )
    return NoteSplit(
        _prose(blocks, lines, found.begin),
        tuple(_note(draft, base_url) for draft in drafts),
        tuple(blocks[lines[found.end - 1].block + 1 :]),
    )


def _find(
    lines: Sequence[Line], blocks: Sequence[Block], markers: Sequence[tuple[int, int]]
) -> tuple[NoteList | None, bool]:
    """The list of notes, and whether only markers of a rare style refer to it."""
    found = find_list(lines, markers)
    if found is not None:
        first = lines[found.labelled[0]].block
        if any(block < first for block, _ in markers):
            return found, False
    rare = find_list(lines, looks_like_markers(blocks, rare=True))
    return (rare, True) if rare is not None else (found, False)


def _without_note_section(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """All blocks but those of a section that is called notes: an empty one keeps its heading."""
    return tuple(b for b in blocks if not (b.section is not None and is_title(b.section)))


def _linked_notes(blocks: Sequence[Block]) -> tuple[Note, ...]:
    """Notes of a report without a list whose markers link to the sources: `[1]`, `[ii]` as the
    link's whole text."""
    cited: dict[str, list[Run]] = {}
    for run in (run for block in blocks for run in block.runs if run.href):
        found = _LINKED_LABEL.fullmatch(run.text)
        label = found["text"] if found else ""
        if run.href and label_value(label) and is_citation(run.href):
            cited.setdefault(label, []).append(Run("", run.href))
    return tuple(
        Note(label, " ".join(run.href or "" for run in runs), cited_urls(runs))
        for label, runs in cited.items()
    )


def _first_copy(lines: Sequence[Line], found: NoteList) -> int:
    """The line where the list begins; where the page prints the very same list twice in a row, the
    first one's."""
    begin, length = found.labelled[0], found.labelled[-1] - found.labelled[0] + 1
    copy = lines[begin : begin + length]
    while True:
        end = begin
        while end > 0 and (is_title(_text(lines[end - 1])) or not _text(lines[end - 1])):
            end -= 1
        pairs = zip(reversed(lines[max(0, end - length) : end]), reversed(copy), strict=False)
        if end < length or any(_text(one) != _text(other) for one, other in pairs):
            return begin
        begin = end - length


def _text(line: Line) -> str:
    return collapsed(line.text)


def _prose(blocks: Sequence[Block], lines: Sequence[Line], begin: int) -> tuple[Block, ...]:
    first = lines[begin].block
    prose = list(blocks[:first])
    above = [line for line in lines[:begin] if line.block == first]
    if any(run.text.strip() for line in above for run in line.runs):
        runs = [run for line in above for run in (*line.runs, Run("\n"))]
        prose.append(replace(blocks[first], runs=tuple(runs[:-1])))
    while prose and _announces(prose[-1]):
        prose.pop()
    return tuple(prose)


def _announces(block: Block) -> bool:
    return block.kind is BlockKind.RULE or is_title(block.text)


def _end(lines: Sequence[Line], found: NoteList) -> int:
    """Index behind the list's last line: the last note goes on in its own block, then while lines
    begin with a URL."""
    at = found.labelled[-1]
    own, section = lines[at].block, lines[at].section
    at += 1
    while at < len(lines):
        line = lines[at]
        if line.block != own and not (
            line.kind is not BlockKind.ITEM and line.section == section and begins_with_url(line)
        ):
            break
        at += 1
    return at


def _drafts(
    lines: Sequence[Line], found: NoteList, end: int, implied: Mapping[int, Label]
) -> list[_Draft]:
    drafts: list[_Draft] = []
    labelled = set(found.labelled)
    following = {
        a: lines[b].label for a, b in zip(found.labelled, found.labelled[1:], strict=False)
    }
    after: Label | None = None
    for index in range(min([found.labelled[0], *implied]), end):
        line = lines[index]
        if index in labelled and line.label is not None:
            after = following.get(index)
            drafts.append(_Draft(line.label, [_cut(line.runs, line.label.length)]))
        elif line.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} or begins_with_url(line):
            lost = _lost_label(line, drafts[-1].label, after) if drafts else None
            label = lost or implied.get(index)
            if label is None:
                drafts[-1].lines.append(line.runs)
            else:
                runs = _cut(line.runs, label.length)
                drafts.append(_Draft(label, [runs], implied=lost is None))
    if found.style is Style.BRACKET:
        return [piece for draft, after in _with_next(drafts) for piece in _divided(draft, after)]
    return drafts


def _with_next(drafts: list[_Draft]) -> Iterator[tuple[_Draft, Label | None]]:
    labels = [draft.label for draft in drafts]
    yield from zip(drafts, [*labels[1:], None], strict=True)


def _lost_label(line: Line, before: Label, after: Label | None) -> Label | None:
    """The label whose brackets were lost, where the list misses just that one."""
    if after is None or after.value <= before.value + 1:
        return None
    return glued_label("".join(run.text for run in line.runs[:6])[:60], before.value + 1)


def _divided(draft: _Draft, after: Label | None) -> Iterator[_Draft]:
    """Divides a note where the label of the next, missing one stands inside a line."""
    for _ in range(_MAX_LOST):
        if after is None or after.value <= draft.label.value + 1:
            break
        cut = _inner_label(draft)
        if cut is None:
            break
        number, at, label = cut
        runs = draft.lines[number]
        rest = _Draft(label, [_cut(runs, at + label.length), *draft.lines[number + 1 :]])
        yield _Draft(draft.label, [*draft.lines[:number], _until(runs, at)], draft.implied)
        draft = rest
    yield draft


def _inner_label(draft: _Draft) -> tuple[int, int, Label] | None:
    wanted = draft.label.value + 1
    for number, runs in enumerate(draft.lines):
        for found in _INNER.finditer("".join(run.text for run in runs)):
            text = found["text"] or found["glued"]
            if int(text) == wanted:
                length = found.end() - found.start()
                return number, found.start(), Label(text, wanted, Style.BRACKET, length)
    return None


def _cut(runs: Sequence[Run], length: int) -> tuple[Run, ...]:
    """The runs without their first `length` characters; an address on the label alone goes with it
    when it is the way back."""
    rest: list[Run] = []
    for run in runs:
        if length >= len(run.text) and length > 0:
            length -= len(run.text)
            if run.href is not None and run.text.strip() and not is_note_anchor(run.href):
                rest.append(Run("", run.href))
            continue
        rest.append(Run(run.text[length:], run.href, run.sup, run.bold) if length else run)
        length = 0
    return tuple(rest)


def _until(runs: Sequence[Run], length: int) -> tuple[Run, ...]:
    kept: list[Run] = []
    for run in runs:
        if length <= 0:
            break
        kept.append(Run(run.text[:length], run.href, run.sup, run.bold))
        length -= len(run.text)
    return tuple(kept)


def _note(draft: _Draft, base_url: str) -> Note:
    runs: list[Run] = []
    for line in draft.lines:
        if runs:
            runs.append(Run("\n"))
        runs += [run for run in line if run.href is None or not _is_way_back(run)]
    is_short = sum([len(run.text) + len(run.href or "") for run in runs]) <= _MAX_KEPT_CHARS
    text, urls = _said_once(tuple(runs)) if is_short else _text_and_urls(runs)
    if not urls and base_url and _PATH.fullmatch(text):
        urls = (CitedUrl(urljoin(base_url, text), text, ("resolved",)),)
    if draft.implied:
        urls = tuple(replace(cited, repairs=(*cited.repairs, LABEL_IMPLIED)) for cited in urls)
    return Note(draft.label.text, text, urls, repairs=(LABEL_IMPLIED,) if draft.implied else ())


def _text_and_urls(runs: Sequence[Run]) -> tuple[str, tuple[CitedUrl, ...]]:
    """A note's text, with what a cut link swallowed: the same note reads the same, linked or not;
    and what it cites."""
    tape = lay(runs)
    return collapsed(unsheltered(tape.text).replace(BREAK, " ")), read_tape(tape).urls


# Another version of a report has most of its notes again, and neighbours cite the same: of the
# notes of 471 real captures a third. A note takes about 2 kB here, and 20 kB at the very most.
_said_once = functools.lru_cache(maxsize=2048)(_text_and_urls)


def _is_way_back(run: Run) -> bool:
    """True for the arrow from a note to its marker."""
    if run.href is None or "#" not in run.href or any(c.isalnum() for c in run.text):
        return False
    return bool(run.text.strip()) and (run.href.startswith("#") or is_note_anchor(run.href))
