"""The independent voices behind each citing sentence, counted. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.support import CitingSentence, Support, SupportSource
from archive.model.vocabulary import Status
from pipeline.decide.support.circular import circular_of
from pipeline.decide.support.voices import Voice, voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive.model.support import Behind, Citing

Pair = tuple[int, int]
_THERE = frozenset({Status.ALIVE, Status.MOVED})


def sentences_of(
    markers: Iterable[tuple[int, str, str | None, Sequence[int]]],
) -> tuple[CitingSentence, ...]:
    """The citing sentences of a version: neighbouring markers in one sentence are one.

    A sentence that is printed twice is two. One whose notes hold no address is none.

    Args:
        markers: In their order: position, sentence, section, and the sources of its note.
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


def support_of(
    sentence: CitingSentence,
    behind: Mapping[int, Behind],
    same: Iterable[Pair],
    citing: Citing,
    copies: Mapping[int, int],
) -> Support:
    """What a sentence rests on.

    Args:
        sentence: Of the version.
        behind: Its sources, at least.
        same: Pairs of sources that hold the same or nearly the same text.
        citing: The version.
        copies: For sources that hold sentences of the version word for word: how many.
    """
    voices = {one: voice_of(behind[one]) for one in sentence.sources}
    others = {one: voice for one, voice in voices.items() if not voice.own}
    names = folded(others, same)
    held = [behind[one] for one in others]
    return Support(
        position=sentence.position,
        last=sentence.last,
        sources=len(others),
        own=len(voices) - len(others),
        voices=len(set(names.values())),
        unnamed=sum(not voice.named for voice in others.values()),
        platforms=tuple(sorted({one.platform for one in held})),
        alive=sum(one.status in _THERE for one in held),
        drifted=sum(one.status == Status.DRIFTED for one in held),
        dead=sum(one.status == Status.DEAD for one in held),
        only_copies=sum(one.only_copy for one in held),
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
