"""Lives of sources in the grain in which they are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.times import format_time
from archive.show import rot
from archive.show.lasting import tally
from archive.show.lives import APART, By, From, Measure, cells, seen_for
from archive.show.survival import curve_of
from tests.archive.made_rot import made_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive.made_rot import Made


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_in(tmp_path)


LIFE = st.tuples(
    st.sampled_from(("web", "x")),
    st.integers(0, 800 * 24),  # hours until it was last seen
    st.one_of(st.none(), st.integers(0, 800 * 24)),  # and from then to the first failing check
    st.booleans(),
    st.integers(-40 * 24, 800 * 24),  # and from its citation to the first sight
)


@pytest.mark.parametrize("kind", list(Measure))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=st.lists(LIFE, min_size=1, max_size=30))
def test_lives_that_are_counted_are_those_of_the_sources(
    made: Made, kind: Measure, found: list[tuple[str, int, int | None, bool, int]]
) -> None:
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    made.db.execute("DELETE FROM sources")
    for number, (platform, last, gap, drifted, entry) in enumerate(found, 1):
        end = None if gap is None else format_time(begun + timedelta(hours=last + gap))
        made.source(number, platform)
        made.db.execute(
            "UPDATE sources SET report_count = 1, compared = 1, first_cited = ?, "
            "first_seen_at = ?, last_seen_at = ?, status = iif(? IS NULL, 'alive', 'dead'), "
            "dead_since = ?, drifted_at = ? WHERE id = ?",
            [format_time(begun - timedelta(hours=entry)), format_time(begun),
             format_time(begun + timedelta(hours=last)), end, end,
             format_time(begun + timedelta(hours=last // 2)) if drifted else None, number],
        )  # fmt: skip
    one_by_one = rot.figures_of(made.db, "all", "1", {}, kind)
    counted = rot.figures(made.db, kind, By.PLATFORM)
    assert one_by_one == counted[0]
    assert sum(one.sources for one in counted[1:]) == len(found)
    at_host = rot.figures(made.db, kind, By.HOST)[1]
    assert replace(at_host, group="all") == one_by_one
    for by in APART:
        each = cells(made.db, by, start=From.CITED)
        assert {
            one.group: one.curve for one in rot.figures(made.db, kind, by, start=From.CITED)[1:]
        } == {name: curve_of(tally(kind, From.CITED, group).lives) for name, group in each.items()}


@given(st.integers(0, 4000 * 24))
def test_within_any_days_of_a_year_as_many_ended_as_by_the_hour(hours: int) -> None:
    ended, lasted = (seen_for(hours, ended=end) for end in (True, False))
    assert ended is not None
    assert lasted is not None
    for days in rot.HORIZONS:
        assert (ended[0] <= days) == (hours <= 24 * days)
    assert ended[0] == lasted[0]
    assert 0 <= ended[0] - hours / 24 < 1


@pytest.mark.parametrize("days", [20, 50, 404])
def test_what_was_seen_in_the_round_that_found_another_dead_was_at_risk(
    made: Made, days: int
) -> None:
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    made.db.execute("DELETE FROM sources")
    looked = format_time(begun + timedelta(days=days, minutes=20))
    for number in range(1, 11):
        made.source(number, "web")
        made.db.execute(
            "UPDATE sources SET report_count = 1, first_seen_at = ?, last_seen_at = ?, status = ?, "
            "dead_since = ? WHERE id = ?",
            [format_time(begun), *((format_time(begun + timedelta(days=1)), "dead", looked)
             if number == 1 else (looked, "alive", None)), number],
        )  # fmt: skip
    [found] = rot.figures(made.db, Measure.ROT, None)
    assert found.curve[-1].share == pytest.approx(0.9)
