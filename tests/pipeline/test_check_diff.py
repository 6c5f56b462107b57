"""`check --diff`: which texts are compared, and why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.config import Settings
from archive.errors import BadInputError
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Outcome
from pipeline.run.ingest import Archive
from pipeline.run.jobs.check import difference
from tests.factories import at, note, page, processed, report, written

URL = "https://news.example/ferry"
CALM = "The ferry crosses in the morning and in the evening while the bridge is being mended. " * 5


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", Settings(), run=None) as opened:
        cites = report(notes=(note("1", URL),))
        opened.commit(processed(page(1), report=cites), written(page(1)))
        yield opened


def come(archive: Archive, number: int, outcome: Outcome, text: str | None = None) -> None:
    made = page(number, kind=Kind.SOURCE, uri_r=URL, captured_at=at(100 * number))
    told = PageText(text) if text else None
    archive.commit(processed(made, outcome, text=told), written(made))


def test_of_what_is_gone_it_is_said_which_texts_are_compared_and_that_no_later_one_is(
    archive: Archive,
) -> None:
    come(archive, 2, Outcome.OK, CALM)
    come(archive, 3, Outcome.OK, CALM + "A second boat joins it.")
    come(archive, 4, Outcome.GONE)
    found = difference(archive.folder, URL)
    assert "+ A second boat joins it." in found.lines
    first, newest = (f"{at(hours):%Y-%m-%d %H:%M}" for hours in (200, 300))
    assert found.compared == (
        f"its first text ({first}) beside its newest ({newest}); 1 capture after it has no text to "
        "compare (status suspect)"
    )


@pytest.mark.parametrize(
    ("texts", "why"), [((), "no capture of it has a text"), ((CALM,), "captured once, on ")]
)
def test_where_nothing_can_be_compared_it_is_said_why_and_where_more_is(
    archive: Archive, texts: tuple[str, ...], why: str
) -> None:
    for number, text in enumerate(texts, start=2):
        come(archive, number, Outcome.OK, text)
    come(archive, 9, Outcome.GONE)
    with pytest.raises(BadInputError, match=why) as raised:
        difference(archive.folder, URL)
    assert "--explain" in str(raised.value)
