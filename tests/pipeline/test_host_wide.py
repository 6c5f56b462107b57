"""What a host shows to everybody, in words that no rule knows: neither a death, nor the page's
text, nor an edit of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Outcome
from pipeline.decide.verdicts import probe_place
from pipeline.read.notice import notice_digest, same_but_for_incidents, words_in
from pipeline.run import ingest
from tests.factories import at, page, processed, written

HOST = "https://gazette.example"
ONE, TWO, THREE = (f"{HOST}/{path}" for path in ("world/ferry", "city/bridge", "sport/regatta"))
DAY = 24


SAID = {
    "ferry": (
        "The ferry over the wide river went again on Monday after repairs. Passengers with "
        "bicycles waited at the east bank."
    ),
    "bridge": (
        "Engineers closed a stone bridge because its middle arch had sunk. Lorries must "
        "drive around through two villages."
    ),
    "regatta": (
        "Nine rowing boats started in light wind near the lighthouse. A school crew from "
        "Velsk won by half a length."
    ),
    "town": (
        "Spring market opens. Library hours change. Council minutes are online. Weather stays "
        "mild until the weekend."
    ),
    "cookie": (
        "Readers choose between advertising and a subscription. Partners store identifiers "
        "on devices for measurement."
    ),
}  # fmt: skip


def story(subject: str) -> str:
    """Some eighty words on something."""
    who = ("captain", "pupil", "nurse", "baker")
    return " ".join(f"{SAID[subject]} So said {n} of the {subject}." for n in who)


def wall(number: int) -> str:
    """Words that no list holds, with a number for each visitor."""
    return (
        "Zorb marl tessel. Quandle the frim before you brisk. Grobnar: "
        f"{number * 7919 + 10**9}, 12:{number % 60:02}."
    )


def keep(
    archive: ingest.Archive, number: int, day: float, text: str, url: str = ONE, *,
    kind: Kind = Kind.SOURCE, title: str | None = None, published: str | None = None, **fields: Any,
) -> None:  # fmt: skip
    fetched = page(number, kind=kind, uri_r=url, captured_at=at(day * DAY), **fields)
    said = PageText(text, title=title, published=published)
    archive.commit(processed(fetched, Outcome.OK, text=said), written(fetched))


def sibling(archive: ingest.Archive, number: int, day: float, text: str, url: str = ONE) -> None:
    keep(archive, number, day, text, f"{probe_place(url)}zz{number}", kind=Kind.PROBE)


def front(archive: ingest.Archive, number: int, day: float, text: str) -> None:
    keep(archive, number, day, text, f"{HOST}/", kind=Kind.PROBE)


def judged(archive: ingest.Archive, url: str = ONE) -> list[tuple[str, str, str | None]]:
    sql = """SELECT verdicts.status, rule, verdicts.drift FROM verdicts JOIN sources ON sources.id = source_id
             WHERE cited_url = ? ORDER BY decided_at"""  # noqa: E501
    return [tuple(row) for row in archive.db.execute(sql, [url]).fetchall()]


def told(archive: ingest.Archive) -> list[str]:
    return [kind for (kind,) in archive.db.execute("SELECT kind FROM events").fetchall()]


def test_a_few_unknown_words_where_an_article_was_are_no_drift(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, story("ferry"))
    for number, day in enumerate((7, 14, 21), 2):
        keep(archive, number, day, wall(number))
    assert judged(archive) == [("alive", "there", "same"), ("blocked", "notice", None)]
    assert told(archive) == []


def test_a_wall_that_was_captured_first_is_not_what_the_page_said_first(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0, wall(1))
    keep(archive, 2, 7, story("ferry"))
    keep(archive, 3, 14, story("ferry"))
    assert judged(archive) == [("blocked", "notice", None), ("alive", "there", "same")]
    assert told(archive) == []


def test_the_same_words_at_two_addresses_that_used_to_differ_are_the_hosts(
    archive: ingest.Archive,
) -> None:
    long = " ".join(wall(0)[: wall(0).rindex("G")] for _ in range(9))  # ninety words
    keep(archive, 1, 0, story("ferry"), ONE)
    keep(archive, 2, 0, story("bridge"), TWO)
    keep(archive, 3, 7, f"{long} Grobnar: 71882346", ONE)
    keep(archive, 4, 7, f"{long} Grobnar: 99182346", TWO)
    assert judged(archive, ONE)[-1] == judged(archive, TWO)[-1] == ("blocked", "everybody", None)
    assert told(archive) == []


def test_of_a_page_that_was_never_captured_but_as_the_hosts_wall_nothing_is_known(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0, story("ferry"), ONE)
    keep(archive, 2, 7, wall(2), ONE)
    keep(archive, 3, 7, wall(3), TWO)
    assert judged(archive, TWO) == [("blocked", "everybody", None)]


def test_an_article_at_two_addresses_is_not_the_wall_that_both_had_at_other_times(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0, wall(1), ONE)
    keep(archive, 2, 0, story("ferry"), TWO)
    keep(archive, 3, 7, story("ferry"), ONE)
    keep(archive, 4, 7, wall(4), TWO)
    keep(archive, 5, 7, story("ferry"), THREE)
    assert judged(archive, ONE)[-1][0] == judged(archive, THREE)[-1][0] == "alive"
    assert judged(archive, TWO)[-1][0] == "blocked"


def test_the_same_few_words_at_three_addresses_are_nobodys(archive: ingest.Archive) -> None:
    for number, url in enumerate((ONE, TWO, THREE), 1):
        keep(archive, number, 0, wall(number), url)
    assert {judged(archive, url)[-1][1] for url in (ONE, TWO, THREE)} == {"everybody"}


def test_two_addresses_that_always_said_the_same_are_mirrors(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, "A short piece of news on the ferry, and no more.", f"{HOST}/a/7711-ferry")
    keep(archive, 2, 0, "A short piece of news on the ferry, and no more.", f"{HOST}/amp/7711")
    assert judged(archive, f"{HOST}/a/7711-ferry") == [("alive", "there", "same")]


def test_pages_of_one_formula_with_other_numbers_are_pages(archive: ingest.Archive) -> None:
    for day in range(1, 6):
        said = f"Losses of the day: {900 + day} people, {day} ships. All losses: {100_000 + day}."
        keep(archive, day, day, said, f"{HOST}/losses/may-{day}", title=f"Losses, May {day}")
    for day in range(1, 6):
        assert judged(archive, f"{HOST}/losses/may-{day}")[-1][0] == "alive"


def test_a_dated_piece_in_few_words_is_a_page(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, story("ferry"))
    keep(archive, 2, 7, "The council withdraws this report.", published="2026-03-09")
    assert judged(archive)[-1][:2] == ("drifted", "drifted")


# --- with answers of the host to what cannot exist ------------------------------------------------


def test_a_wall_at_every_address_kills_nobody(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, story("ferry"))
    for number, day in ((2, 7), (5, 16), (8, 25)):
        keep(archive, number, day, wall(number))
        sibling(archive, number + 1, day, wall(number + 1))
        front(archive, number + 2, day, wall(number + 2))
    assert [one[0] for one in judged(archive)] == ["alive", "blocked"]
    assert judged(archive)[-1][1] == "everybody"
    assert told(archive) == []


def test_unknown_words_for_what_is_gone_count_while_the_front_page_is_itself(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0, story("ferry"))
    for number, day in ((2, 7), (5, 16), (8, 25)):
        keep(archive, number, day, wall(number))
        sibling(archive, number + 1, day, wall(number + 1))
        front(archive, number + 2, day, story("town"))
    assert judged(archive)[-1][:2] == ("dead", "three-strikes")


def test_a_front_page_without_the_wall_clears_no_wall_that_other_pages_have(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0, story("ferry"), ONE)
    keep(archive, 2, 0, story("bridge"), TWO)
    keep(archive, 19, 0, story("regatta"), THREE)
    for number, day in ((3, 7), (7, 16), (11, 25)):
        keep(archive, number, day, wall(number), ONE)
        keep(archive, number + 1, day, wall(number + 1), TWO)
        sibling(archive, number + 2, day, wall(number + 2))
        front(archive, number + 3, day, story("town"))
    assert judged(archive)[-1][:2] == ("blocked", "everybody")
    keep(archive, 20, 25, story("regatta"), THREE)  # and this one has none
    assert judged(archive)[-1][:2] == ("suspect", "absent")


def test_a_redirect_that_every_address_has_kills_nobody(archive: ingest.Archive) -> None:
    gate = f"{HOST}/action/gate"
    keep(archive, 1, 0, story("ferry"))
    for number, day in ((2, 7), (5, 16), (8, 25)):
        keep(archive, number, day, story("cookie") * 3, final_url=gate)
        fields = {"kind": Kind.PROBE, "final_url": gate}
        keep(archive, number + 1, day, story("cookie") * 3, f"{HOST}/world/zz{number}", **fields)
        keep(archive, number + 2, day, story("cookie") * 3, f"{HOST}/", **fields)
    assert judged(archive)[-1][:2] == ("blocked", "everybody")


def test_the_order_in_which_a_hosts_pages_come_changes_no_verdict(tmp_path: Path) -> None:
    def commits(archive: ingest.Archive) -> list[Callable[[], None]]:
        return [
            lambda: keep(archive, 1, 0, story("ferry"), ONE),
            lambda: keep(archive, 2, 7, wall(2), ONE),
            lambda: keep(archive, 3, 7, wall(3), TWO),
            lambda: sibling(archive, 4, 7.1, wall(4)),
            lambda: front(archive, 5, 7.2, story("town")),
            lambda: keep(archive, 6, 9, story("bridge"), TWO),
            lambda: keep(archive, 7, 7.3, story("regatta"), THREE),
        ]  # fmt: skip

    found = []
    for number, order in enumerate(list(permutations(range(7)))[::331]):
        with ingest.Archive.open(tmp_path / str(number), Settings(), run="test") as archive:
            made = commits(archive)
            for one in order:
                made[one]()
            found.append(json.dumps([judged(archive, url) for url in (ONE, TWO, THREE)]))
    assert set(found) == {found[0]}


# --- the digest -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rejected. Your support ID is: 4071000000000000123.",
            "Rejected. Your support ID is: 99.a7f."),
        ("The address /a/b was refused to 10.0.0.1 by rule.",
            "The address /c was refused to 10.9.8.7 by rule."),
        ("拒绝访问。事件编号：12345678。请联系管理员。",
            "拒绝访问。事件编号：99887766。请联系管理员。"),
        ("Доступ закрыт.\nКод: ab12-99\nВремя: 12:44", "Доступ закрыт.\nКод: ff00-17\nВремя: 9:02"),
    ],
)  # fmt: skip
def test_a_notice_is_the_same_for_each_visitor(one: str, other: str) -> None:
    assert notice_digest(one) == notice_digest(other) is not None


def test_a_page_has_no_such_digest() -> None:
    assert notice_digest(story("ferry") * 3) is None
    assert notice_digest("") is None


def test_what_counts_something_is_no_name_of_an_incident() -> None:
    assert same_but_for_incidents("Error, ref a81f07", "Error, ref 99cd12")
    assert not same_but_for_incidents("Losses: 1,050 people", "Losses: 1,070 people")


def test_two_characters_are_a_word_where_there_are_no_blanks() -> None:
    assert 5 <= words_in("请检查您输入的网址是否正确，谢谢") <= 9
