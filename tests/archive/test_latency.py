"""Latency: from a post to its citation and its capture, and who was first."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from datasette.app import Datasette

from archive.config import Settings
from archive.db.database import open_readonly
from archive.model.latency import By
from archive.model.reports import Marker
from archive.model.times import format_time
from archive.model.understood import PageText, Signature
from archive.model.vocabulary import Kind, Outcome, Via
from archive.show import latency
from archive.show.plain import span_told, wait_told
from archive.web import cached_figures
from archive.web import latency as latency_page
from pipeline.cli.main import main
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, note, page, processed, report, written
from tests.saved import rows
from tests.serving import in_process

RIVER, SHORE, QUAY = "https://t.me/river/1", "https://t.me/shore/2", "https://t.me/quay/3"
LATE, HANDED = "https://t.me/river/9", "https://t.me/harbour/4"
NEWS = "https://news.example/denied"
WORDS = (
    "The bridge over the river is closed to all cars since this morning, the city says, and it "
    "will stay closed until the pillars were looked at by people who know about pillars."
)


def come(archive: Archive, number: int, url: str, hours: float, posted: float | None,
         text: str = "", **facts: str) -> None:  # fmt: skip
    if posted is not None:
        facts["posted_at"] = format_time(at(posted))
    told = PageText(
        text or f"{WORDS} {number}", language="en", facts=tuple(facts.items()),
        published=None if posted is not None else "2026-03-02",
    )  # fmt: skip
    fetched = page(
        number, kind=Kind.SOURCE, uri_r=url, captured_at=at(hours), body=f"{number}".encode()
    )
    samples.keep(archive, fetched, text=told, signature=Signature(30))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report published at hour 0; two sentences, posts of some hours before, one of after."""
    root = tmp_path_factory.mktemp("latency") / "data"
    cited = report(
        text="A depot burned near the port.[1] Officials denied it.[2]",
        markers=(Marker("1", "A depot burned near the port."), Marker("2", "Officials denied it.")),
        notes=(note("1", RIVER, SHORE, HANDED), note("2", NEWS, QUAY, SHORE, LATE)),
        published_at=format_time(at(0)),
    )
    with Archive.open(root, Settings(), run="test") as archive:
        samples.keep(archive, page(1, captured_at=at(1)), report=cited)
        come(archive, 2, RIVER, 2, -10, WORDS)
        come(archive, 3, SHORE, 3, -4, WORDS)
        come(archive, 4, QUAY, 4, -6)
        come(archive, 5, LATE, 5, 1)
        come(archive, 6, NEWS, 6, None)
        come(archive, 7, HANDED, 7, -20, forwarded_url="https://t.me/river/1")
        later = report(
            text=cited.text + " More came.[3]", published_at=format_time(at(0)),
            modified_at=format_time(at(30)), markers=(*cited.markers, Marker("3", "More came.")),
            notes=(*cited.notes, note("3", "https://t.me/river/20")),
        )  # fmt: skip
        samples.keep(archive, page(8, captured_at=at(31)), report=later)
        come(archive, 9, "https://t.me/river/20", 32, 20)
    return root


def asked(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(folder), "report", "latency", *words])


def groups(folder: Path, *words: str) -> dict[str, dict]:
    done = asked(folder, "--json", *words)
    assert done.exit_code == 0, done.output
    return {one["group"]: one for one in json.loads(done.stdout)["groups"]}


def test_a_citation_counts_from_the_report_and_a_later_one_from_the_change(folder: Path) -> None:
    found = dict(
        rows(folder, "SELECT url, hours_to_citation FROM post_latency WHERE account IS NOT NULL")
    )  # type: ignore[arg-type]
    assert found == {
        RIVER: 10, SHORE: 4, QUAY: 6, LATE: -1, HANDED: 20, "https://t.me/river/20": 10,
    }  # fmt: skip
    [(hours, days, captured)] = rows(
        folder,
        "SELECT hours_to_citation, days_to_citation, hours_to_capture FROM post_latency "
        "WHERE account IS NULL",
    )
    assert (hours, days, captured) == (None, 2, 6)  # a page that names the day alone


def test_medians_are_told_of_all_and_of_groups_without_what_came_later(folder: Path) -> None:
    found = groups(folder, "--by", "account")
    everything = found["all"]
    assert (everything["sources"], everything["by_day"], everything["later"]) == (7, 1, 1)
    assert everything["to_citation_h"] == 10
    assert everything["to_capture_h"] == 4
    river = found["telegram/river"]
    assert (river["sources"], river["to_citation_h"], river["later"]) == (3, 10, 1)
    assert set(groups(folder, "--by", "host")) == {"all", "t.me", "news.example"}
    assert groups(folder, "--by", "host")["news.example"]["to_citation_h"] == 48
    assert set(groups(folder, "--by", "series")) == {"all", "iran-update"}
    assert set(groups(folder, "--by", "year")) == {"all", "2026"}
    assert set(groups(folder, "--by", "account", "--min", "2")) == {"all", "telegram/river"}


def test_who_is_first_is_counted_without_forwards(folder: Path) -> None:
    found = groups(folder, "--by", "account")
    firsts = {name: one["firsts"] for name, one in found.items() if one["firsts"]}
    assert firsts["telegram/river"] == {"together": 2, "first": 1, "copied": 1, "earliest": 1}
    assert firsts["telegram/shore"] == {"together": 2, "first": 0, "copied": 1, "earliest": 0}
    assert firsts["telegram/quay"] == {"together": 1, "first": 1, "copied": 0, "earliest": 0}
    assert firsts["telegram/harbour"] == {"together": 0, "first": 0, "copied": 0, "earliest": 0}


