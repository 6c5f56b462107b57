"""How real citing sentences speak, against labels that a reader gave each of them by hand.

Kept here are facts alone: the document, a digest of the sentence, the reader's two labels. The
samples `development` and `held-back` were drawn and labelled before the rules were written, which
then saw the first only; each `fresh` one was labelled before the rules of its day were tried on it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from archive.model.reports import ParsedReport
from pipeline.read.parse import parse_report
from pipeline.read.plaintext import decode, read_text
from tests.conftest import REAL

pytestmark = [pytest.mark.real, pytest.mark.minutes(2)]

LABELS = Path(__file__).parents[1] / "fixtures" / "speech" / "labels.tsv"
CAPTURED = datetime(2026, 11, 1, tzinfo=UTC)
BULK = "bulk.warc.gz"


class Label(NamedTuple):
    sample: str
    document: str
    sentence: str
    hedge: str
    role: str


def labels() -> list[Label]:
    with LABELS.open(encoding="utf-8", newline="") as stream:
        return [Label(*row) for row in list(csv.reader(stream, delimiter="\t"))[1:]]


def key(sentence: str) -> str:
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()[:12]


def reports(documents: set[str]) -> Iterator[tuple[str, ParsedReport]]:
    with (REAL / BULK).open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            url = record.headers["WARC-Target-URI"]
            name = f"{BULK}#{url.rsplit('/', 1)[1]}"
            if name in documents:
                found = parse_report(record.reader.read(), url, "text/html", CAPTURED)
                assert isinstance(found, ParsedReport)
                yield name, found
    for name in sorted(one for one in documents if not one.startswith(BULK)):
        body = (REAL / name).read_bytes()
        if name.endswith(".html"):
            url = "https://www.understandingwar.org/backgrounder/x"
            found = parse_report(body, url, "text/html; charset=utf-8", CAPTURED)
            assert isinstance(found, ParsedReport)
            yield name, found
        else:
            yield from ((name, one.report) for one in read_text(decode(body, name), name))


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
