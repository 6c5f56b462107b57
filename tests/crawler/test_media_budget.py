"""Budgets of what pages show: which one leaves out what, and how it says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.config import Settings
from archive.model.fetch import Target
from archive.model.media import WantedMedia
from archive.model.vocabulary import Kind
from crawler.frontier.fetch_queue import FetchQueue
from crawler.frontier.fetches import Fetch
from crawler.frontier.frontier import Frontier
from crawler.frontier.media_budget import MediaBudget
from crawler.frontier.names import slot_of
from crawler.spiders.sources import add_media
from pipeline.decide.media import why_left
from tests.factories import at

PICTURE = "https://cdn4.telesco.pe/file/a.jpg"
NONE = Settings(media_bytes_per_day=0, media_bytes_per_host_per_day=0)


def fetch(url: str = PICTURE, kind: Kind = Kind.MEDIA, **more: int) -> Fetch:
    return Fetch(Target(url, kind, "shown"), **more)


def budget(settings: Settings, held: int = 0) -> MediaBudget:
    return MediaBudget.of(settings, slot_of, [("https://cdn5.telesco.pe/x", 60)], held)


def test_large_files_wait_for_the_pictures_and_come_two_at_a_time() -> None:
    kinds = ("video", "picture", "audio", "poster", "document")
    found = [WantedMedia(n, k, k, k, "https://t.me/a/1", None, None) for n, k in enumerate(kinds)]
    queue = FetchQueue(Frontier(lambda _: "one host", 1), 16)
    assert [add_media(queue, found) for _ in range(4)] == [2, 2, 1, 0]
    asked = [fetch.target.url for fetch in queue.frontier.queued()]
    assert asked == ["picture", "poster", "video", "audio", "document"]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (NONE, None),
        (replace(NONE, media_bytes_per_day=61), None),
        (replace(NONE, media_bytes_per_day=60), "media_bytes_per_day"),
        (replace(NONE, media_bytes_per_host_per_day=60), "telesco.pe"),
        (replace(NONE, media_bytes_in_all=600), "media_bytes_in_all"),
    ],
)
def test_a_spent_budget_is_named(settings: Settings, named: str | None) -> None:
    why = budget(settings, held=600).why_left(fetch())
    assert (why is None) if named is None else (why is not None and named in why)


def test_what_is_written_counts() -> None:
    made = budget(replace(NONE, media_bytes_per_day=100))
    assert made.why_left(fetch()) is None
    made.add(PICTURE, 40)
    assert made.why_left(fetch()) is not None


@pytest.mark.parametrize("other", [fetch(kind=Kind.SOURCE), fetch(tries=1), fetch(capture_id=7)])
def test_pages_and_what_was_begun_are_not_held_back(other: Fetch) -> None:
    assert budget(replace(NONE, media_bytes_per_day=1)).why_left(other) is None


def test_no_file_may_have_more_than_any_body() -> None:
    assert budget(Settings(media_max_bytes=50_000_000, max_bytes=9_000)).per_file == 9_000


WANTED = WantedMedia(1, "picture", "picture 1", PICTURE, "https://t.me/a/1", None, None)


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        (WANTED, None),
        (replace(WANTED, size=1_000), None),
        (replace(WANTED, size=1_001), "media_max_bytes"),
        (replace(WANTED, url=f"{PICTURE}?x-expires=1700000000&x-signature=a"), "recrawl --media"),
    ],
)
def test_what_cannot_be_had_is_not_asked_for(wanted: WantedMedia, named: str | None) -> None:
    why = why_left(wanted, 1_000, at(0))
    assert (why is None) if named is None else (why is not None and named in why)
