"""Which post an address of Bluesky, Threads or Rutube names."""

from __future__ import annotations

import pytest

from archive.urls import normal as urls

CODE = "3eac00b4561676c17df9132a9a1e6200"
POST = "https://bsky.app/profile/ilma.example/post/3lriver2a"
DID = "https://bsky.app/profile/did:plc:z72i7hd/post/3lriver2a"


@pytest.mark.parametrize(
    ("url", "key", "platform", "account", "post"),
    [
        ("https://bsky.app/profile/Ilma.Example/post/3lriver2a?ref_src=embed", POST, "bluesky",
            "ilma.example", "3lriver2a"),
        ("https://bsky.app/profile/@ilma.example/post/3lriver2a/", POST, "bluesky", "ilma.example",
            "3lriver2a"),
        ("at://ilma.example/app.bsky.feed.post/3lriver2a", POST, "bluesky", "ilma.example",
            "3lriver2a"),
        (" AT://ilma.example/app.bsky.feed.post/3lriver2a", POST, "bluesky", "ilma.example",
            "3lriver2a"),
        ("https://bsky.app/profile/did%3Aplc%3Az72i7hd/post/3lriver2a", DID, "bluesky",
            "did:plc:z72i7hd", "3lriver2a"),
        ("https://embed.bsky.app/embed/did:plc:z72i7hd/app.bsky.feed.post/3lriver2a?id=1", DID,
            "bluesky", "did:plc:z72i7hd", "3lriver2a"),
        ("https://fxbsky.app/profile/ilma.example/post/3lriver2a", POST, "bluesky", "ilma.example",
            "3lriver2a"),
        ("at://did:plc:z72i7hd", "https://bsky.app/profile/did:plc:z72i7hd", "bluesky",
            "did:plc:z72i7hd", None),
        ("https://bsky.app/profile/ilma.example", "https://bsky.app/profile/ilma.example",
            "bluesky", "ilma.example", None),
        ("https://bsky.app/profile/ilma.example/feed/news",
            "https://bsky.app/profile/ilma.example/feed/news", "bluesky", "ilma.example", None),
        ("https://bsky.app/search?q=ferry", "https://bsky.app/search?q=ferry", "bluesky", None,
            None),
        ("https://bsky.app/profile/nobody", "https://bsky.app/profile/nobody", "bluesky", None,
            None),
        ("https://go.bsky.app/AbC", "https://go.bsky.app/AbC", "shortlink", None, None),
        ("https://www.threads.net/@Ilma.Watch/post/DVxk_cTgTQF?xmt=a",
            "https://threads.com/@ilma.watch/post/DVxk_cTgTQF", "threads", "ilma.watch",
            "DVxk_cTgTQF"),
        ("https://threads.com/@ilma.watch/post/DVxk_cTgTQF/media",
            "https://threads.com/@ilma.watch/post/DVxk_cTgTQF", "threads", "ilma.watch",
            "DVxk_cTgTQF"),
        ("https://www.threads.com/t/DVxk_cTgTQF", "https://threads.com/t/DVxk_cTgTQF", "threads",
            None, "DVxk_cTgTQF"),
        ("https://www.threads.net/@ilma.watch", "https://threads.com/@ilma.watch", "threads",
            "ilma.watch", None),
        ("https://www.threads.com/@ilma.watch/replies", "https://threads.com/@ilma.watch/replies",
            "threads", "ilma.watch", None),
        (f"https://rutube.ru/video/{CODE}/?r=wd&t=12", f"https://rutube.ru/video/{CODE}", "rutube",
            None, CODE),
        (f"https://rutube.ru/play/embed/{CODE}/", f"https://rutube.ru/video/{CODE}", "rutube", None,
            CODE),
        (f"https://rutube.ru/shorts/{CODE}/", f"https://rutube.ru/video/{CODE}", "rutube", None,
            CODE),
        (f"https://rutube.ru/live/video/{CODE}/", f"https://rutube.ru/video/{CODE}", "rutube", None,
            CODE),
        ("https://rutube.ru/video/embed/6722881?a=b", "https://rutube.ru/video/6722881", "rutube",
            None, "6722881"),
        (f"https://rutube.ru/video/private/{CODE}/?p=jX_d-L&r=wd",
            f"https://rutube.ru/video/private/{CODE}?p=jX_d-L", "rutube", None, CODE),
        ("https://rutube.ru/channel/639184/videos/", "https://rutube.ru/channel/639184/videos",
            "rutube", "639184", None),
        ("https://rutube.ru/u/River/", "https://rutube.ru/u/River", "rutube", "river", None),
        ("https://rutube.ru/video/person/313878/", "https://rutube.ru/video/person/313878",
            "rutube", "313878", None),
        ("https://rutube.ru/feeds/news/", "https://rutube.ru/feeds/news", "rutube", None, None),
    ],
)  # fmt: skip
def test_a_post_has_one_form(url, key, platform, account, post):
    found = urls.identify(url)
    assert (found.key, found.platform, found.account, found.post_id) == (
        key,
        platform,
        account,
        post,
    )
    assert urls.identify(found.key) == found


@pytest.mark.parametrize(
    "url",
    ["at://", "at://ilma.example/app.bsky.graph.list/3l", "at://ilma.example/x y", "tg://resolve"],
)
def test_an_address_in_a_scheme_that_stands_nowhere_is_none(url):
    with pytest.raises(urls.BadUrlError):
        urls.identify(url)


def test_what_is_asked_for_a_record_is_its_page():
    found = urls.identify("at://ilma.example/app.bsky.feed.post/3lriver2a")
    assert found.url == POST
