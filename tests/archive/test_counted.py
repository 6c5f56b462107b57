"""Numbers with their noun."""

from __future__ import annotations

import pytest

from archive.counted import counted


@pytest.mark.parametrize(
    ("count", "nouns", "said"),
    [
        (0, "captures", "0 captures"),
        (1, "captures", "1 capture"),
        (2, "captures", "2 captures"),
        (1, "copies kept here", "1 copy kept here"),
        (1, "addresses", "1 address"),
        (1, "already held", "1 already held"),
        (1, "series", "1 series"),
        (1, "source gone", "1 source gone"),
    ],
)
def test_one_is_said_in_the_singular(count: int, nouns: str, said: str) -> None:
    assert counted(count, nouns) == said
