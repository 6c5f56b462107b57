"""Videos that a platform shows in its player alone: stills, storyboard, and that there is one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.model.media import ShownMedia
from archive.model.understood import Processed
from archive.model.vocabulary import Kind, Outcome
from archive.urls.normal import identify
from pipeline.read.media.players import MOST_SHEETS
from pipeline.read.platforms.registry import json_media, page_media
from pipeline.read.process import Limits, process
from pipeline.read.text.formats.html import parse_html
from tests.factories import page

WATCH = "https://www.youtube.com/watch?v=aRiver00001"
FILM = "https://vimeo.com/700100200/ab12cd34ef"
FRAMES = "https://i.ytimg.com/sb/aRiver00001/storyboard3_L$L/$N.jpg?sqp=x"
LEVELS = ("48#27#100#10#10#0#default#s0", "80#45#60#10#10#2000#M$M#s1")


def storyboard(*levels: str, base: str = FRAMES) -> str:
    told = {"spec": "|".join((base, *levels))}
    player = {
        "storyboards": {"playerStoryboardSpecRenderer": told},
        "videoDetails": {"title": "The weir", "lengthSeconds": "120"},
    }
    still = '<meta property="og:image" content="https://i.ytimg.com/vi/aRiver00001/max.jpg">'
    script = f"<script>var ytInitialPlayerResponse = {json.dumps(player)};</script>"
    return f"<html><head><title>The weir</title>{still}</head><body>{script}</body></html>"


def on_page(html: str, url: str) -> tuple[ShownMedia, ...]:
    tree = parse_html(html)
    assert tree is not None
    return page_media(tree, identify(url))


def told(found: tuple[ShownMedia, ...]) -> list[tuple[Any, ...]]:
    return [(one.kind, one.name, one.duration_s, one.missing) for one in found]


def sheets(found: tuple[ShownMedia, ...]) -> list[str | None]:
    return [one.url for one in found if one.alt == "storyboard"]


def test_a_watch_page_gives_its_still_its_video_and_its_storyboard() -> None:
    found = on_page(storyboard(*LEVELS), WATCH)
    assert told(found) == [
        ("poster", "https://i.ytimg.com/vi/aRiver00001/max.jpg", None, None),
        ("video", "video", 120.0, "in-the-player-only"),
        ("poster", "storyboard 1", None, None),
    ]
    assert sheets(found) == [
        "https://i.ytimg.com/sb/aRiver00001/storyboard3_L1/M0.jpg?sqp=x&sigh=s1"
    ]


def test_of_a_long_video_the_finest_level_of_few_sheets_is_taken() -> None:
    levels = (LEVELS[0], "160#90#300#5#5#5000#M$M#s1", "320#180#301#5#5#5000#M$M#s2")
    found = sheets(on_page(storyboard(*levels), WATCH))
    assert len(found) == MOST_SHEETS == 12
    assert found[-1] == "https://i.ytimg.com/sb/aRiver00001/storyboard3_L1/M11.jpg?sqp=x&sigh=s1"


@pytest.mark.parametrize(
    "spec",
    [
        storyboard("48#27#100#10#10#0#default"),
        storyboard("48#27#100#0#10#0#default#s"),
        storyboard("a#b#c#d#e#f#g#h"),
        storyboard(*LEVELS, base="https://elsewhere.example/sb/aRiver00001/L$L/$N.jpg"),
        storyboard(*LEVELS, base="https://i.ytimg.com/sb/bRiver00002/L$L/$N.jpg"),
        storyboard(*LEVELS).replace('"spec"', '"other"'),
    ],
)
def test_what_is_no_storyboard_of_the_video_names_no_sheet(spec: str) -> None:
    found = on_page(spec, WATCH)
    assert sheets(found) == []
    assert [one.kind for one in found] == ["poster", "video"]


def test_oembed_says_that_there_is_a_video_and_leads_to_what_names_its_storyboard() -> None:
    said = {"type": "video", "provider_name": "Vimeo", "title": "The weir", "duration": 77}
    video, listing = json_media(said, identify(FILM))
    assert told((video,)) == [("video", "video", 77.0, "in-the-player-only")]
    assert (listing.kind, listing.url) == (
        "listing", "https://player.vimeo.com/video/700100200?h=ab12cd34ef",
    )  # fmt: skip
    _, watch = json_media({**said, "provider_name": "YouTube"}, identify(WATCH))
    assert watch.url == WATCH


def test_what_is_no_video_leads_nowhere() -> None:
    assert json_media({"type": "link", "provider_name": "Vimeo"}, identify(FILM)) == ()


def player(number: str = "700100200") -> str:
    config = {
        "video": {
            "id": int(number), "title": "The weir", "duration": 77, "width": 1920, "height": 1080,
            "thumbs": {"640": "https://i.vimeocdn.com/a_640", "1280": "https://i.vimeocdn.com/a"},
        },
        "request": {"thumb_preview": {"url": "https://sprites.vimeocdn.com/s.jpg?Signature=x"}},
    }  # fmt: skip
    script = f"<script>window.playerConfig = {json.dumps(config)}; run();</script>"
    return f"<html><head><title>The weir</title></head><body>{script}</body></html>"


def test_vimeos_player_gives_its_still_its_video_and_its_sheet() -> None:
    found = on_page(player(), FILM)
    assert told(found) == [
        ("poster", "poster 1", None, None),
        ("video", "video", 77.0, "in-the-player-only"),
        ("poster", "storyboard 1", None, None),
    ]
    assert (found[0].url, found[1].width) == ("https://i.vimeocdn.com/a", 1920)
    assert on_page(player("700100999"), FILM) == ()


def listing(body: str, url: str, content_type: str = "text/html") -> Processed:
    made = page(
        1, kind=Kind.MEDIA, uri_r="https://player.example/", subject=url, step="listing",
        headers={"content-type": content_type}, body=body.encode(),
    )  # fmt: skip
    return process(made, Limits())


def test_a_players_page_that_was_fetched_names_what_the_post_shows() -> None:
    found = listing(player(), FILM)
    assert found.verdict.outcome == Outcome.OK
    assert [one.name for one in found.media] == ["poster 1", "video", "storyboard 1"]


@pytest.mark.parametrize(
    "body",
    [
        "<html><head><meta property='og:image' content='https://a.example/logo.png'></head></html>",
        "<html><body><p>Sorry</p></body></html>",
        "no page at all",
        "",
    ],
)
def test_what_comes_instead_of_a_players_page_names_nothing(body: str) -> None:
    found = listing(body, WATCH)
    assert (found.media, found.verdict.outcome == Outcome.OK) == ((), False)
