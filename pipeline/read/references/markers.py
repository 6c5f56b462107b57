"""Finds the markers in the prose: `[12]` in text, in raised type, as links, in roman numerals;
repeats kept."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from archive.model.reports import Marker
from pipeline.read.blanks import collapsed
from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.references.labels import RAISED_DIGITS, label_value
from pipeline.read.references.sentences import sentence_spans, sentences
from pipeline.read.references.slips import BRACKET_IMPLIED, implied_markers
from pipeline.read.references.tape import is_note_anchor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# One pair of brackets with numbers, roman numerals, lists or ranges of them.
_BRACKETED = re.compile(
    r"""
    \[ (?: [\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff]{0,3} | \^ )  # unseen signs; [^1]: Markdown
    (?P<labels> (?: \d{1,4} | [ivxlcdm]{1,12} ) (?: \s?[,;–-]\s? (?: \d{1,4}
    | [ivxlcdm]{1,12} ) ){0,20} )
    [\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff]{0,3} \]
    """,
    re.VERBOSE,
)
_RAISED = re.compile(r"\s*\(?(\d{1,4}|[ivxlcdm]{1,12})(?:\s?[,;–-]\s?(\d{1,4}))*\)?\s*")
# Styles that prose also uses for other things: markers only where a list of notes bears them out.
_RARE = re.compile(r"\((\d{1,4})\)|\[([IVXLCDM]{1,12})\](?![a-z])|(?<![\d¹²³⁰⁴-⁹])[¹²³⁰⁴-⁹]{1,4}")
_NUMBER = re.compile(r"\d{1,4}|[ivxlcdm]{1,12}")
_UNITS = frozenset(["km", "m", "cm", "mm", "mi", "ft", "in"])  # km², not note 2
_YEARS = frozenset(range(1900, 2100))  # "[2022]" is a year that an editor put in
_MAX_RANGE = 50
_JOINT = re.compile(r"\s?[,;–—-]\s?")  # what stands between two markers in a row
_MAX_SENTENCE = 3000  # characters; no sentence seen is half as long
_AROUND = "()[]{}^ \t\n\u00a0"  # what may stand around a label
_MAX_BARE = 40  # longer than a raised list of labels


class MarkerPlace(NamedTuple):
    """A marker's place: its label as printed and its value, the block and the characters it takes
    there."""

    label: str
    value: int
    block: int
    start: int
    end: int
    roman: bool
    bare: bool
    repairs: tuple[str, ...] = ()


class Marked(NamedTuple):
    """The prose with every marker in brackets (`[12]`), however the page shows it, and its
    markers."""

    blocks: tuple[Block, ...]
    markers: tuple[Marker, ...]


def mark(
    prose: Sequence[Block],
    labels: Collection[int] = (),
    *,
    rare: bool = False,
    freed: int | None = None,
) -> Marked:
    """The prose with its markers in brackets, and the markers in reading order.

    Args:
        prose: The report's blocks without its notes.
        labels: Numbers of the notes: one that is a year too (`[1950]`) is a marker only when a note
            has it.
        rare: Read `(1)`, `[I]` and `¹` instead, as `NoteSplit.rare` says.
        freed: From this block on no heading stands above the prose, up to the next.
    """
    by_block: dict[int, list[MarkerPlace]] = {}
    found = _rare_places(prose, labels) if rare else _with_slips(prose, labels)
    for place in found:
        by_block.setdefault(place.block, []).append(place)
    blocks = list(prose)
    markers: list[Marker] = []
    heading: str | None = None
    last: Block | None = None
    for index, block in enumerate(prose):
        if index == freed:
            heading = None
        if block.kind is BlockKind.HEADING:
            heading = _heading(block, by_block.get(index, ())) or heading
        if index in by_block:
            blocks[index], places = _bracketed(block, by_block[index])
            markers.extend(_with_sentences(blocks[index].text, places, heading, last))
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} and _has_words(block.text):
            last = blocks[index]
    return Marked(tuple(blocks), tuple(markers))


def _heading(block: Block, places: Sequence[MarkerPlace]) -> str:
    """The heading's words without its markers."""
    return _without(block.text, (0, len(block.text)), places).rstrip(" :")


