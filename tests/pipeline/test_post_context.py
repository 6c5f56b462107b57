"""What posts refer to: answers, quotes, forwards, albums; another's words are kept apart."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.model.related import Relation
from archive.urls.normal import identify, stable_id
from pipeline.decide.related import MOST, post_links
from pipeline.read.page_text import page_text
from pipeline.read.sources import source_row

POSTS = Path(__file__).parents[1] / "fixtures" / "platforms"
REAL = Path(__file__).parents[3] / "shared" / "real" / "telegram_preview" / "t.me_s_rybar.html"
AT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def read(body: str | bytes, url: str, content_type: str = "text/html; charset=utf-8"):
    found = page_text(body if isinstance(body, bytes) else body.encode(), url, content_type, AT)
    return found.text, dict(found.facts)


def message(inside: str, number: int = 40) -> str:
    return (
        f'<div class="tgme_widget_message js-widget_message" data-post="river/{number}"><div '
        f'class="tgme_widget_message_bubble">{inside}</div></div>'
    )


OWN = '<div class="tgme_widget_message_text js-message_text">The lock is open.</div>'
REPLY = (
    '<a class="tgme_widget_message_reply user-color-3" href="{}">'
    '<div class="tgme_widget_message_author"><span class="tgme_widget_message_author_name">Quay'
    '</span></div><div class="{}">Is the lock open?</div></a>'
)


@pytest.mark.parametrize(
    "classes",
    [
        "tgme_widget_message_text js-message_reply_text",
        "tgme_widget_message_metatext js-message_reply_text",
        "tgme_widget_message_text js-message_text js-message_reply_text",
        "tgme_widget_message_text js-message_text",  # whatever it is called, it stands in a reply
    ],
)
def test_an_answered_message_is_named_and_its_words_are_not_the_posts(classes: str) -> None:
    text, facts = read(message(REPLY.format("https://t.me/quay/7", classes) + OWN),
                       "https://t.me/river/40")  # fmt: skip
    assert text == "The lock is open."
    assert facts["reply_to"] == "https://t.me/quay/7"
    assert facts.get("reply_text", "Is the lock open?") == "Is the lock open?"
    assert facts["reply_author"] == "Quay"


@pytest.mark.parametrize("href", ["", "javascript:x()", "http://[", "tg://resolve?domain=a&post=1"])
def test_an_answer_to_no_address_has_none(href: str) -> None:
    page = message(REPLY.format(href, "js-message_reply_text") + OWN)
    assert "reply_to" not in read(page, "https://t.me/river/40")[1]


def test_the_author_of_a_message_is_not_the_one_whom_it_answers() -> None:
    raw = message(REPLY.format("https://t.me/quay/7", "js-message_reply_text") + OWN).encode()
    found = page_text(raw, "https://t.me/river/40", "text/html; charset=utf-8", AT)
    assert found.author is None


def test_what_an_answered_message_links_to_is_no_link_of_the_post() -> None:
    reply = REPLY.format("https://t.me/quay/7", "js-message_text").replace(
        "Is the", '<a href="https://quay.example/">Is</a> the'
    )
    assert "links" not in read(message(reply + OWN), "https://t.me/river/40")[1]


def test_the_parts_of_an_album_are_named() -> None:
    parts = "".join(
        f'<a class="tgme_widget_message_photo_wrap grouped_media_wrap" '
        f'href="https://t.me/river/{n}?single"></a>'
        for n in (40, 41)
    )
    facts = read(message(parts + OWN), "https://t.me/river/41")[1]
    assert facts["album"] == "https://t.me/river/40 https://t.me/river/41"
    links = post_links(source_row("https://t.me/river/41"), facts.items(), 5)
    assert [(one.relation, one.url) for one in links] == [(Relation.ALBUM, "https://t.me/river/40")]


def test_what_a_telegram_post_refers_to_becomes_links() -> None:
    cited = "https://t.me/RiverWatch/4210"
    facts = read((POSTS / "telegram" / "widget.html").read_bytes(), cited)[1]
    links = post_links(source_row(cited), facts.items(), 5)
    assert [(one.relation, one.url, one.post_id) for one in links] == [
        (Relation.REPLIES, "https://t.me/riverwatch/4100", "4100"),
        (Relation.FORWARDS, "https://t.me/ferry_news/17", "17"),
    ]
    assert links[1].other_id == stable_id(identify("https://t.me/s/ferry_news/17").key)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"forwarded_url": "https://t.me/ferry_news"}, [("https://t.me/ferry_news", None)]),
        ({"forwarded_url": "https://news.example/page"}, []),  # nobody who could be answered
        ({"reply_to": "https://t.me/river/40"}, []),  # itself
        ({"reply_to": "mailto:a@b.example", "quoted_url": "no address"}, []),
        ({"reply_text": "https://t.me/river/41"}, []),
        ({"album": "https://t.me/river/41 https://t.me/river/41"},
         [("https://t.me/river/41", "41")]),
    ],
)  # fmt: skip
def test_only_posts_and_accounts_of_others_are_linked(
    facts: dict[str, str], found: list[tuple[str, str | None]]
) -> None:
    links = post_links(source_row("https://t.me/river/40"), facts.items(), 5)
    assert [(one.url, one.post_id) for one in links] == found


def test_a_page_with_a_thousand_parts_is_cut() -> None:
    album = " ".join(f"https://t.me/river/{n}" for n in range(1000, 2000))
    assert len(post_links(source_row("https://t.me/river/1"), [("album", album)], 5)) == MOST


def bluesky(**changes: object) -> dict[str, str]:
    loaded = json.loads((POSTS / "bluesky" / "cases.json").read_text())["there"]["json"]
    loaded["thread"]["post"]["record"] |= changes.pop("record", {})
    loaded["thread"]["post"] |= changes
    cited = "https://bsky.app/profile/ilma-watch.example/post/3lriverwatch2a"
    return read(json.dumps(loaded), cited, "application/json")[1]


ASKED = "at://did:plc:quay/app.bsky.feed.post/3lquay"


def test_a_post_on_bluesky_names_whom_it_answers() -> None:
    facts = bluesky(record={"reply": {"parent": {"uri": ASKED}, "root": {"uri": "at://x"}}})
    assert facts["reply_to"] == "https://bsky.app/profile/did:plc:quay/post/3lquay"


@pytest.mark.parametrize("beside_pictures", [False, True])
def test_a_quoted_post_on_bluesky_is_named_by_its_handle(beside_pictures: bool) -> None:
    uri = {"uri": ASKED, "cid": "c"}
    author = {"handle": "quay.example", "displayName": "The Quay"}
    shown = {**uri, "author": author, "value": {"text": "Is the lock open?"}}
    wrap = (lambda one: {"record": {"record": one}, "media": {}}) if beside_pictures else (
        lambda one: {"record": one})  # fmt: skip
    facts = bluesky(record={"embed": wrap(uri)}, embed=wrap(shown))
    assert facts["quoted_url"] == "https://bsky.app/profile/quay.example/post/3lquay"
    assert (facts["quoted_author"], facts["quoted_text"]) == ("The Quay", "Is the lock open?")
    author["labels"] = [{"val": "!no-unauthenticated"}]
    assert "quoted_text" not in bluesky(record={"embed": wrap(uri)}, embed=wrap(shown))


VK = (
    '<div class="post_content"><a class="pi_author">River Watch</a>{}<div class="copy_quote">'
    '<a class="copy_author" href="/quay">The Quay</a><div class="copy_post_date">'
    '<a href="/wall-77_5" class="published_by_date">9 Mar</a></div>'
    '<div class="wall_post_text">Is the lock open?</div></div></div>'
)


@pytest.mark.parametrize(
    ("own", "text"),
    [("", "Is the lock open?"),
     ('<div class="wall_post_text">It is.</div>', "It is.")],
)  # fmt: skip
def test_a_post_on_vk_names_what_it_repeats(own: str, text: str) -> None:
    found, facts = read(VK.format(own), "https://vk.com/wall-12_34")
    assert found == text
    assert facts == {"forwarded_from": "The Quay", "forwarded_url": "https://vk.com/wall-77_5"}


X_PAGE = """
<html><head><title>River on Twitter: "The lock is open."</title></head><body>
<div class="permalink-in-reply-tos"><div class="tweet" data-tweet-id="1240000000000000001"
 data-permalink-path="/quay/status/1240000000000000001" data-name="Quay"><p class="tweet-text">Is
 it?</p></div></div>
