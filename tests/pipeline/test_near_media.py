"""Pictures that are nearly the same, told from those that only look alike: over a seeded sample of
the generated pairs, or all of them (`make alike`)."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace

import pytest

from archive.model.media import Look, MediaFacts, MediaFile
from pipeline.decide.near_media import distance, hash_bands, look_of, looks_alike
from tests.picture_pairs import Pair, pairs

COUNT = 60 if os.environ.get("ISW_ARCHIVE_TEST_ALIKE") == "whole" else 6


@pytest.fixture(scope="module")
def judged() -> list[tuple[Pair, bool]]:
    return [(pair, distance(pair.one, pair.other) is not None) for pair in pairs(COUNT)]


def test_nearly_all_that_are_called_the_same_are(judged: list[tuple[Pair, bool]]) -> None:
    called = [pair for pair, same in judged if same]
    wrong = Counter(pair.how for pair in called if not pair.same)
    print(f"\n{len(judged)} pairs; called the same {len(called)}, of them wrong {dict(wrong)}")
    assert wrong.total() <= 0.01 * len(called)


def test_most_copies_are_found(judged: list[tuple[Pair, bool]]) -> None:
    copies = [pair for pair, _ in judged if pair.same]
    missed = Counter(pair.how for pair, same in judged if pair.same and not same)
    print(f"\nof {len(copies)} copies missed {dict(missed)}")
    assert missed.total() <= 0.1 * len(copies)


def test_most_copies_share_a_band_with_their_original(judged: list[tuple[Pair, bool]]) -> None:
    copies = [pair for pair, same in judged if pair.same and same]
    found = [p for p in copies if set(hash_bands(p.one.phash)) & set(hash_bands(p.other.phash))]
    print(f"\nof {len(copies)} copies share a band {len(found)}")
    assert len(found) >= 0.95 * len(copies)


@dataclass
class Held:
    known: list[Look] = field(default_factory=list)

    def looks(self, _bands: object, limit: int) -> list[Look]:
        return self.known[:limit]


def a_look(number: int = 1, phash: str = "f0" * 32, size: tuple[int, int] = (600, 400)) -> Look:
    sketch = bytes(n % 251 for n in range(1024)).hex()
    return Look(number, f"{number:064}", phash, sketch, *size)


def test_a_picture_is_not_near_itself_and_is_near_its_copy() -> None:
    held = Held([a_look(1), a_look(2, "f1" + "f0" * 31), a_look(3, "0f" * 32)])
    found = looks_alike(held, a_look(1))
    assert found is not None
    assert found.near == ((2, 1),)


def test_a_picture_of_another_shape_is_another() -> None:
    assert distance(a_look(1), a_look(2, size=(400, 600))) is None


FACTS = MediaFacts("png", 600, 400, "f0" * 32, bytes(range(256)).hex() * 4)
FILE = MediaFile(4, 1, "https://cdn.example/a.png", sha256="ab" * 32)


@pytest.mark.parametrize(
    ("file", "facts"),
    [
        (None, FACTS),
        (FILE, None),
        (FILE, replace(FACTS, phash=None)),
        (FILE, replace(FACTS, sketch="80" * 1024)),
        (replace(FILE, sha256=None), FACTS),
    ],
)
def test_what_is_no_picture_or_a_blank_one_looks_like_nothing(
    file: MediaFile | None, facts: MediaFacts | None
) -> None:
    assert look_of(file, facts) is None
