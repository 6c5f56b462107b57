"""How real citing sentences speak, against labels that a reader gave each of them by hand.

Kept here are facts alone: the document, a digest of the sentence, the reader's two labels. The
samples `development` and `held-back` were drawn and labelled before the rules were written, which
then saw the first only; each `fresh` one was labelled before the rules of its day were tried on it.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.real_reports import key, reports

pytestmark = [pytest.mark.real, pytest.mark.minutes(2)]

LABELS = Path(__file__).parents[1] / "fixtures" / "speech" / "labels.tsv"


class Label(NamedTuple):
    sample: str
    document: str
    sentence: str
    hedge: str
    role: str


def labels() -> list[Label]:
    with LABELS.open(encoding="utf-8", newline="") as stream:
        return [Label(*row) for row in list(csv.reader(stream, delimiter="\t"))[1:]]


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str], tuple[str, str]]:
    documents = {one.document for one in labels()}
    return {
        (name, key(marker.sentence)): (marker.speech.hedge, marker.speech.role or "")
        for name, report in reports(documents)
        for marker in report.markers
        if marker.speech
    }


SAMPLES = ["development", "held-back", *(f"fresh-{number}" for number in range(1, 8))]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_rules_read_as_a_reader_does(
    told: dict[tuple[str, str], tuple[str, str]], sample: str
) -> None:
    wanted = [one for one in labels() if one.sample == sample]
    found = [told[one.document, one.sentence] for one in wanted]
    hedges = sum(one.hedge == hedge for one, (hedge, _) in zip(wanted, found, strict=True))
    roles = sum(one.role == role for one, (_, role) in zip(wanted, found, strict=True))
    assert hedges / len(wanted) >= 0.95
    assert roles / len(wanted) >= 0.95
