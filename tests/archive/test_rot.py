from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlite_utils
from click.testing import CliRunner, Result

from archive.config import load
from archive.db import folding
from archive.db.database import APPLICATION_ID, open_database
from archive.db.schema.migrations import migrations
from archive.errors import BadInputError
from archive.show import rot
from archive.show.lives import By, From, Measure
from archive.show.rot import Figures
from pipeline.cli.context import Context
from pipeline.cli.figures_text import WIDTH
from pipeline.cli.report_commands import report
from tests.archive.made_rot import day, figures, made_in, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.archive.made_rot import Made

HELD = ("there", "alive", "same")
GONE = ("three-strikes", "dead", None)
WALL = ("wall-came-later", "blocked", None)
NEVER = ("walled", "blocked", None)
OTHER = ("drifted", "drifted", "replaced")
BACK = ("came-back", "alive", "same")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    archive = made_in(tmp_path)
    yield archive
    archive.db.close()


def only(made: Made, kind: Measure = Measure.ROT, start: From = From.SEEN) -> Figures:
    """Of an archive where one report cites all there is."""
    made.report("s", "2026-01-01", [row["id"] for row in made.db["sources"].rows])
    return figures(made.db, kind, start=start)[0]


def test_a_death_counts_from_the_first_failing_check_not_from_the_proof(made: Made) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.judged(1, day(30), GONE, since=day(20))
    assert [(step.days, step.ended) for step in only(made).curve] == [(20.0, 1)]


def test_what_is_alive_is_censored_when_last_seen_and_other_archives_copies_see_nothing(
    made: Made,
) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.seen(1, day(12))
    made.seen(1, day(90), via="wayback")
    assert [(step.days, step.censored) for step in only(made).curve] == [(12.0, 1)]


def test_a_wall_tells_nothing_and_is_no_sight_of_the_page(made: Made) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.seen(1, day(5))
    made.judged(1, day(10), WALL)
    made.seen(1, day(50))
    found = only(made)
    assert [(step.days, step.censored) for step in found.curve] == [(5.0, 1)]
    assert (found.ended, found.share) == (0, 1.0)


def test_what_came_back_is_not_dead(made: Made) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.judged(1, day(20), GONE, since=day(10))
    made.judged(1, day(40), BACK)
    assert [(step.days, step.ended, step.censored) for step in only(made).curve] == [(40.0, 0, 1)]


def test_dead_on_arrival_ends_at_day_0_and_is_counted_apart(made: Made) -> None:
    made.judged(made.source(1), day(9), GONE, since=day(2))
    made.judged(made.source(2), day(0), HELD)
    found = only(made)
    assert (found.on_arrival, found.ended, found.share) == (1, 1, 0.5)
    assert (found.curve[0].days, found.curve[0].share) == (0.0, 0.5)


def test_what_was_never_seen_and_is_not_dead_is_in_no_curve(made: Made) -> None:
    made.judged(made.source(1), day(0), NEVER)
    made.source(2)
    found = only(made)
    assert (found.sources, found.untold, found.told, found.share) == (2, 2, 0, None)
    assert found.curve == ()


def test_drift_ends_at_the_first_other_text_and_death_censors_it(made: Made) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.judged(1, day(15), OTHER)
    made.judged(1, day(25), HELD)
    made.judged(made.source(2), day(0), HELD)
    made.judged(2, day(30), GONE, since=day(20))
    made.judged(made.source(3), day(0), ("there", "alive", None))  # no text: nothing to compare
    made.judged(made.source(4), day(9), GONE, since=day(2))
    found = only(made, Measure.DRIFT)
    assert (found.told, found.untold, found.ended, found.on_arrival) == (2, 2, 1, 0)
    assert [(step.days, step.ended, step.censored) for step in found.curve] == [
        (0.0, 0, 1), (15.0, 1, 0),
    ]  # fmt: skip


