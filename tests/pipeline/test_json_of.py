"""JSON of strangers: what it says can be kept, whatever it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.model.vocabulary import Kind
from pipeline.read.process import Limits, process
from pipeline.read.text.json_of import json_of
from tests.factories import page

READ = Path(__file__).parents[2] / "pipeline" / "read"
LOST = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (r'{"a": "x\ud800y"}', {"a": f"x{LOST}y"}),
        (r'["\uDFFF", "\ud83d\ude00"]', [LOST, "\N{GRINNING FACE}"]),
        (r'"\\ud800"', r"\ud800"),
        ('"пором"'.encode(), "пором"),
        ('"пором"'.encode("utf-16"), "пором"),
        (b'"\xed\xa0\x80"', LOST * 3),
        (b'\xef\xbb\xbf"a"', "a"),
    ],
)
def test_halves_of_pairs_are_told_to_be_lost_and_all_else_is_kept(
    said: str | bytes, found: object
) -> None:
    assert json_of(said) == found


def test_what_a_post_declares_can_be_kept() -> None:
    detail = {"media_url_https": "https://pbs.example/\ud800.jpg", "ext_alt_text": "\udfff pier"}
    made = page(
        1, kind=Kind.MEDIA, uri_r="https://cdn.example/list", step="listing",
        subject="https://x.com/a/status/2031000000000000001",
        headers={"content-type": "application/json"},
        body=json.dumps({"mediaDetails": [detail]}).encode(),
    )  # fmt: skip
    [picture] = process(made, Limits()).media
    for text in (picture.name, picture.url, picture.alt):
        assert (text or "").encode()


def test_nothing_that_reads_opens_json_of_strangers_otherwise() -> None:
    found = {path.name for path in READ.rglob("*.py") if "json.loads(" in path.read_text()}
    # a file of geolocations is the operator's own, and is refused where it is odd
    assert found == {"json_of.py", "features.py"}
