"""How a citing sentence speaks: its hedge, and who is said to say it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from archive.model.reports import Marker
from pipeline.read.speech.hedges import speech_knowing, speech_of
from pipeline.read.speech.names import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.model.speech import Role

__all__ = ["names_in", "speech_of", "with_speech"]


def with_speech(markers: Sequence[Marker], text: str) -> tuple[Marker, ...]:
    """The markers, each with how its sentence speaks.

    Args:
        markers: Of a report.
        text: Its prose, which introduces whom the sentences name by their surnames.
    """
    names = names_in(text) if markers else {}
    sentences = list(dict.fromkeys([marker.sentence for marker in markers]))
    known = _standing(names, sentences)
    found = {
        one: speech_knowing(one, tuple(standing))
        for one, standing in zip(sentences, known, strict=True)
    }
    return tuple(
        [
            Marker(one.label, one.sentence, one.section, one.repairs, found[one.sentence])
            for one in markers
        ]
    )


def _standing(names: Mapping[str, Role], sentences: list[str]) -> list[list[tuple[str, Role]]]:
    """Which names stand in each sentence.

    Looked for in all sentences at once: a report has a hundred names, and most stand in few.
    """
    together = "\n".join(sentences)
    ends = list(accumulate([len(one) + 1 for one in sentences]))
    standing: list[list[tuple[str, Role]]] = [[] for _ in sentences]
    for name in names.items():
        at = together.find(name[0])
        while at >= 0:
            number = bisect_right(ends, at)
            standing[number].append(name)
            at = together.find(name[0], ends[number])
    return standing