def test_reference_rot_ends_with_death_or_drift_whichever_came_first(made: Made) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.judged(1, day(15), OTHER)
    made.judged(1, day(30), GONE, since=day(20))
    made.judged(made.source(2), day(0), ("there", "alive", None))  # no text: it can only die
    made.judged(2, day(40), GONE, since=day(33))
    made.judged(made.source(3), day(0), HELD)
    made.judged(made.source(4), day(9), GONE, since=day(2))
    found = only(made, Measure.REFERENCE)
    assert (found.told, found.ended, found.on_arrival) == (4, 3, 1)
    assert [(step.days, step.ended) for step in found.curve] == [(0.0, 1), (15.0, 1), (33.0, 1)]


def test_the_gap_is_between_the_last_sight_and_the_first_failing_check(made: Made) -> None:
    for source, gone in ((1, 24), (2, 26), (3, 40)):
        made.judged(made.source(source), day(0), HELD)
        made.seen(source, day(20))
        made.judged(source, day(60), GONE, since=day(gone))
    made.judged(made.source(4), day(9), GONE, since=day(2))  # never seen: no gap
    assert only(made).gap == 6.0


def test_since_the_citation_a_source_is_at_risk_only_from_its_first_sight(made: Made) -> None:
    made.judged(made.source(1), day(100), HELD)  # cited on day 0, at six in the morning earlier
    made.judged(1, day(130), GONE, since=day(120))
    made.judged(made.source(2), day(0), HELD)
    made.seen(2, day(150))
    made.judged(made.source(3), day(110), HELD)
    made.seen(3, day(115))
    made.judged(made.source(4), day(109), GONE, since=day(102))  # dead on arrival: who knows when
    found = only(made, start=From.CITED)
    assert (found.told, found.ended, found.on_arrival) == (4, 2, 1)
    assert [(step.days, step.at_risk, step.ended) for step in found.curve] == [
        (116, 3, 0),
        (121, 2, 1),
        (151, 1, 0),
    ]  # by the end of the day
    assert found.half_life.value == 121


def test_what_is_known_only_from_before_its_citation_is_in_no_curve_since_it(made: Made) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.report("s", "2026-02-01", [1])
    assert figures(made.db, start=From.CITED)[0].curve == ()
    assert len(figures(made.db)[0].curve) == 1


def test_a_report_without_a_date_cites_when_that_was_first_seen(made: Made) -> None:
    made.judged(made.source(1), day(10), HELD)
    made.seen(1, day(12))
    made.db.execute("UPDATE sources SET first_cited_at = ?", [day(3)])
    made.report("s", None, [1])
    assert figures(made.db, start=From.CITED)[0].followed == 9.0


@pytest.fixture
def three(made: Made) -> Made:
    """Two reports, three sources: 1 is dead and cited by both."""
    made.judged(made.source(1, "telegram", "t.me"), day(0), HELD)
    made.judged(1, day(30), GONE, since=day(20))
    made.judged(made.source(2, "web", "b.example"), day(0), HELD)
    made.judged(made.source(3, "web", "c.example"), day(0), HELD)
    made.report("north", "2025-12-31", [1, 2])
    made.report("south", "2026-01-02", [1, 3])
    return made


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (By.REPORT, {"north/2025-12-31": (2, 1), "south/2026-01-02": (2, 1)}),
        (By.SERIES, {"north": (2, 1), "south": (2, 1)}),
        (By.PLATFORM, {"web": (2, 0), "telegram": (1, 1)}),
        (By.HOST, {"b.example": (1, 0), "c.example": (1, 0), "t.me": (1, 1)}),
        (By.YEAR, {"2025": (2, 1), "2026": (1, 0)}),
    ],
)
def test_each_source_counts_once_in_each_group(
    three: Made, by: By, groups: dict[str, tuple[int, int]]
) -> None:
    everything, *found = figures(three.db, by=by)
    assert (everything.group, everything.sources, everything.ended) == ("all", 3, 1)
    assert {one.group: (one.sources, one.ended) for one in found} == groups