def _bracketed(block: Block, places: list[MarkerPlace]) -> tuple[Block, list[MarkerPlace]]:
    """The block with its bare and Markdown markers as `[n]`, and the markers' places there."""
    text = block.text
    if all(_is_bracketed(text[place.start : place.end]) for place in places):
        return block, places
    changes: list[tuple[int, int, str]] = []
    moved: list[MarkerPlace] = []
    shift = 0
    for (start, end), group in groupby(places, key=lambda place: (place.start, place.end)):
        printed = text[start:end]
        wanted = (
            f"[{printed.strip(_AROUND).translate(RAISED_DIGITS)}]"
            if not _is_bracketed(printed)
            else printed
        )
        if wanted != printed:
            changes.append((start, end, wanted))
        begin = start + shift
        shift += len(wanted) - len(printed)
        moved += [p._replace(start=begin, end=begin + len(wanted)) for p in group]
    return replace(block, runs=tuple(_changed(block.runs, changes))), moved


def _is_bracketed(printed: str) -> bool:
    return printed[0] == "[" and printed[-1] == "]" and "^" not in printed


def _changed(runs: Sequence[Run], changes: Sequence[tuple[int, int, str]]) -> Iterator[Run]:
    """The runs with stretches of their text replaced; what begins in one run and ends in another
    stands in the first."""
    at, number = 0, 0
    for run in runs:
        end, since, parts = at + len(run.text), at, []
        while number < len(changes) and changes[number][0] < end:
            start, stop, wanted = changes[number]
            if start >= at:
                parts += [run.text[since - at : start - at], wanted]
            since = min(stop, end)
            if stop > end:
                break
            number += 1
        parts.append(run.text[since - at :])
        yield run._replace(text="".join(parts)) if since > at else run
        at = end


def _has_words(text: str) -> bool:
    return len(text) >= _MAX_BARE or bool(_BRACKETED.sub("", text).strip())


def find_places(prose: Sequence[Block], labels: Collection[int] = ()) -> list[MarkerPlace]:
    """Where the markers stand; of styles that exclude each other only the one that the text
    uses."""
    years = _YEARS.intersection(labels)
    places = _in_blocks(prose, years)
    arabic = sum(not p.roman and not p.bare for p in places)
    roman = sum(p.roman and not p.bare for p in places)
    bare = len(places) - arabic - roman
    keep_roman = roman > arabic and any(p.value == 1 for p in places if p.roman)
    keep_bare = bare > arabic + roman
    return [
        p
        for p in places
        if p.bare == keep_bare and (p.bare or p.roman == keep_roman or (keep_roman and not p.roman))
    ]


def _with_slips(prose: Sequence[Block], labels: Collection[int]) -> list[MarkerPlace]:
    """The markers, with those that lack a bracket where only that can be meant."""
    places = find_places(prose, labels)
    lacking = set(labels) - {place.value for place in places}
    roman = sum(place.roman for place in places) * 2 > len(places)
    taken = {(p.block, at) for p in places for at in range(p.start, p.end)} if lacking else set()
    for block, start, end, label in implied_markers(prose, lacking, in_roman=roman):
        value = label_value(label)
        if value is not None and not any((block, at) in taken for at in range(start, end)):
            implied = (BRACKET_IMPLIED,)
            places.append(MarkerPlace(label, value, block, start, end, roman, False, implied))
    return sorted(places, key=lambda place: (place.block, place.start))


def _rare_places(prose: Sequence[Block], labels: Collection[int]) -> list[MarkerPlace]:
    return [p for i, block in enumerate(prose) for p in _rare_in(i, block) if p.value in labels]


def _rare_in(index: int, block: Block) -> Iterator[MarkerPlace]:
    for found in _RARE.finditer(block.text):
        label = found.group().strip("()[]").translate(RAISED_DIGITS)
        word = re.split(r"[\s\d]", block.text[max(0, found.start() - 8) : found.start()])[-1]
        value = label_value(label)
        if value and not (found.group()[0] not in "([" and word.lower() in _UNITS):
            yield MarkerPlace(
                label, value, index, found.start(), found.end(), not label.isdigit(), True
            )


def looks_like_markers(blocks: Sequence[Block], *, rare: bool = False) -> list[tuple[int, int]]:
    """Block and number of everything that could be a marker, in any style, labels of notes
    included."""
    if rare:
        return [(p.block, p.value) for i, block in enumerate(blocks) for p in _rare_in(i, block)]
    return [(p.block, p.value) for p in _in_blocks(blocks)]


def _with_sentences(
    text: str, places: Sequence[MarkerPlace], heading: str | None, above: Block | None
) -> Iterator[Marker]:
    spans = sentence_spans(text)
    at, before, sentence = 0, -2, ""
    for number, (start, end) in enumerate(spans):
        inside = at
        while inside < len(places) and (places[inside].start < end or number == len(spans) - 1):
            inside += 1
        if inside == at:
            continue
        own = _without(text, (start, end), places[at:inside])
        if own or before != number - 1:
            # Markers on a line of their own belong to the sentence that ends above them.
            lead = text[max(0, start - _MAX_SENTENCE) : start]
            sentence = own or _last_sentence(lead) or _last_sentence(above.text if above else "")
        yield from (
            Marker(place.label, sentence, heading, place.repairs) for place in places[at:inside]
        )
        at, before = inside, number


