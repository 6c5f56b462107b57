"""Bluesky, Threads and Rutube: what their answers say besides, and answers that are broken."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage, Processed
from archive.model.vocabulary import Kind, Outcome
from archive.urls.normal import identify
from pipeline.read.platforms.threads import posted_at
from pipeline.read.platforms.views import fetch_url, second_view
from pipeline.read.process import Limits, process

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "fixtures" / "platforms"
AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
BLUESKY = "https://bsky.app/profile/ilma-watch.example/post/3lriverwatch2a"
THREADS = "https://www.threads.com/@ilma.watch/post/DVxk_cTgTQF"
CODE = "3eac00b4561676c17df9132a9a1e6200"
RUTUBE = f"https://rutube.ru/video/{CODE}/"


def fixture(platform: str) -> Any:
    return json.loads((FOLDER / platform / "cases.json").read_text())["there"]["json"]


def answered(cited: str, body: Any, *, status: int = 200, asked: str | None = None) -> Processed:
    is_page = isinstance(body, str) and body.lstrip().startswith("<")
    raw = (body if isinstance(body, str) else json.dumps(body)).encode()
    headers = {"content-type": "text/html; charset=utf-8" if is_page else "application/json"}
    asked = asked or fetch_url(identify(cited))
    context = FetchContext(7, Kind.SOURCE, asked, subject=cited if asked != cited else None)
    return process(FetchedPage(context, asked, AT, status, headers, raw), Limits())


def facts(found: Processed) -> dict[str, str]:
    assert found.text is not None
    return dict(found.text.facts)


# --- what is asked for ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cited", "asked"),
    [
        (BLUESKY,
            "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=at%3A%2F%2Filma-watch.example%2Fapp.bsky.feed.post%2F3lriverwatch2a&depth=0&parentHeight=0"),
        ("https://bsky.app/profile/ilma-watch.example",
            "https://bsky.app/profile/ilma-watch.example"),
        (THREADS, THREADS),
        (RUTUBE, f"https://rutube.ru/api/video/{CODE}/?format=json"),
        (f"https://rutube.ru/video/private/{CODE}/?p=aB_c",
            f"https://rutube.ru/api/video/{CODE}/?format=json&p=aB_c"),
        ("https://rutube.ru/video/embed/6722881",
            "https://rutube.ru/api/play/options/6722881/?format=json&no_404=true"),
        ("https://rutube.ru/channel/77/", "https://rutube.ru/channel/77/"),
    ],
)  # fmt: skip
def test_posts_are_asked_where_they_are_answered_without_scripts(cited: str, asked: str) -> None:
    assert fetch_url(identify(cited)) == asked


@pytest.mark.parametrize(
    ("cited", "outcome", "second"),
    [
        (BLUESKY, Outcome.FORBIDDEN,
            "https://embed.bsky.app/oembed?url=https%3A%2F%2Fbsky.app%2Fprofile%2Filma-watch.example%2Fpost%2F3lriverwatch2a&format=json"),
        (BLUESKY, Outcome.ROBOTS_DISALLOWED, BLUESKY),
        (BLUESKY, Outcome.LOGIN_WALL, None),
        (RUTUBE, Outcome.GONE,
            f"https://rutube.ru/api/play/options/{CODE}/?format=json&no_404=true"),
        (RUTUBE, Outcome.ROBOTS_DISALLOWED, RUTUBE),
        (RUTUBE, Outcome.REMOVED, None),
        (THREADS, Outcome.LOGIN_WALL, None),
    ],
)  # fmt: skip
def test_where_a_post_is_looked_for_again(cited: str, outcome: Outcome, second: str | None) -> None:
    assert second_view(cited, fetch_url(identify(cited)), outcome) == second


# --- what is read ---------------------------------------------------------------------------------


def test_a_post_on_bluesky_says_more_than_its_words() -> None:
    assert facts(answered(BLUESKY, fixture("bluesky"))) == {
        "posted_at": "2026-03-12T21:05:00Z",
        "media": "https://cdn.bsky.app/img/feed_fullsize/a.jpg",
        "links": "https://ilma.example/timetable",
    }


def test_a_post_on_bluesky_from_the_future_has_the_day_the_network_saw_it() -> None:
    loaded = fixture("bluesky")
    loaded["thread"]["post"]["record"]["createdAt"] = "2031-01-01T00:00:00Z"
    found = answered(BLUESKY, loaded)
    assert found.text is not None
    assert found.text.published == "2026-03-12"


def test_a_post_on_bluesky_may_be_nothing_but_a_picture() -> None:
    loaded = fixture("bluesky")
    loaded["thread"]["post"]["record"]["text"] = ""
    found = answered(BLUESKY, loaded)
    assert found.verdict.outcome is Outcome.OK
    assert found.text is not None
    assert found.text.flags == ("media-only",)


def test_the_card_of_a_post_on_bluesky_is_a_link() -> None:
    loaded = fixture("bluesky")
    card = {"external": {"uri": "https://news.example/a", "title": "A", "description": "B"}}
    loaded["thread"]["post"]["record"] |= {"embed": card, "facets": None}
    assert facts(answered(BLUESKY, loaded))["links"] == "https://news.example/a"


def test_a_post_for_members_only_is_kept_unread() -> None:
    loaded = fixture("bluesky")
    loaded["thread"]["post"]["author"]["labels"] = [{"val": "!no-unauthenticated"}]
    found = answered(BLUESKY, loaded)
    assert found.verdict.outcome is Outcome.LOGIN_WALL
    assert found.text is None or found.text.text == ""


def test_a_label_that_was_taken_back_hides_nothing() -> None:
    loaded = fixture("bluesky")
    labels = [{"val": "!no-unauthenticated", "neg": True}, {"val": "porn"}, "x"]
    loaded["thread"]["post"]["author"]["labels"] = labels
    assert answered(BLUESKY, loaded).verdict.outcome is Outcome.OK


def test_a_handle_that_leads_nowhere_is_no_removal() -> None:
    answer = {"error": "InvalidRequest", "message": "Unable to resolve handle"}
    assert answered(BLUESKY, answer, status=400).verdict.outcome is Outcome.FORBIDDEN


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_fails_says_nothing_of_a_post(status: int) -> None:
    answer = {"error": "NotFound", "message": "Post not found"}
    found = answered(BLUESKY, answer, status=status).verdict.outcome
    assert found in {Outcome.RATE_LIMITED, Outcome.SERVER_ERROR}


def test_a_public_post_on_threads_has_the_time_of_its_code() -> None:
    page = json.loads((FOLDER / "threads" / "cases.json").read_text())["there"]["body"]
    found = answered(THREADS, page)
    assert facts(found) == {
        "posted_at": "2026-03-12T06:40:00Z",
        "media": "https://scontent.cdninstagram.com/v/a.jpg",
    }
    assert found.text is not None
    assert found.text.flags == ("declared-only",)


@pytest.mark.parametrize(
    "code", ["", "AAAAAAAAAAA", "BAAAAAAAAAA", "DVxk_cTgTQ", "DVxk_cTgTQFF", "DVxk cTgTQF",
        "___________"]
)  # fmt: skip
def test_a_code_that_tells_no_time_gives_none(code: str) -> None:
    assert posted_at(code, AT) is None


@pytest.mark.parametrize(
    "title",
    ["Ilma Watch (@ilma.watch) в Threads", "Ilma Watch (@ilma.watch) auf Threads",
        "伊尔玛 (@ilma.watch) on Threads"],
)  # fmt: skip
def test_the_author_on_threads_is_named_in_any_language(title: str) -> None:
    page = (
        f'<html><head><meta property="og:title" content="{title}">'
        '<meta property="og:description" content="The ferry goes."></head><body></body></html>'
    )
    found = answered(THREADS, page)
    assert found.text is not None
    assert found.text.author == title.partition(" (@")[0]


def test_a_post_on_threads_about_a_broken_link_is_there() -> None:
    page = (
        "<html><head><title>Ilma Watch (@ilma.watch) on Threads</title>"
        '<meta property="og:title" content="Ilma Watch (@ilma.watch) on Threads">'
        '<meta property="og:description" content="The link is not working, the page is gone.">'
        '</head><body><form id="login_form"><input type="password"></form></body></html>'
    )
    assert answered(THREADS, page).verdict.outcome is Outcome.OK


def test_a_video_on_rutube_says_more_than_its_words() -> None:
    assert facts(answered(RUTUBE, fixture("rutube"))) == {
        "views": "1520",
        "media": "https://pic.rutubelist.ru/video/a.jpg",
    }


def test_a_video_about_a_removed_video_is_there() -> None:
    loaded = {**fixture("rutube"), "title": "Видео удалено автором: что было на нём"}
    assert answered(RUTUBE, loaded).verdict.outcome is Outcome.OK


def test_a_404_of_rutubes_api_alone_is_no_removal() -> None:
    found = answered(RUTUBE, {"detail": "Not found"}, status=404)
    assert found.verdict.outcome is Outcome.GONE


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Видео удалено", Outcome.REMOVED),
        ("Видео удалено по требованию правообладателя", Outcome.REMOVED),
        ("Ролик не найден", Outcome.REMOVED),
        ("Видео не существует", Outcome.REMOVED),
        ("The video was removed by its author", Outcome.REMOVED),
        ("Видео заблокировано", Outcome.FORBIDDEN),
        ("Видео доступно только по ссылке", Outcome.FORBIDDEN),
        ("Доступ к видео ограничен", Outcome.FORBIDDEN),
        ("Видео не найдено или доступ к нему закрыт", Outcome.FORBIDDEN),
        ("This video is private", Outcome.FORBIDDEN),
        ("Quandle", Outcome.FORBIDDEN),
    ],
)
def test_what_rutube_says_in_the_place_of_a_video(said: str, outcome: Outcome) -> None:
    answer = {"detail": {"languages": [{"title": said}]}}
    player = f"https://rutube.ru/api/play/options/{CODE}/?format=json&no_404=true"
    assert answered(RUTUBE, answer, asked=player).verdict.outcome is outcome


# --- broken answers -------------------------------------------------------------------------------


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    """The way to each part of a value."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield (key,)
        yield from ((key, *rest) for rest in places(value[key]))


def with_other(value: Any, way: tuple[Any, ...], other: Any) -> Any:
    """The value with another part there."""
    changed = copy.deepcopy(value)
    part = changed
    for key in way[:-1]:
        part = part[key]
    part[way[-1]] = other
    return changed


@pytest.mark.parametrize("other", [None, [], {}, "x", 7, [7], {"labels": 7}], ids=repr)
@pytest.mark.parametrize(("platform", "cited"), [("bluesky", BLUESKY), ("rutube", RUTUBE)])
def test_an_answer_with_any_part_broken_gets_an_outcome(
    platform: str, cited: str, other: Any
) -> None:
    value = fixture(platform)
    for way in places(value):
        found = answered(cited, with_other(value, way, other))
        assert found.failure is None
        assert found.verdict.outcome in set(Outcome)


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"thread":', '"x"', "{" * 3000])
@pytest.mark.parametrize("cited", [BLUESKY, RUTUBE, THREADS])
def test_an_answer_that_is_none_gets_an_outcome(cited: str, body: str) -> None:
    found = answered(cited, body)
    assert found.failure is None
    assert found.verdict.outcome not in {Outcome.REMOVED, Outcome.LOGIN_WALL}