@pytest.mark.parametrize("kind", list(Measure))
def test_the_figures_of_one_host_alone_are_those_of_its_group(three: Made, kind: Measure) -> None:
    settle(three.db)
    grouped = {one.group: one for one in figures(three.db, kind, By.HOST)}
    for host in ("t.me", "b.example"):
        alone = rot.figures_of(three.db, host, "sources.host = :host", {"host": host}, kind)
        assert alone == grouped[host]


@pytest.mark.parametrize("start", list(From))
@pytest.mark.parametrize(
    ("by", "first"), [(By.HOST, ["t.me", "b.example"]), (By.REPORT, ["north/2026-02-01"])]
)
def test_of_the_first_groups_the_figures_are_those_of_all(
    three: Made, by: By, first: list[str], start: From
) -> None:
    three.source(4, "telegram", "t.me")
    three.report("north", "2026-02-01", [1, 4])
    everything, *groups = figures(three.db, by=by, start=start)
    found, left_out = rot.figures_of_first(three.db, Measure.ROT, by, start, len(first))
    assert found == [everything, *(one for one in groups if one.group in first)]
    assert left_out == len(groups) - len(first)
    whole, none_left = rot.figures_of_first(three.db, Measure.ROT, by, start, 100)
    assert (whole, none_left) == ([everything, *groups], 0)
    [drawn, *others], _ = rot.figures_of_first(three.db, Measure.ROT, by, start, 100, 1)
    assert drawn == everything
    for one, other in zip(groups, others, strict=True):
        steep = tuple(step for step in one.curve if step.ended or step is one.curve[-1])
        assert other == replace(one, curve=steep)


@pytest.mark.parametrize("by", list(By))
def test_the_views_count_as_the_report_does(three: Made, by: By) -> None:
    three.judged(three.source(4, "telegram", "t.me"), day(0), NEVER)
    three.judged(three.source(5, "web", "b.example"), day(0), HELD)
    three.judged(5, day(10), OTHER)
    three.judged(three.source(6, "web", "b.example"), day(0), HELD)
    three.judged(6, day(10), WALL)
    three.source(7, "x", "x.com")
    three.report("north", "2026-02-01", [4, 5, 6, 7])
    settle(three.db)
    three.db.execute("UPDATE sources SET captures = id != 7")
    rows = {row[by]: row for row in three.db.query(f"SELECT * FROM rot_by_{by}")}
    found = {one.group: one for one in figures(three.db, by=by)[1:]}
    assert set(rows) == set(found)
    for name, one in found.items():
        row = rows[name]
        assert (row["cited"], row["told"], row["dead"]) == (one.sources, one.told, one.ended)
        left = None if one.share is None else pytest.approx(1 - one.share, abs=1e-4)
        assert row["share_dead"] == left
        fates = ("alive", "moved", "drifted", "suspect", "dead", "blocked", "refused", "unchecked")
        assert sum(row[fate] for fate in fates) == row["cited"]
    assert sum(row["drifted"] for row in rows.values()) == 1
    assert {row["share_drifted"] for row in rows.values()} <= {None, 0, 0.3333, 0.5, 1}


def test_an_archive_from_before_gets_the_views_that_a_new_one_has(
    tmp_path: Path, made: Made
) -> None:
    names = "SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name"
    path = tmp_path / "before.db"
    before = sqlite_utils.Database(path)
    before.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m008_rot_figures")
    before.execute(
        "INSERT INTO sources (id, url, cited_url, host, domain, platform, status, captures)"
        " VALUES (1, 'u', 'u', 'a.example', 'a.example', 'web', 'dead', 3)"
    )
    assert "rot_by_host" not in before.view_names()
    before.close()
    with open_database(path) as after:
        assert after.execute(names).fetchall() == made.db.execute(names).fetchall()
        assert list(after.query("SELECT host, seen, dead FROM hosts")) == [
            {"host": "a.example", "seen": 0, "dead": 1}
        ]


def test_the_cited_share_counts_a_source_once_for_each_report(three: Made) -> None:
    found = figures(three.db)[0]
    assert found.share == pytest.approx(2 / 3)
    assert found.cited_share == pytest.approx(2 / 4)


