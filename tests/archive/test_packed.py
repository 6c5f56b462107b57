"""Records that travel between processes come out as they went in."""

from __future__ import annotations

import copy
import pickle

import pytest

from archive.model.reports import CitedUrl, Figure, Marker, Note, Section
from archive.model.sources import SourceRow
from archive.model.speech import Hedge, Role, Speech

_RECORDS = (
    CitedUrl("https://a.example/", "a.example", ("scheme",)),
    Note("1", "Words.", (CitedUrl("https://a.example/", "a.example"),)),
    Marker("1", "Officials said so.", None, (), Speech(Hedge.REPORTED, Role.OFFICIAL)),
    Section(None, "Text."),
    Figure("https://a.example/p.png", None),
    SourceRow(1, "https://a.example/", "http://a.example", "a.example", "a.example", "web",
              None, None, None),
)  # fmt: skip


@pytest.mark.parametrize("record", _RECORDS, ids=lambda one: type(one).__name__)
def test_a_packed_record_comes_back_equal(record: object) -> None:
    assert pickle.loads(pickle.dumps(record)) == record
    assert copy.copy(record) == record
