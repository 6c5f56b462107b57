"""Independent voices behind real citing sentences, against counts that a reader made by hand.

Kept here are facts alone: the document, a digest of the sentence, its first label, the reader's
counts of voices and of the publishers' own reports. The sample `first` was counted before any rule
was written, `fresh` (sentences with several addresses) before the rules were tried on it.
Nothing is captured here, so that forwards, short links and shared texts are not told.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.model.reports import ParsedReport
from archive.model.support import Behind, Citing
from pipeline.decide.support.counting import sentences_of, supports_of
from pipeline.read.sources import note_sources
from tests.real_reports import key, reports

pytestmark = [pytest.mark.real, pytest.mark.minutes(1)]

LABELS = Path(__file__).parents[1] / "fixtures" / "support" / "labels.tsv"


class Label(NamedTuple):
    sample: str
    document: str
    sentence: str
    label: str
    voices: int
    own: int


def labels() -> list[Label]:
    with LABELS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))[1:]
    return [Label(*row[:4], int(row[4]), int(row[5])) for row in rows]


def counted(report: ParsedReport) -> dict[tuple[str, str], tuple[int, int]]:
    """Voices and own reports of each sentence, by its digest and its first label."""
    found = note_sources(report)
    rows = {one.id: one for note in found for one in note if one}
    behind = {
        one.id: Behind(
            one.id, one.url, one.platform, one.account, one.host, one.domain,
            one.publication_key is not None,
        )
        for one in rows.values()
    }  # fmt: skip
    by_label: dict[str, list[int]] = {}
    for note, sources in zip(report.notes, found, strict=True):
        by_label.setdefault(note.label, [one.id for one in sources if one])
    markers = [
        (place, one.sentence, one.section, by_label.get(one.label, []))
        for place, one in enumerate(report.markers)
    ]
    told = {}
    for support in supports_of(sentences_of(markers), behind, [], Citing(1, None), {}):
        marker = report.markers[support.position]
        told[key(marker.sentence), marker.label] = (support.voices, support.own)
    return told


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str, str], tuple[int, int]]:
    documents = {one.document for one in labels()}
    return {
        (name, *place): counts
        for name, report in reports(documents)
        for place, counts in counted(report).items()
    }


@pytest.mark.parametrize(("sample", "size", "most"), [("first", 100, 3), ("fresh", 60, 2)])
def test_voices_are_counted_as_a_reader_counts_them(
    told: dict[tuple[str, str, str], tuple[int, int]], sample: str, size: int, most: int
) -> None:
    wanted = [one for one in labels() if one.sample == sample]
    wrong = [one for one in wanted if told[one[1:4]] != (one.voices, one.own)]
    assert len(wanted) == size
    assert len(wrong) <= most, wrong


def test_one_voice_is_never_said_of_a_sentence_with_several(
    told: dict[tuple[str, str, str], tuple[int, int]],
) -> None:
    assert not [one for one in labels() if told[one[1:4]][0] == 1 and one.voices > 1]
