"""The independent voices behind each citing sentence, counted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.model.support import CitingSentence, Support, SupportSource
from archive.model.vocabulary import Status
from pipeline.decide.support.circular import circular_of
from pipeline.decide.support.voices import Voice, voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.model.support import Behind, Citing

Pair = tuple[int, int]
Marked = tuple[int, str, str | None, Sequence[int]]
"""A marker: position, sentence, section, and the sources of its note."""


def sentences_of(markers: Iterable[Marked]) -> tuple[CitingSentence, ...]:
    """The citing sentences of a version: neighbouring markers in one sentence are one.

    A sentence that is printed twice is two. One whose notes hold no address is none.

    Args:
        markers: In their order.
    """
    found: list[tuple[tuple[str, str | None], list[int], dict[int, None]]] = []
    for position, sentence, section, sources in markers:
        if not found or found[-1][0] != (sentence, section):
            found.append(((sentence, section), [], {}))
        found[-1][1].append(position)
        found[-1][2].update(dict.fromkeys(sources))
    return tuple(
        CitingSentence(positions[0], positions[-1], tuple(sources))
        for _, positions, sources in found
        if sources
    )


def supports_of(
    sentences: Iterable[CitingSentence],
    behind: Mapping[int, Behind],
    same: Sequence[Pair],
    citing: Citing,
    copies: Mapping[int, int],
) -> list[Support]:
    """What sentences rest on.

    Args:
        sentences: Of the version.
        behind: Their sources, at least.
        same: Pairs of sources that hold the same or nearly the same text.
        citing: The version.
        copies: For sources that hold sentences of the version word for word: how many.
    """
    spoken = {one: voice_of(source) for one, source in behind.items()}

    def support_of(sentence: CitingSentence) -> Support:
        others = {one: spoken[one] for one in sentence.sources if not spoken[one].own}
        return _support(sentence, (behind, others), folded(others, same), citing, copies)

    return [support_of(one) for one in sentences]


def _support(
    sentence: CitingSentence,
    sources: tuple[Mapping[int, Behind], Mapping[int, Voice]],
    names: Mapping[int, str],
    citing: Citing,
    copies: Mapping[int, int],
) -> Support:
    """The figures of a sentence, of its sources, those that are not the publishers' own, and the
    names of these."""
    behind, others = sources
    held = [behind[one] for one in others]
    ends = [one.status for one in held if one.status != Status.UNCHECKED]
    return Support(
        position=sentence.position,
        last=sentence.last,
        sources=len(others),
        own=len(sentence.sources) - len(others),
        voices=len(set(names.values())),
        unnamed=[voice.named for voice in others.values()].count(False),
        platforms=tuple(sorted({one.platform for one in held})),
        alive=ends.count(Status.ALIVE) + ends.count(Status.MOVED) if ends else 0,
        drifted=ends.count(Status.DRIFTED) if ends else 0,
        dead=ends.count(Status.DEAD) if ends else 0,
        only_copies=[one.only_copy for one in held].count(True),
        behind=tuple(
            SupportSource(
                one,
                names.get(one),
                circular_of(behind[one], citing, copies.get(one, 0)) if one in others else {},
            )
            for one in sentence.sources
        ),
    )


def folded(voices: Mapping[int, Voice], same: Iterable[Pair]) -> dict[int, str]:
    """One name for all sources that are one voice: of one account, or with one text.

    The name of several is the least of those whose account is known.
    """
    if len(voices) < 2:  # as most sentences have it
        return {one: voice.name for one, voice in voices.items()}
    leader = {one: one for one in voices}

    def first(one: int) -> int:
        while leader[one] != one:
            one = leader[one]
        return one

    by_name: dict[str, int] = {}
    pairs = [(one, by_name.setdefault(voice.name, one)) for one, voice in voices.items()]
    for one, other in [*pairs, *same]:
        if one in leader and other in leader:
            leader[first(one)] = first(other)
    groups: dict[int, list[Voice]] = {}
    for one, voice in voices.items():
        groups.setdefault(first(one), []).append(voice)
    names = {
        place: min((not voice.named, voice.name) for voice in group)[1]
        for place, group in groups.items()
    }
    return {one: names[first(one)] for one in voices}
