"""A view of joins is shown without the number of its rows, unless somebody narrows it down."""

from __future__ import annotations

import re

import pytest
from datasette.app import Datasette

from archive.show import group_reading

_NUMBER = re.compile(r"\b\d+ rows?\b")


async def test_a_whole_view_of_joins_is_not_counted(datasette: Datasette) -> None:
    whole = await datasette.client.get("/archive/cited_sources")
    assert whole.status_code == 200
    assert "t.me" in whole.text
    assert not _NUMBER.search(whole.text)


@pytest.mark.parametrize("path", ["/archive/cited_sources?platform=telegram", "/archive/sources"])
async def test_what_is_narrowed_down_is_counted_and_so_is_a_table(
    datasette: Datasette, path: str
) -> None:
    assert _NUMBER.search((await datasette.client.get(path)).text)


async def test_of_a_large_host_what_was_cited_last_is_told_and_said_so(
    datasette: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await datasette.client.get("/-/host?host=t.me")
    assert "cited last" not in whole.text
    monkeypatch.setattr(group_reading, "MOST_READ", 0)
    part = await datasette.client.get("/-/host?host=t.me")
    assert "told of the 0 of them that were cited last" in " ".join(part.text.split())