def _last_sentence(text: str) -> str:
    """The last sentence that has words; empty when none has."""
    found = (_BRACKETED.sub("", s).strip() for s in reversed(sentences(text[-_MAX_SENTENCE:])))
    return next((sentence for sentence in found if sentence), "")


def _without(text: str, span: tuple[int, int], places: Sequence[MarkerPlace]) -> str:
    """The sentence without the markers in it, blanks collapsed."""
    since, end = span
    parts: list[str] = []
    for number, place in enumerate(places):
        between = text[since : place.start]
        parts.append(" " if number and _JOINT.fullmatch(between) else between)
        since = max(since, place.end)
    parts.append(text[since:end])
    return collapsed("".join(parts))


def _in_blocks(blocks: Sequence[Block], years: frozenset[int] = frozenset()) -> list[MarkerPlace]:
    return [
        place
        for index, block in enumerate(blocks)
        if "[" in block.text or any(run.sup or run.href for run in block.runs)  # most have none
        for place in _in_block(index, block, years)
    ]


def _in_block(index: int, block: Block, years: frozenset[int]) -> Iterator[MarkerPlace]:
    text = block.text
    if not text:
        return
    if "[" in text:
        yield from _bracketed_in(index, text, years)
    at = 0
    for run in block.runs:
        printed, href, sup, _ = run
        length = len(printed)
        if (
            0 < length < _MAX_BARE
            and (sup or href)
            and _is_bare_marker(run, text[max(0, at - 8) : at])
        ):
            lead = length - len(printed.lstrip())
            label = printed.strip()
            yield from _labels(label, index, at + lead, at + lead + len(label), bare=True)
        at += length


def _bracketed_in(index: int, text: str, years: frozenset[int]) -> Iterator[MarkerPlace]:
    last, last_end = 0, -1
    for found in _BRACKETED.finditer(text):
        labels, (start, end) = found["labels"], found.span()
        if not _is_marker(labels, text[start - 1 : start], text[end : end + 1], years):
            continue
        if labels.isdigit() and labels.isascii():  # nearly all
            value = int(labels)
            near = 0 < last_end < start <= last_end + 3
            if near and _is_range(text[last_end:start], last, value):
                yield from (
                    MarkerPlace(str(inner), inner, index, start, end, False, False)
                    for inner in range(last + 1, value)
                )
            yield MarkerPlace(labels, value, index, start, end, False, False)
            last, last_end = value, end
        else:
            yield from _labels(labels, index, start, end, bare=False)
            last_end = -1


def _is_marker(labels: str, before: str, after: str, years: frozenset[int]) -> bool:
    """False for `__cft__[0]=…`, `[i]t is`, `[2022]`."""
    if before in {"_", "="} or after in {"=", "_"}:
        return False
    if not labels[0].isdigit():
        return not after.islower()
    if not labels.isdigit():
        return True
    value = int(labels)
    return value != 0 and (value not in _YEARS or value in years)


def _is_bare_marker(run: Run, before: str) -> bool:
    """True for a raised number, or a number that links to a note."""
    if not _RAISED.fullmatch(run.text):
        return False
    if run.href is not None and is_note_anchor(run.href):
        return True
    word = re.split(r"[\s\d]", before)[-1].lower()
    return run.sup and word not in _UNITS and label_value(run.text.strip(_AROUND)) != 0


def _labels(text: str, block: int, start: int, end: int, *, bare: bool) -> Iterator[MarkerPlace]:
    """The labels of one pair of brackets; a range stands for all in it."""
    if text.isdigit() and text.isascii():
        yield MarkerPlace(text, int(text), block, start, end, False, bare)
        return
    last: int | None = None
    last_end = 0
    for found in _NUMBER.finditer(text):
        value = label_value(found.group())
        if not value:
            continue
        roman = not found.group().isdigit()
        if (
            last is not None
            and not roman
            and _is_range(text[last_end : found.start()], last, value)
        ):
            for inner in range(last + 1, value):
                yield MarkerPlace(str(inner), inner, block, start, end, roman, bare)
        yield MarkerPlace(found.group(), value, block, start, end, roman, bare)
        last, last_end = value, found.end()


def _is_range(between: str, low: int, high: int) -> bool:
    return between.strip() in {"-", "–"} and low < high <= low + _MAX_RANGE
