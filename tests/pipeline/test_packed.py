"""What was read, as text: it comes back as it was, and nothing else is ever made of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from archive.model.media import MediaKind
from archive.model.understood import PageText, TextLink
from archive.model.vocabulary import Kind, Outcome
from pipeline.read.process import Limits, process
from pipeline.read.references.kinds import NoteKind
from pipeline.run.packed import PackingError, pack, unpack
from pipeline.run.reader_key import reader_key
from tests import factories
from tests.replica.world import SMALL, build_world, fetch, reports


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -1.5, "", "дім \ud83d \0", (), (1, ("a", None)), [1, (2,)],
        {"a": [1], 2: (3,)}, datetime(2026, 3, 1, 8, tzinfo=UTC), date(2026, 3, 1),
        Outcome.OK, MediaKind.POSTER, NoteKind.CITED,
        PageText("x", links=(TextLink("u", "w"),)),
    ],
)  # fmt: skip
def test_what_is_packed_comes_back_of_its_own_kind(value: Any) -> None:
    back = unpack(pack(value))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.SOURCE])
def test_a_page_that_was_read_comes_back_whole(kind: Kind) -> None:
    url = next(one.url for one in reports(SMALL) if one.site == "isw")
    page = factories.page(1, body=fetch(build_world(SMALL), url, factories.at(720)).body)
    page = replace(page, final_url=url, context=replace(page.context, kind=kind, uri_r=url))
    read = replace(process(page, Limits()), page=None)  # type: ignore[arg-type]
    assert read.report is not None or read.text is not None
    assert unpack(pack(read)) == read
    assert "\n" not in pack(read)


@pytest.mark.parametrize("value", [object(), {1}, b"bytes", 1j, factories.at, Limits()])
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"no form|no record"):
        pack(value)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "{}", '{"r":[]}', '{"r":["Path","/etc"]}', '{"r":["Outcome","ok"]}',
        '{"e":["PageText","x"]}', '{"e":["Outcome","no such"]}', '{"r":["PageText"]}',
        '{"x":1}', '{"e":["Outcome","ok"],"t":"x"}', '{"t":"yesterday"}', '{"d":1}',
        json.dumps({"r": ["__import__", "os"]}), "[" * 100_000,
    ],
)  # fmt: skip
def test_what_others_wrote_makes_nothing(text: str) -> None:
    with pytest.raises(PackingError):
        unpack(text)


def test_readings_of_other_bounds_have_another_key() -> None:
    assert reader_key(Limits()) == reader_key(Limits())
    assert reader_key(Limits()) != reader_key(Limits(max_bytes=1))