def test_since_and_least_leave_out_citations_and_small_groups(three: Made) -> None:
    assert [one.group for one in figures(three.db, by=By.PLATFORM, least=2)] == ["all", "web"]
    assert figures(three.db, since="2026-01-01")[0].sources == 2
    with pytest.raises(BadInputError, match="2027-01-01 or later"):
        figures(three.db, since="2027-01-01")


def test_a_report_without_a_date_is_undated(made: Made) -> None:
    made.judged(made.source(1), day(0), HELD)
    made.report("s", None, [1])
    assert [one.group for one in figures(made.db, by=By.YEAR)] == ["all", "undated"]


def run(tmp_path: Path, *words: str) -> Result:
    data = tmp_path / "data"
    with open_database(data / "archive.db") as db:
        db.execute("PRAGMA foreign_keys = OFF")
        settle(db)
        db.conn.commit()
    return CliRunner().invoke(report, ["rot", *words], obj=Context(data, None, load(data, None)))


def test_the_table_says_what_is_counted_and_has_a_line_a_group(tmp_path: Path, three: Made) -> None:
    three.db.conn.commit()
    result = run(tmp_path, "--by", "platform")
    assert result.exit_code == 0, result.output
    said, _, table = result.output.partition("\n\n")
    assert said.startswith("Cited sources that could be seen")
    assert "20.0 days (median)" in " ".join(said.split())
    assert max(map(len, said.splitlines())) <= WIDTH
    over, under, *rows = table.splitlines()
    assert "half-life" in over
    assert under.split()[:7] == ["sources", "untold", "dead", "at", "once", "left", "cited"]
    assert [row.split()[0] for row in rows] == ["all", "web", "telegram"]
    assert "20 (" in rows[2]
    assert "over 0" not in rows[1], "longer than no day at all says nothing"


def test_a_half_life_that_no_life_reached_is_over_what_was_followed(
    tmp_path: Path, made: Made
) -> None:
    for source in range(1, 6):
        made.judged(made.source(source), day(0), HELD)
        made.seen(source, day(45))
    made.judged(5, day(40), GONE, since=day(33))
    made.report("s", "2026-01-01", [1, 2, 3, 4, 5])
    made.db.conn.commit()
    [line] = [row for row in run(tmp_path).output.splitlines() if row.startswith("all")]
    assert "over 45" in line
    answer = json.loads(run(tmp_path, "--json", "--from", "citation").output)
    assert answer["from"] == "citation"
    assert answer["counted"].endswith("in no curve.")
    assert answer["groups"][0]["half_life"]["value"] is None


def test_json_has_every_step_and_csv_a_line_a_group(tmp_path: Path, three: Made) -> None:
    three.db.conn.commit()
    answer = json.loads(run(tmp_path, "--by", "host", "--json").output)
    assert answer["kind"] == "rot"
    assert [step["days"] for step in answer["groups"][0]["curve"]] == [0.0, 20.0]
    rows = list(
        csv.DictReader(run(tmp_path, "--by", "host", "--format", "csv").output.splitlines())
    )
    assert [row["group"] for row in rows] == ["all", "b.example", "c.example", "t.me"]
    assert (rows[3]["ended"], rows[3]["half_life"], rows[1]["half_life"]) == ("1", "20.0", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "colour"), "'colour' is not one of"),
        (("--kind", "rust"), "'rust' is not one of"),
        (("--from", "birth"), "'birth' is not one of"),
        (("--since", "yesterday"), "is no day"),
        (("--min", "0"), "not in the range"),
    ],
)
def test_wrong_words_are_refused_with_what_is_right(
    tmp_path: Path, three: Made, words: tuple[str, ...], said: str
) -> None:
    three.db.conn.commit()
    result = run(tmp_path, *words)
    assert result.exit_code == 2
    assert said in result.output


def test_an_archive_that_cites_nothing_says_so(tmp_path: Path, made: Made) -> None:
    made.db.conn.commit()
    result = run(tmp_path)
    assert isinstance(result.exception, BadInputError)
    assert "no source is cited; collect or import reports first" in str(result.exception)
