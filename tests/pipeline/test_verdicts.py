"""The judge of link rot: histories and what they make of a source."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.rot import Attempt, Drift, Probe, Reading, Verdict
from archive.model.times import format_time
from archive.model.vocabulary import ABSENCE_PROOFS, DriftClass, Outcome, Status
from pipeline.decide.drift import compare
from pipeline.decide.verdicts import (
    RULES,
    baseline,
    changes,
    judge_source,
    probe_place,
    sibling,
    wants_probe,
)

URL = "https://news.example/2026/03/bridge-closed"
BEGIN = datetime(2026, 3, 1, 6, tzinfo=UTC)
BLOCKING = [
    Outcome.FORBIDDEN, Outcome.CHALLENGE, Outcome.LOGIN_WALL, Outcome.PAYWALL, Outcome.CONSENT_WALL,
    Outcome.RATE_LIMITED, Outcome.THIN,
]  # fmt: skip
PASSING = [Outcome.TIMEOUT, Outcome.SERVER_ERROR, Outcome.CONNECTION_FAILURE, Outcome.TLS_FAILURE]


def try_(day: float, outcome: Outcome = Outcome.OK, **changes: object) -> Attempt:
    """An attempt so many days after the first; good ones have the same text unless told
    otherwise."""
    good = outcome in {Outcome.OK, Outcome.NOT_MODIFIED}
    made = Attempt(
        int(day * 1000) + 1, format_time(BEGIN + timedelta(days=day)), outcome, URL, URL,
        200 if good else None, digest="first" if good else None, words=300,
        title="Bridge closed" if good else None,
        drift=Drift(DriftClass.SAME, 0.0) if good and day else None,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type] - fields of an attempt


def last(*attempts: Attempt, probes: tuple[Probe, ...] = ()) -> Verdict:
    return judge_source(URL, attempts, probes)[-1]


def test_a_page_that_is_there_is_alive() -> None:
    assert last(try_(0), try_(1), try_(7, Outcome.NOT_MODIFIED)).status is Status.ALIVE


@pytest.mark.parametrize("outcome", sorted(ABSENCE_PROOFS))
def test_three_proofs_over_six_days_are_death(outcome: Outcome) -> None:
    found = last(try_(0), *(try_(day, outcome) for day in (1, 4, 7)))
    assert (found.status, found.rule) == (Status.DEAD, "three-strikes")
    assert found.since == format_time(BEGIN + timedelta(days=1))
    assert [strike["outcome"] for strike in found.evidence["strikes"]] == [outcome] * 3


@pytest.mark.parametrize("days", [(1, 2, 6.9), (1, 7), (1, 1.1, 1.2, 1.3)])
def test_fewer_proofs_or_a_shorter_time_only_make_it_suspect(days: tuple[float, ...]) -> None:
    assert last(try_(0), *(try_(day, Outcome.GONE) for day in days)).status is Status.SUSPECT


def test_tries_of_one_day_are_one_strike() -> None:
    days = (1, 1.2, 1.5, 8)
    assert last(try_(0), *(try_(day, Outcome.GONE) for day in days)).status is Status.SUSPECT


@pytest.mark.parametrize("outcome", [*BLOCKING, *PASSING, Outcome.ROBOTS_DISALLOWED])
def test_walls_and_failures_alone_never_make_it_dead(outcome: Outcome) -> None:
    found = judge_source(URL, [try_(0), *(try_(day, outcome) for day in range(1, 60, 3))])
    assert Status.DEAD not in {judged.status for judged in found}


@pytest.mark.parametrize("outcome", [*BLOCKING, *PASSING])
def test_what_proves_nothing_neither_counts_as_a_strike_nor_takes_one_back(
    outcome: Outcome,
) -> None:
    found = judge_source(
        URL,
        [
            try_(0),
            try_(1, Outcome.GONE),
            try_(3, outcome),
            try_(5, Outcome.GONE),
            try_(9, Outcome.GONE),
        ],
    )
    assert [judged.status for judged in found][-1] is Status.DEAD
    assert [judged.status for judged in found][-2] is Status.SUSPECT


def test_one_timeout_changes_nothing_and_a_second_on_another_day_does() -> None:
    found = judge_source(
        URL, [try_(0), try_(5, Outcome.TIMEOUT), try_(6, Outcome.TIMEOUT), try_(7)]
    )
    assert [judged.status for judged in found] == [
        Status.ALIVE, Status.ALIVE, Status.SUSPECT, Status.ALIVE,
    ]  # fmt: skip
    assert found[1].rule == "unreached-once"


def test_a_wall_that_came_later_is_said_so() -> None:
    assert last(try_(0), try_(30, Outcome.PAYWALL)).rule == "wall-came-later"
    assert last(try_(0, Outcome.LOGIN_WALL)).rule == "walled"


def test_what_comes_back_is_alive_and_its_death_stays_in_the_history() -> None:
    found = judge_source(URL, [try_(0), *(try_(day, Outcome.GONE) for day in (1, 4, 7)), try_(20)])
    assert [judged.status for judged in changes(found)] == [
        Status.ALIVE, Status.SUSPECT, Status.DEAD, Status.ALIVE,
    ]  # fmt: skip
    assert found[-1].rule == "came-back"
    assert len(found[-1].evidence["absent_before"]) == 3


def test_what_is_dead_stays_dead_behind_a_wall() -> None:
    dead = [try_(day, Outcome.GONE) for day in (1, 4, 7)]
    found = last(try_(0), *dead, try_(20, Outcome.CHALLENGE))
    assert (found.status, found.rule) == (Status.DEAD, "still-dead")
    assert found.since == format_time(BEGIN + timedelta(days=1))


# --- redirects ------------------------------------------------------------------------------------

ELSEWHERE = "https://other.example/archive/771"


def test_the_same_text_at_another_address_has_moved() -> None:
    assert last(try_(0), try_(9, final_url=ELSEWHERE)).status is Status.MOVED


@pytest.mark.parametrize("drift", [DriftClass.REPLACED, DriftClass.OFF_TOPIC])
def test_another_text_at_another_address_is_absence(drift: DriftClass) -> None:
    away = [
        try_(day, final_url=ELSEWHERE, digest="other", drift=Drift(drift, 0.9)) for day in (1, 4, 7)
    ]
    assert last(try_(0), away[0]).status is Status.SUSPECT
    assert last(try_(0), *away).status is Status.DEAD


def test_a_redirect_of_which_nobody_knows_whether_all_addresses_have_it_proves_nothing() -> None:
    other = Drift(DriftClass.OFF_TOPIC, 0.9)
    few = {"final_url": ELSEWHERE, "digest": "other", "notice": "few words"}
    away = [try_(d, drift=other, **few) for d in (1, 4, 7)]
    found = last(try_(0), *away)
    assert (found.status, found.rule) == (Status.BLOCKED, "everybody")
    assert "unproved" in found.evidence


@pytest.mark.parametrize(
    "final",
    [
        "http://news.example/2026/03/bridge-closed",
        "https://www.news.example/2026/03/bridge-closed/",
        "https://news.example/2026/03/bridge-closed?utm_source=feed", 
    ],
)  # fmt: skip
def test_another_spelling_of_the_address_is_no_move(final: str) -> None:
    assert last(try_(0), try_(9, final_url=final)).status is Status.ALIVE


def test_where_a_short_link_leads_is_for_whoever_made_it() -> None:
    short = "https://bit.ly/3abcdef"
    tries = [try_(day, url=short, final_url=ELSEWHERE) for day in (0, 9)]
    assert judge_source(short, tries)[-1].status is Status.ALIVE


# --- drift ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drift", "status"),
    [
        (DriftClass.SAME, Status.ALIVE), (DriftClass.MINOR, Status.ALIVE),
        (DriftClass.SUBSTANTIAL, Status.DRIFTED),
        (DriftClass.REPLACED, Status.DRIFTED), (DriftClass.OFF_TOPIC, Status.DRIFTED),
    ],
)  # fmt: skip
def test_from_a_substantial_edit_on_it_has_drifted(drift: DriftClass, status: Status) -> None:
    found = last(try_(0), try_(9, digest="other", drift=Drift(drift, 0.5)))
    assert (found.status, found.drift) == (status, drift)


def test_a_name_that_somebody_else_registered_has_drifted_off_topic_with_both_texts_as_evidence() -> (  # noqa: E501
    None
):
    other = Drift(
        DriftClass.OFF_TOPIC,
        1.0,
        evidence={"language": ["en", "tr"], "title": ["Bridge closed", "Bonus"]},
    )
    parked = [try_(day, Outcome.PARKED) for day in (10, 13, 17)]
    new = [try_(day, digest="casino", title="Bonus", drift=other) for day in (40, 47)]
    found = judge_source(URL, [try_(0), *parked, *new])
    assert [one.status for one in changes(found)] == [
        Status.ALIVE, Status.SUSPECT, Status.DEAD, Status.DRIFTED,
    ]  # fmt: skip
    assert found[-1].drift is DriftClass.OFF_TOPIC
    assert found[-1].evidence["language"] == ["en", "tr"]


def test_of_a_text_that_breaks_off_the_rest_is_kept_back_and_not_edited_away() -> None:
    first, cut = (
        "The bridge over the Ilma is closed since Monday. Forty families wait for it now.",
        "The bridge over the Ilma is cl…",
    )
    teaser = compare(Reading(first), Reading(cut))
    found = last(try_(0), try_(9, digest="cut", drift=teaser))
    assert (found.status, found.rule, found.evidence["by"]) == (
        Status.BLOCKED,
        "wall-came-later",
        "teaser",
    )
    assert found.drift is None
    shortened = compare(Reading(first), Reading("The bridge over the Ilma is closed since Monday."))
    assert last(try_(0), try_(9, digest="cut", drift=shortened)).status is Status.DRIFTED


@pytest.mark.parametrize("outcome", [Outcome.TRUNCATED, Outcome.TOO_LARGE])
def test_of_a_part_nothing_is_said_about_its_text(outcome: Outcome) -> None:
    part = try_(9, outcome, digest="half")
    assert (last(try_(0), part).status, last(try_(0), part).rule) == (Status.ALIVE, "in-part")
    edited = try_(5, digest="other", drift=Drift(DriftClass.SUBSTANTIAL, 0.4))
    found = last(try_(0), edited, part)
    assert (found.status, found.drift) == (Status.DRIFTED, DriftClass.SUBSTANTIAL)
    assert (
        last(try_(0), *(try_(day, Outcome.GONE) for day in (1, 4, 8)), part).status is Status.ALIVE
    )


def test_a_saved_redirect_that_nobody_followed_proves_nothing() -> None:
    saved = [try_(day, Outcome.REDIRECTED_AWAY, rule="redirect-not-followed") for day in (1, 5, 9,
        14)]  # fmt: skip
    assert Status.DEAD not in {one.status for one in judge_source(URL, [try_(0), *saved])}


# --- random siblings ------------------------------------------------------------------------------


def probe(day: float, digest: str | None, outcome: Outcome = Outcome.OK, **more: object) -> Probe:
    made = Probe(
        int(day * 1000) + 500, format_time(BEGIN + timedelta(days=day)), probe_place(URL), outcome,
        200,
        f"{probe_place(URL)}zzz", digest,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type] - fields of a probe


def changed(day: float) -> Attempt:
    return try_(day, digest="notice", drift=Drift(DriftClass.OFF_TOPIC, 1.0))


def test_a_page_that_any_address_gets_is_a_soft_404() -> None:
    tries = [try_(0), *(changed(day) for day in (1, 4, 7))]
    assert last(*tries).status is Status.DRIFTED
    assert last(*tries, probes=(probe(1, "notice"),)).status is Status.DEAD


def test_an_honest_404_for_any_address_speaks_for_the_page() -> None:
    tries = [try_(0), *(changed(day) for day in (1, 4, 7))]
    assert last(*tries, probes=(probe(1, None, Outcome.GONE),)).status is Status.DRIFTED


def test_a_site_whose_pages_always_looked_alike_is_no_soft_404() -> None:
    tries = [try_(day) for day in (0, 4, 8)]
    assert last(*tries, probes=(probe(4, "first"),)).status is Status.BLOCKED
    walled = [try_(0), try_(40)]
    assert last(*walled, probes=(probe(40, "first"),)).status is Status.ALIVE


def test_a_page_is_a_soft_404_by_its_own_text_and_not_by_the_newest() -> None:
    alike = probe(4, "error page", title="News", like=frozenset({"notice"}))
    tries = [try_(0), *(replace(changed(day), title="News") for day in (1, 4, 7))]
    assert last(*tries, probes=(alike,)).status is Status.DEAD
    back = try_(9, digest="whole again", title="News", drift=Drift(DriftClass.MINOR, 0.01))
    found = judge_source(URL, [*tries, back], [alike])
    assert [one.status for one in found[-2:]] == [Status.DEAD, Status.ALIVE]


def test_what_always_said_nearly_what_the_host_says_to_anything_is_no_soft_404() -> None:
    shell = probe(40, "shell", title="News", like=frozenset({"first", "other"}))
    tries = [try_(0, title="News"), try_(41, digest="other", title="News",
        drift=Drift(DriftClass.MINOR, 0.05))]  # fmt: skip
    assert last(*tries, probes=(shell,)).status is Status.ALIVE


def test_what_came_before_the_first_good_capture_is_judged_without_it() -> None:
    """The first try reached nobody, and the next one got what any address gets."""
    tries = [try_(0, Outcome.TIMEOUT), try_(4, drift=None), try_(8, drift=None)]
    shell = (probe(4, "first"),)
    then = judge_source(URL, tries, shell)
    assert then[-1].status is Status.BLOCKED
    assert judge_source(URL, [*tries, try_(34)], shell)[:3] == then


def test_a_probe_of_another_month_says_nothing() -> None:
    assert last(try_(0), changed(1), probes=(probe(60, "notice"),)).status is Status.DRIFTED


def test_a_probe_is_wanted_where_it_may_change_the_verdict_only() -> None:
    assert wants_probe(URL, [try_(0), changed(1)], [])
    assert not wants_probe(URL, [try_(0), changed(1)], [probe(1, "x")])
    assert not wants_probe(URL, [try_(0), try_(1)], [])
    assert not wants_probe(URL, [try_(0), try_(1, Outcome.GONE)], [])
    assert wants_probe(URL, [try_(0, words=12)], [])
    assert not wants_probe("https://news.example/", [try_(0, words=12)], [])


def test_a_sibling_stands_in_the_same_folder_and_keeps_the_ending() -> None:
    assert sibling("https://a.example/news/x.html?id=3", "qq") == "https://a.example/news/qq.html"
    assert sibling("https://a.example/news/x/", "qq") == "https://a.example/news/qq/"
    assert sibling("https://a.example/x", "qq") == "https://a.example/qq"


# --- neighbours, clocks ---------------------------------------------------------------------------


def test_a_host_whose_name_is_gone_is_gone_for_all_its_pages() -> None:
    near = [try_(day, Outcome.DNS_FAILURE, own=False) for day in (1, 4, 7)]
    assert last(try_(0), *near).status is Status.DEAD
    assert (
        last(try_(0), *(replace(one, outcome=Outcome.GONE) for one in near[:0])).status
        is Status.ALIVE
    )


def test_under_a_clock_that_is_a_day_off_nothing_is_decided() -> None:
    wrong = [try_(day, Outcome.GONE, clock_skew_s=200_000) for day in (10, 20, 30)]
    found = last(try_(0), *wrong)
    assert (found.status, found.rule) == (Status.ALIVE, "clock")


def test_a_parked_page_that_is_not_modified_is_still_parked() -> None:
    parked = [try_(1, Outcome.PARKED, http_status=200, digest="sale"), *(
        try_(day, Outcome.NOT_MODIFIED, http_status=304, digest="sale") for day in (4, 8)
    )]  # fmt: skip
    assert last(try_(0), *parked).status is Status.DEAD


def test_drift_is_measured_against_the_first_good_capture() -> None:
    good = try_(3)
    assert baseline([try_(0, Outcome.TIMEOUT), try_(1, Outcome.SOFT_404, digest="x"), good]) is good
    assert baseline([try_(0, Outcome.GONE)]) is None


# --- properties -----------------------------------------------------------------------------------

HISTORY = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(list(Outcome))), min_size=1, max_size=14,
    unique_by=lambda x: x[0]
)  # fmt: skip


@given(HISTORY)
def test_the_order_of_arrival_does_not_matter(history: list[tuple[int, Outcome]]) -> None:
    tries = [try_(day, outcome) for day, outcome in history]
    assert judge_source(URL, tries) == judge_source(URL, tries[::-1])


@given(HISTORY)
def test_death_always_rests_on_three_proofs_over_six_days(
    history: list[tuple[int, Outcome]],
) -> None:
    tries = sorted((try_(day, outcome) for day, outcome in history), key=lambda a: a.at)
    for judged in judge_source(URL, tries):
        if judged.rule == "three-strikes":
            proofs = [a for a in tries if a.at <= judged.at and a.outcome in ABSENCE_PROOFS]
            assert len(proofs) >= 3
            assert judged.evidence["days"] >= 6


@given(HISTORY)
def test_a_good_capture_always_ends_death(history: list[tuple[int, Outcome]]) -> None:
    tries = [try_(day, outcome) for day, outcome in history]
    assert last(*tries, try_(100)).status is not Status.DEAD


@given(HISTORY)
def test_later_attempts_change_no_earlier_judgement(history: list[tuple[int, Outcome]]) -> None:
    tries = sorted((try_(day, outcome) for day, outcome in history), key=lambda a: a.at)
    first = baseline(tries)
    known = tries.index(first) + 1 if first else 1
    for end in range(known, len(tries)):
        assert judge_source(URL, tries[:end]) == judge_source(URL, tries)[:end]


HARMLESS = [outcome for outcome in Outcome if outcome not in ABSENCE_PROOFS]


@given(st.lists(st.tuples(st.integers(0, 900), st.sampled_from(HARMLESS)), min_size=1, max_size=40,
    unique_by=lambda x: x[0]))  # fmt: skip
def test_what_proves_no_absence_never_kills_however_often(
    history: list[tuple[int, Outcome]],
) -> None:
    assert Status.DEAD not in {
        one.status for one in judge_source(URL, [try_(d, o) for d, o in history])
    }


@given(HISTORY, st.integers(0, 90), st.sampled_from(list(Outcome)))
def test_a_capture_that_arrives_late_changes_nothing_before_its_time(
    history: list[tuple[int, Outcome]], day: int, outcome: Outcome
) -> None:
    tries = [try_(0.5), *(try_(d + 1, o) for d, o in history)]
    late = try_(day + 1.7, outcome)
    before = [one for one in judge_source(URL, tries) if one.at < late.at]
    assert [one for one in judge_source(URL, [*tries, late]) if one.at < late.at] == before


@given(HISTORY)
def test_each_return_from_death_is_recorded_with_what_was_found_absent(
    history: list[tuple[int, Outcome]],
) -> None:
    found = judge_source(URL, [try_(d, o) for d, o in history])
    kept = changes(found)
    for one, then in itertools.pairwise(found):
        if one.status is Status.DEAD and then.status is not Status.DEAD:
            assert then.status in {Status.ALIVE, Status.MOVED, Status.DRIFTED}
            assert then in kept
            assert len(then.evidence["absent_before"]) >= 3


@given(HISTORY, st.lists(st.integers(0, 95), max_size=4, unique=True))
def test_the_order_in_which_probes_are_known_does_not_matter_to_the_status(
    history: list[tuple[int, Outcome]], days: list[int]
) -> None:
    tries = [replace(try_(d, o), digest="notice" if d % 2 else "first") for d, o in history]
    probes = [probe(day + 0.5, "notice") for day in days]
    one, other = judge_source(URL, tries, probes), judge_source(URL, tries, probes[::-1])
    assert [(j.status, j.rule) for j in one] == [(j.status, j.rule) for j in other]


@given(HISTORY)
def test_every_judgement_names_a_rule_that_is_explained(history: list[tuple[int, Outcome]]) -> None:
    assert {j.rule for j in judge_source(URL, [try_(day, o) for day, o in history])} <= set(RULES)
