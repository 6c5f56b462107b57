"""Texts that are near each other by how they were made, and a shelf that pairs them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator

from archive import near_duplicates

ENGLISH = """river depot burned before dawn while crews from the northern harbour carried water across the old bridge and
officials asked families to remain indoors until engineers had examined every pipeline near the market where traders said
that windows broke twice during the night although nobody in the quarter remembered hearing any aircraft overhead"""  # noqa: E501


def words(vocabulary: str, seed: int, count: int = 300) -> list[str]:
    """Words drawn from a vocabulary; signs, where it is written without blanks."""
    return random.Random(seed).choices(
        vocabulary.split() if " " in vocabulary else vocabulary, k=count
    )


def english(seed: int, count: int = 300) -> str:
    return " ".join(words(ENGLISH, seed, count))


class Shelf:
    """Texts held in memory, in the way the database holds them."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.bands: dict[int, set[int]] = {}
        self.pairs: dict[tuple[int, int], float] = {}

    def holders(self, asked: Iterable[int]) -> dict[int, frozenset[int]]:
        limit = near_duplicates.CROWD + 1
        return {b: frozenset(itertools.islice(self.bands.get(b, ()), limit)) for b in asked}

    def among(self, texts: Iterable[int]) -> Iterator[tuple[int, int]]:
        members = set(texts)
        return iter([pair for pair in self.pairs if members.issuperset(pair)])

    def add(self, number: int, text: str) -> None:
        found = near_duplicates.signature(text)
        assert found is not None
        known = near_duplicates.NearCandidates(self.texts.__getitem__, self.holders, self.among)
        changed = near_duplicates.links(number, text, found.bands, known)
        for pair in changed.apart:
            del self.pairs[pair]
        self.pairs |= {(p.text_id, p.other_id): p.resemblance for p in changed.together}
        self.texts[number] = text
        for band in found.bands:
            self.bands.setdefault(band, set()).add(number)


def family(seed: int, members: int) -> list[str]:
    """A story and others made from it, each a little further away."""
    rng = random.Random(seed)
    story = words(ENGLISH, seed, 120)
    made = []
    for _ in range(members):
        start = rng.randrange(90)
        story = [*story[:start], *rng.choices(ENGLISH.split(), k=12), *story[start + 12 :]]
        made.append(" ".join(story))
    return made


TEXTS = [text for seed in range(3) for text in family(seed, 6)]


def shelf(order: Iterable[int], texts: list[str] = TEXTS) -> Shelf:
    made = Shelf()
    for number in order:
        made.add(number, texts[number])
    return made
