"""Pictures of ordinary pages: what they declare, what stands in their text, what is the frame's."""

from __future__ import annotations

import pytest

from pipeline.read.page_text import page_text
from tests.factories import at

URL = "https://ilma-river.example/news/bridge"
WORDS = "The crossing was closed in the morning, and a ferry has taken its place since then. " * 4


def pictures(body: str, head: str = "") -> list[tuple[str | None, str | None]]:
    page = (
        f"<html><head><title>The bridge</title>{head}</head><body>"
        '<header><img src="/logo.png" width="300" height="120"></header>'
        f"<article><h1>The bridge over the Ilma</h1>{body}<p>{WORDS} Last words.</p></article>"
        '<section><h2>More</h2><a href="/other"><img src="/teaser.jpg"><h3>Other</h3></a></section>'
        '<footer><img src="/footer.jpg" width="400" height="300"></footer></body></html>'
    )
    found = page_text(page.encode(), URL, "text/html; charset=utf-8", at(0)).media
    return [(one.url, one.alt) for one in found]


SITE = "https://ilma-river.example"


def test_the_lead_and_the_pictures_of_the_text_are_the_articles() -> None:
    head = '<meta property="og:image" content="/lead.jpg">'
    body = (
        f"<p>{WORDS} One.</p><figure><img src='/a.jpg'><figcaption>The weir</figcaption></figure>"
        f"<p>{WORDS} Two.</p><p><a href='/b-large.jpg'><img src='/b.jpg' alt='The lock'></a></p>"
    )
    assert pictures(body, head) == [
        (f"{SITE}/lead.jpg", None),
        (f"{SITE}/a.jpg", "The weir"),
        (f"{SITE}/b.jpg", "The lock"),
    ]


def test_two_sizes_of_one_picture_are_one() -> None:
    head = '<meta property="og:image" content="/a.jpg?w=1200">'
    body = f"<img src='/a.jpg?w=800' alt='The weir' width='800' height='600'><p>{WORDS}</p>"
    assert pictures(body, head) == [(f"{SITE}/a.jpg?w=1200", "The weir")]


def test_a_picture_that_a_script_would_load_is_found_where_the_page_keeps_it() -> None:
    body = (
        f"<p>{WORDS} One.</p><img src='data:image/gif;base64,R0' data-src='/late.jpg'>"
        f"<p>{WORDS} Two.</p><picture><source srcset='/s.webp 400w, /l.webp 1600w'></picture>"
        f"<p>{WORDS} Three.</p><img srcset='/s.jpg 1x, /l.jpg 2x'>"
    )
    assert [url for url, _ in pictures(body)] == [f"{SITE}/late.jpg", f"{SITE}/l.jpg"]


@pytest.mark.parametrize(
    "frame",
    [
        '<a href="/another-story"><img src="/x.jpg"></a>',
        '<div class="related-news"><img src="/x.jpg"></div>',
        '<div class="author"><img src="/x.jpg"></div>',
        '<img src="/x.jpg" width="1" height="1">',
        '<img src="/x.svg">',
        '<aside><img src="/x.jpg" width="600" height="400"></aside>',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="{{ picture.url }}">',
        '<img src="javascript:alert(1)">',
    ],
)
def test_what_stands_in_the_text_and_is_the_frames_is_left_out(frame: str) -> None:
    assert pictures(f"<p>{WORDS} One.</p>{frame}<p>{WORDS} Two.</p>") == []


def test_json_ld_names_the_lead_where_open_graph_does_not() -> None:
    item = (
        '{"@type": "NewsArticle", "headline": "The bridge over the Ilma", "image": '
        '[{"@type": "ImageObject", "url": "/lead.jpg", "width": 1600, "caption": "The weir"}]}'
    )
    head = f'<script type="application/ld+json">{item}</script>'
    assert pictures("", head) == [(f"{SITE}/lead.jpg", "The weir")]


def test_a_page_of_a_thousand_pictures_gives_so_many_and_no_more() -> None:
    body = "".join(f"<p>{WORDS} {n}.</p><img src='/{n}.jpg'>" for n in range(200))
    assert len(pictures(body)) == 60


def test_a_picture_that_a_resizer_serves_is_the_one_behind_it() -> None:
    name = "MTY5VYZ5JFOZ5BGV66FE3M5AQI.jpg"
    head = f'<meta property="og:image" content="/resizer/F0/1920x1005/images/{name}">'
    found = pictures(f"<img src='/images/{name}' alt='The weir'><p>{WORDS}</p>", head)
    assert found == [(f"{SITE}/resizer/F0/1920x1005/images/{name}", "The weir")]
