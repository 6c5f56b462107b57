"""Who is behind an account: read from pages, and an address that came to be another's."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import lxml.html
import pytest

from archive.model.past import Checked, JudgedSource, Sighting
from archive.model.rot import Attempt, Reading
from archive.model.vocabulary import Outcome, Status
from archive.urls.normal import identify
from pipeline.decide.identities import with_identities
from pipeline.decide.judging import Incoming, judged
from pipeline.read.platforms import telegram, who, x
from tests.held_lists import HeldInLists

NOW = datetime(2026, 4, 1, tzinfo=UTC)
A, B = "1700000001", "1700000002"


def view(**said: Any) -> str:
    text = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    return text.rstrip("=")


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (view(c=-1700000001, p=42, t=1, h="a"), A), (view(c=1700000001), A),
        (view(c="-1700000001", p="42g"), A), (view(c=0), None), (view(c=True), None),
        (view(c=[1]), None), (view(p=3), None), ("not base64", None), ("é", None),
        (base64.b64encode(b"[1]").decode(), None), ("", None), (None, None), ("e" * 3000, None),
        (view(c="1" * 40), None),
    ],
)  # fmt: skip
def test_the_number_of_a_channel_is_read_from_a_view_and_from_nothing_else(
    data: str | None, number: str | None
) -> None:
    assert who.telegram_id(data) == number


HEAD = (
    '<div class="tgme_channel_info_header_title">Берег</div>'
    '<div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter">'
    '<span class="counter_value">83</span> <span class="counter_type">photos</span></div>'
    '<div class="tgme_channel_info_counter"><span class="counter_value">1.51M</span> '
    '<span class="counter_type">subscribers</span></div></div>'
    '<div class="tgme_channel_info_description">What we see.<br/>Write to us.</div>'
)
POST = (
    f'<div class="tgme_widget_message" data-post="shore/42" data-view="{view(c=-1700000001)}">'
    '<a class="tgme_widget_message_owner_name"><span>Берег</span></a>'
    '<div class="js-message_text">The bridge is closed.</div></div>'
)


def facts(body: str, url: str) -> dict[str, str]:
    reader = telegram.read_page if "t.me" in url else x.read_page
    page = f"<html><body>{body}</body></html>"
    found = reader(lxml.html.fromstring(page), page, identify(url), NOW)
    assert found is not None
    return dict(found.facts)


def test_a_widget_says_which_channel_it_is_of() -> None:
    found = facts(POST, "https://t.me/shore/42")
    assert (found["account_id"], found["account_name"]) == (A, "Берег")
    assert "subscribers" not in found


@pytest.mark.parametrize("url", ["https://t.me/shore", "https://t.me/shore/42"])
def test_a_preview_says_how_the_channel_describes_itself(url: str) -> None:
    found = facts(HEAD + POST, url)
    assert found["account_id"] == A
    assert found["subscribers"] == "1.51M"
    assert found["account_about"] == "What we see.\nWrite to us."


def test_a_preview_without_the_post_says_whose_it_is_all_the_same() -> None:
    other = POST.replace("shore/42", "shore/43")
    assert facts(POST + other, "https://t.me/shore/41")["account_id"] == A


OLD = (
    '<meta property="og:description" content="“The bridge is closed.”">'
    '<div data-user-id="99" data-screen-name="other"></div>'
    '<div data-user-id="1652" data-screen-name="Shore" data-name="Shore News"></div>'
)
PERSON = {"additionalName": "Shore", "identifier": "1652", "givenName": "Shore News",
          "interactionStatistic": [{"interactionType": "https://schema.org/FollowAction",
                                    "name": "Follows", "userInteractionCount": 12}]}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (OLD, ("1652", "Shore News", None)),
        (OLD.replace('data-screen-name="Shore"', 'data-screen-name="another"'), (None, None, None)),
        (OLD.split("<div", maxsplit=1)[0] + '<script type="application/ld+json">'
         + json.dumps({"author": PERSON}) + "</script>", ("1652", "Shore News", "12")),
        (OLD.split("<div", maxsplit=1)[0] + '<script type="application/ld+json">{"author": [1]'
         "</script>", (None, None, None)),
    ],
)  # fmt: skip
def test_a_page_of_x_says_the_number_of_its_own_author_alone(
    body: str, said: tuple[str | None, ...]
) -> None:
    found = facts(body, "https://x.com/shore/status/1281836879789404160")
    assert tuple(map(found.get, ("account_id", "account_name", "subscribers"))) == said


URL = "https://t.me/shore/42"
SOURCE = JudgedSource(7, URL, URL, "t.me", "telegram", "shore")
FIRST = "The bridge over the river is closed to all cars since this morning, the city says."
OTHER = "Buy our coins today and win a holiday for two on an island that you will never forget."


def attempt(number: int, day: int, outcome: Outcome = Outcome.OK, text: str = FIRST) -> Checked:
    said = text if outcome is Outcome.OK else ""
    url = f"{URL}?embed=1&mode=tme"
    tried = Attempt(
        number, f"2026-03-{day:02}T10:00:00Z", outcome, url, url, 200, digest=said or None
    )
    return Checked(tried, len(said) or None, None)


def seen(day: int, number: str, capture: int = 900) -> Sighting:
    return Sighting(f"2026-03-{day:02}T10:00:00Z", capture + day, number)


def history(tries: list[Checked], *sightings: Sighting) -> Any:
    held = HeldInLists(
        tries={7: tries}, seen=list(sightings),
        readings={len(text): Reading(text) for text in (FIRST, OTHER)},
    )  # fmt: skip
    found = judged(held, SOURCE, Incoming())
    assert found is not None
    return found


def test_another_account_at_the_address_is_no_drift() -> None:
    found = history([attempt(1, 1), attempt(2, 9, text=OTHER)], seen(1, A), seen(9, B))
    assert found.status is Status.BLOCKED
    assert [event.kind for event in found.events] == ["identity-changed"]
    assert json.loads(found.events[0].detail)["account_is"] == B
    assert [row.rule for row in found.verdicts] == ["there", "identity-changed"]


def test_under_the_same_number_it_is_drift() -> None:
    found = history([attempt(1, 1), attempt(2, 9, text=OTHER)], seen(1, A), seen(9, A))
    assert found.status is Status.DRIFTED


def test_what_another_account_has_not_is_not_removed() -> None:
    gone = [attempt(n, day, Outcome.REMOVED) for n, day in ((2, 9), (3, 14), (4, 20), (5, 28))]
    found = history([attempt(1, 1), *gone], seen(1, A), seen(5, B))
    assert found.status is Status.BLOCKED
    assert found.dead_since is None
    assert history([attempt(1, 1), *gone], seen(1, A), seen(5, A)).status is Status.DEAD


def test_what_was_dead_before_stays_dead() -> None:
    gone = [attempt(n, day, Outcome.REMOVED) for n, day in ((2, 9), (3, 14), (4, 20))]
    after = attempt(5, 28, text=OTHER)
    found = history([attempt(1, 1), *gone, after], seen(1, A), seen(28, B))
    assert found.status is Status.DEAD


def test_once_the_old_account_is_back_its_posts_count_again() -> None:
    tries = [attempt(1, 1), attempt(2, 9, text=OTHER), attempt(3, 20)]
    found = history(tries, seen(1, A), seen(9, B), seen(20, A))
    assert found.status is Status.ALIVE


def test_a_failure_of_the_network_says_nothing_of_who_holds_the_address() -> None:
    found = history([attempt(1, 1), attempt(2, 9, Outcome.TIMEOUT)], seen(1, A), seen(5, B))
    assert found.events == ()


def test_a_capture_speaks_for_itself_before_all_others() -> None:
    own = Sighting("2026-03-09T10:00:00Z", 2, A)
    (_, second) = with_identities([attempt(1, 1), attempt(2, 9)], [seen(1, A), seen(9, B), own])
    assert second.attempt.holders is None


def test_nothing_is_said_where_nobody_saw_two() -> None:
    tries = [attempt(1, 1), attempt(2, 9, Outcome.REMOVED)]
    assert with_identities(tries, [seen(9, B)]) == tries
    assert with_identities(tries, []) == tries


def test_a_page_that_did_not_change_has_not_changed_hands() -> None:
    same = replace(
        attempt(2, 9), attempt=replace(attempt(2, 9).attempt, outcome=Outcome.NOT_MODIFIED)
    )
    (_, second) = with_identities([attempt(1, 1), same], [seen(1, A), seen(5, B)])
    assert second.attempt.holders is None