def test_as_of_a_moment_only_what_was_captured_by_then_is_told(folder: Path) -> None:
    then = groups(folder, "--by", "account", "--as-of", format_time(at(3.5)))
    assert set(then) == {"all", "telegram/river", "telegram/shore"}
    assert then["telegram/river"]["firsts"]["together"] == 1
    assert then["all"]["sources"] == 2


def test_the_table_is_for_people_and_the_csv_for_machines(folder: Path) -> None:
    said = asked(folder, "--by", "account").output
    assert said.count("telegram/river") == 2, "who was first is a table of its own"
    assert "earliest" in said
    assert max(map(len, said.splitlines())) <= 100
    lines = asked(folder, "--by", "platform", "--format", "csv").output.splitlines()
    assert lines[0].startswith("group,sources,by_day,later,to_citation_h")
    assert {line.count(",") for line in lines} == {lines[0].count(",")}
    assert asked(folder, "--json", "--format", "csv").exit_code == 2


def test_nothing_cited_has_no_latency(tmp_path: Path, folder: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test"):
        pass
    for nothing in (asked(tmp_path / "data"), asked(tmp_path / "data", "--by", "account")):
        assert (nothing.exit_code, nothing.stdout) == (2, "")
        assert "collect or import reports first" in nothing.stderr
    later = asked(folder, "--since", "2027-01-01")
    assert later.exit_code == 2
    assert "dated 2027-01-01 or later" in later.stderr


@pytest.mark.parametrize("order", [(2, 3, 4), (4, 3, 2)])
def test_when_a_post_was_made_its_first_good_capture_says_in_any_order(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        for number in order:
            if number == 2:  # another archive's copy comes after our own
                facts = (("posted_at", format_time(at(-99))),)
                made = page(2, kind=Kind.SOURCE, uri_r=RIVER, captured_at=at(0), via=Via.WAYBACK)
                told = PageText(WORDS, facts=facts)
                archive.commit(processed(made, Outcome.OK, text=told), written(made))
            else:
                come(archive, number, RIVER, number, -number)
    assert rows(tmp_path / "data", "SELECT posted_at FROM sources") == [(format_time(at(-3)),)]


@pytest.fixture
async def served(folder: Path) -> AsyncIterator[Datasette]:
    async with in_process(folder) as datasette:
        yield datasette


async def test_the_figures_stand_on_a_page(served: Datasette) -> None:
    shown = (await served.client.get("/-/latency?by=account")).text
    assert 'account=river"><bdi>telegram/river</bdi></a></th>' in shown
    assert "<td>10.0 hours</td>" in shown
    assert "cited together" in shown
    assert "cited together" not in (await served.client.get("/-/latency")).text
    told = (await served.client.get("/-/latency.json?by=host")).json()
    assert told["groups"][0]["sources"] == told["groups"][1]["sources"] + 1
    wrong = await served.client.get("/-/latency?by=moon")
    assert wrong.status_code == 404
    assert "by: &#39;moon&#39; is none of account, platform" in wrong.text


@pytest.mark.parametrize("by", [None, *By])
def test_of_all_sources_by_number_the_figures_are_those_of_all(folder: Path, by: By | None) -> None:
    with closing(open_readonly(folder / "archive.db")) as db:
        sources = [row[0] for row in db.execute("SELECT id FROM sources").fetchall()]
        assert latency.figures(db, by, chosen=sources) == latency.figures(db, by)


async def test_of_more_sources_than_a_page_reads_it_says_that_it_tells_of_the_last_ones(
    served: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latency_page, "MOST_READ", 2)
    cached_figures.forget()
    told = (await served.client.get("/-/latency.json")).json()
    assert told["newest"] == 2 >= told["groups"][0]["sources"]
    assert "Of the 2 sources that were cited last" in (await served.client.get("/-/latency")).text
    monkeypatch.undo()
    cached_figures.forget()
    assert (await served.client.get("/-/latency.json")).json()["newest"] is None


async def test_the_page_of_an_account_tells_how_soon_it_is_cited(served: Datasette) -> None:
    shown = (await served.client.get("/-/account?platform=telegram&account=river")).text
    assert "<strong>10.0 hours</strong> (median)" in shown
    assert "In 1 of the 2 sentences that cite it together with other accounts" in shown
    assert "it had 1 first" in shown
    told = (await served.client.get("/-/account.json?platform=telegram&account=river")).json()
    assert told["latency"]["sources"] == 3
    shown = (await served.client.get("/-/host?host=news.example")).text
    assert "<strong>2 days</strong> (median)" in shown
    assert "1 of them by the day alone" in shown


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.0, "less than a minute"), (1 / 60, "1 minute"), (0.5, "30 minutes"), (1, "1.0 hours"),
     (47.9, "47.9 hours"), (48, "2 days"), (2400, "100 days")],
)  # fmt: skip
def test_spans_are_told_in_units_that_fit(hours: float, words: str) -> None:
    assert span_told(hours) == words


@pytest.mark.parametrize(
    ("hours", "by_day", "words"),
    [(0.0, True, "the same day"), (24.0, True, "1 day"), (36.0, True, "1.5 days"),
     (0.0, False, "the same day"), (5.2, False, "5.2 hours")],
)  # fmt: skip
def test_what_is_known_by_the_day_is_told_in_days(hours: float, by_day: bool, words: str) -> None:
    assert wait_told(hours, by_day=by_day) == words
