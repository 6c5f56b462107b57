"""Accounts over time: kept with each capture, judged by, and shown on the account's page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.config import Settings
from archive.model.understood import PageText
from archive.model.vocabulary import Kind
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, note, page, report
from tests.saved import rows
from tests.serving import in_process

OLD, NEW, OTHER = "https://t.me/shore/42", "https://t.me/shore_news/7", "https://t.me/shore/43"
SAID = "The bridge over the river is closed to all cars since this morning, the city says."
COINS = "Buy our coins today and win a holiday for two on an island that you will never forget."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A channel that took another name, and whose old one was taken by somebody else."""
    root = tmp_path_factory.mktemp("accounts") / "data"
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        cited = report(notes=(note("1", OLD), note("2", NEW), note("3", OTHER)))
        samples.keep(archive, page(1, captured_at=at(0)), report=cited)
        _come(archive, 2, OLD, 1, SAID, "1700000001", "Shore", "10K")
        _come(archive, 3, OTHER, 2, SAID + " More to come.", "1700000001", "Shore", "11K")
        _come(archive, 4, NEW, 60, SAID, "1700000001", "Shore News", "20K")
        _come(archive, 5, OTHER, 90, COINS, "1700000002", samples.SCRIPT, "3")
        _come(archive, 6, OLD, 95, COINS, None, None, None)
    return root


def _come(  # noqa: PLR0917
    archive: Archive, number: int, url: str, hours: int, text: str,
    account: str | None, name: str | None, subscribers: str | None,
) -> None:  # fmt: skip
    facts = {"account_id": account, "account_name": name, "subscribers": subscribers}
    told = PageText(text, language="en", facts=tuple((k, v) for k, v in facts.items() if v))
    fetched = page(
        number, kind=Kind.SOURCE, uri_r=url, captured_at=at(hours), body=f"{text}{number}".encode()
    )
    samples.keep(archive, fetched, text=told)


def test_all_posts_of_an_account_are_judged_by_who_holds_its_address(folder: Path) -> None:
    found = dict(rows(folder, "SELECT url, status FROM sources WHERE platform = 'telegram'"))  # type: ignore[arg-type]
    assert found == {OLD: "blocked", OTHER: "blocked", NEW: "alive"}
    kinds = rows(
        folder, "SELECT kind, capture_id FROM events WHERE source_id IS NOT NULL ORDER BY 2"
    )
    assert kinds == [("identity-changed", 5), ("identity-changed", 6)]


def test_one_number_has_its_names_and_one_address_its_holders(folder: Path) -> None:
    found = rows(folder, "SELECT account, account_id, captures FROM accounts ORDER BY 1, 2")
    assert found == [
        ("shore", "1700000001", 2), ("shore", "1700000002", 1), ("shore_news", "1700000001", 1),
    ]  # fmt: skip


@pytest.fixture
async def served(folder: Path) -> AsyncIterator[Datasette]:
    async with in_process(folder) as datasette:
        yield datasette


async def test_the_account_page_shows_who_is_behind_it(served: Datasette) -> None:
    shown = (await served.client.get("/-/account?platform=telegram&account=shore")).text
    assert "The address was held by 2 accounts" in shown
    assert "10K to 11K" in shown
    assert "account=shore_news" in shown
    assert samples.SCRIPT not in shown


async def test_a_renamed_account_leads_to_its_old_name(served: Datasette) -> None:
    shown = (await served.client.get("/-/account?platform=telegram&account=shore_news")).text
    assert "The address was held" not in shown
    assert "account=shore&" in shown or 'account=shore"' in shown