<div class="tweet permalink-tweet" data-tweet-id="1240000000000000002">
<p class="tweet-text">The lock is open.</p><div class="QuoteTweet"><a class="QuoteTweet-link"
 href="/gate/status/1240000000000000000"></a><b class="QuoteTweet-fullname">Gate</b><div
 class="QuoteTweet-text">Opening today.</div></div></div>
<div class="replies"><div class="tweet" data-tweet-id="1240000000000000003"></div></div>
"""


def test_an_old_page_of_x_shows_what_its_post_answers_and_quotes() -> None:
    text, facts = read(X_PAGE, "https://x.com/river/status/1240000000000000002")
    assert text == "The lock is open."
    assert facts["reply_to"] == "https://x.com/quay/status/1240000000000000001"
    assert (facts["reply_author"], facts["reply_text"]) == ("Quay", "Is it?")
    assert facts["quoted_url"] == "https://x.com/gate/status/1240000000000000000"
    assert (facts["quoted_author"], facts["quoted_text"]) == ("Gate", "Opening today.")


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared")
def test_on_a_real_preview_answers_albums_and_forwards_are_told_apart() -> None:
    raw = REAL.read_bytes()
    found = {n: read(raw, f"https://t.me/rybar/{n}") for n in (81506, 81510, 81513, 81516)}
    assert found[81510][1]["reply_to"] == "https://t.me/rybar/81507"
    assert found[81516][1]["reply_author"] == "Рыбарь"
    assert not found[81510][0].startswith(found[81510][1]["reply_text"][:20])
    assert len(found[81510][1]["album"].split()) == 3
    assert found[81506][1]["forwarded_url"] == "https://t.me/dva_majors/95608"
    assert "reply_to" not in found[81513][1]
