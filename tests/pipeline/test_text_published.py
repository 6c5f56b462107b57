"""The day a page was published: what it states of itself, and nothing that it does not."""

import json
from datetime import UTC, date, datetime

import pytest

from pipeline.read.page_text import page_text
from pipeline.read.text.dating.written import written_days

AT = datetime(2026, 3, 18, 4, tzinfo=UTC)
URL = "https://valley.example.com/mill"
PROSE = (
    "<p>The mill by the lower weir ground its first flour since the flood, the miller said at "
    "noon, and forty sacks were filled before dark by his men and their sons.</p>" * 3
)


def published(body, head="", url=URL, lang="en"):
    source = (
        f"<!DOCTYPE html><html lang='{lang}'><head><title>The mill grinds "
        f"again</title>{head}</head><body>{body}</body></html>"
    )
    return page_text(source.encode(), url, "text/html; charset=utf-8", AT).published


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("3 February 2026", "en", "2026-02-03"), ("Feb. 3rd, 2026", "en", "2026-02-03"),
        ("2/3/2026", "en-US", "2026-02-03"),
        ("3/2/2026", "en-GB", "2026-02-03"), ("03.02.2026", "de", "2026-02-03"),
        ("3. März 2026", "de", "2026-03-03"),
        ("1er février 2026", "fr", "2026-02-01"), ("3 de febrero de 2026", "es", "2026-02-03"),
        ("3 fevereiro 2026", "pt", "2026-02-03"),
        ("3 febbraio 2026", "it", "2026-02-03"), ("3 februari 2026", "nl", "2026-02-03"),
        ("3 lutego 2026", "pl", "2026-02-03"),
        ("5 listopada 2025", "pl", "2025-11-05"), ("5. listopada 2025.", "hr", "2025-10-05"),
        ("3. února 2026", "cs", "2026-02-03"),
        ("3 февраля 2026", "ru", "2026-02-03"), ("3 лютого 2026", "uk", "2026-02-03"),
        ("3 лютага 2026", "be", "2026-02-03"),
        ("3 февруари 2026", "bg", "2026-02-03"), ("3. фебруар 2026.", "sr", "2026-02-03"),
        ("3 februarie 2026", "ro", "2026-02-03"),
        ("2026. február 3.", "hu", "2026-02-03"), ("2026 m. vasario 3 d.", "lt", "2026-02-03"),
        ("2026. gada 3. februāris", "lv", "2026-02-03"),
        ("3. helmikuuta 2026", "fi", "2026-02-03"), ("3 Şubat 2026", "tr", "2026-02-03"),
        ("3 fevral 2026", "az", "2026-02-03"),
        ("3 თებერვალი, 2026", "ka", "2026-02-03"), ("3 փետրվարի, 2026", "hy", "2026-02-03"),
        ("3 Φεβρουαρίου 2026", "el", "2026-02-03"),
        ("3 فبراير 2026", "ar", "2026-02-03"), ("٣ كانون الثاني ٢٠٢٦", "ar", "2026-01-03"),
        ("۳ فوریه ۲۰۲۶", "fa", "2026-02-03"),
        ("۱۴ بهمن ۱۴۰۴", "fa", "2026-02-03"), ("3 בפברואר 2026", "he", "2026-02-03"),
        ("2026年2月3日", "zh", "2026-02-03"),
        ("2026년 2월 3일", "ko", "2026-02-03"), ("2026-02-03T10:00", None, "2026-02-03"),
        ("3 Februari 2026", "id", "2026-02-03"),
        ("3 กุมภาพันธ์ 2569", "th", "2026-02-03"), ("03/02/2569", "th", "2026-02-03"),
        ("3 फ़रवरी 2026", "hi", "2026-02-03"),
        ("Ngày 3 tháng 2 năm 2026", "vi", "2026-02-03"),
        ("2026 оны 2-р сарын 3", "mn", "2026-02-03"),
        ("Febraayo 3, 2026", "so", "2026-02-03"), ("3 Machi 2026", "sw", "2026-03-03"),
        ("3 феврали 2026", "tg", "2026-02-03"),
        ("3 فروری 2026", "ur", "2026-02-03"), ("3ی شوباتی 2026", "ku", "2026-02-03"),
        ("ፌብሩዋሪ 3, 2026", "am", "2026-02-03"),
        ("3 shkurt 2026", "sq", "2026-02-03"), ("۱۴۰۴/۱۱/۱۴ - ۱۲:۳۰", "fa", "2026-02-03"),
        ("14/11/1404", "fa", "2026-02-03"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_its_language_writes_it(text, language, day):
    assert written_days(text, language) == [date.fromisoformat(day)]


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "February 2026",
        "3/4/2026",
        "iso-2022-jp",
        "© 2019",
        "31 February 2026",
        "12 monkeys 2020",
        "20260231",
        "1.2.3",
        "5 listopada",
    ],
)
def test_what_names_no_day_is_none(text):
    assert written_days(text, "en") == []


@pytest.mark.parametrize(
    "body",
    [
        (f"<article><h1>The mill grinds again</h1>{PROSE}</article><footer>© 3 May 2019 Valley "
        "News</footer>"),
        (f"<article><h1>The mill grinds again</h1>{PROSE}</article><aside><a href='/x'>Old "
        "story</a> <time datetime='2020-05-06'>6 May 2020</time></aside>"),
        ("<article><h1>The mill grinds again</h1><p>The first mill burned down on 12 March 2014 "
        f"with all that was in it.</p>{PROSE}</article>"),
        (f"<article><h1>The mill grinds again</h1>{PROSE}</article><div class='related'><span "
        "class='date'>1 May 2021</span></div>"),
        (f"<article><h1>The mill grinds again</h1>{PROSE}</article><div class='comments'><time "
        "datetime='2025-01-02'>2 January 2025</time></div>"),
        ("<div class='date'>Wednesday, 18 March "
        "2026</div><nav>a</nav><p>b</p><p>c</p><p>d</p><p>e</p><article><h1>The mill grinds "
        f"again</h1>{PROSE}</article>"),
        ("<article><h1>The mill grinds again</h1><p class='updated-on'>Last updated: 3 March "
        f"2026</p>{PROSE}</article>"),
        f"<article><h1>The mill grinds again</h1><div>Open 3.-9. May 2025</div>{PROSE}</article>",
        ("<header><span class='date'>Tuesday, 17 March 2026</span></header><article><h1>The mill "
        f"grinds again</h1>{PROSE}</article>"),
        ("<div role='banner'>17 March 2026</div><article><h1>The mill grinds "
        f"again</h1>{PROSE}</article>"),
        ("<article><h1>The mill grinds again</h1><figure><img src='a.jpg'><figcaption>The wheel, 4 "
        f"June 2021</figcaption></figure>{PROSE}</article>"),
        (f"<article><h1>The mill grinds again</h1>{PROSE}<p class='map-caption'>Survey of 3 June "
        "2019</p></article>"),
    ],
)  # fmt: skip
def test_a_day_that_is_not_the_articles_is_none(body):
    head = (
        "<link rel='stylesheet' href='/assets/2021/05/03/site.css'><meta property='og:image' "
        "content='/up/2020/01/02/a.png'>"
    )
    assert published(body, head) is None


@pytest.mark.parametrize(
    "line",
    [
        "<span class='date'>3 February 2026</span>",
        "<p>3 February 2026, 10:15</p>",
        "<div class='byline'>By Ida Weir<br>3 February 2026</div>",
        "<time datetime='2026-02-03'>Tuesday</time>",
        "<ul><li>Date: 3 February 2026</li></ul>",
    ],
)
def test_a_day_at_the_heading_is_the_pages(line):
    assert (
        published(f"<article><h1>The mill grinds again</h1>{line}{PROSE}</article>") == "2026-02-03"
    )


def test_a_stated_day_below_the_article_counts():
    assert (
        published(
            f"<article><h1>The mill grinds again</h1>{PROSE}<p>Published on 3 February "
            "2026</p></article>"
        )
        == "2026-02-03"
    )


def test_a_stamp_in_utc_gives_way_to_the_day_that_the_page_shows():
    head = "<meta property='article:published_time' content='2026-02-04T03:11:00+00:00'>"
    body = f"<article><h1>The mill grinds again</h1><p>February 3, 2026</p>{PROSE}</article>"
    assert published(body, head) == "2026-02-03"
    assert published(body, head.replace("+00:00", "+01:00")) == "2026-02-04"


OWN = {"@type": "NewsArticle", "headline": "The mill grinds again", "url": URL,
    "datePublished": "2026-02-03", "author": {"name": "Ida Weir"}}  # fmt: skip
OTHER = {"@type": "NewsArticle", "headline": "Old bridge",
    "url": "https://valley.example.com/bridge", "datePublished": "2019-05-06",
    "author": {"name": "Bo Old"}, "isAccessibleForFree": False}  # fmt: skip
FILM = {"@type": "VideoObject", "name": "An old film", "uploadDate": "2015-01-01",
    "datePublished": "2015-01-01"}  # fmt: skip


def described(*items):
    scripts = "".join(f"<script type='application/ld+json'>{json.dumps(i)}</script>" for i in items)
    source = (
        "<!DOCTYPE html><html lang='en'><head><title>The mill grinds "
        f"again</title>{scripts}</head><body><article><h1>The mill grinds "
        f"again</h1>{PROSE}</article></body></html>"
    )
    return page_text(source.encode(), URL, "text/html; charset=utf-8", AT)


@pytest.mark.parametrize(
    "items",
    [
        (OTHER, OWN),
        (FILM, OTHER, OWN),
        ([OTHER, OWN],),
        ({"@graph": [OTHER, {**OWN, "url": None, "mainEntityOfPage": {"@id": URL}}]},),
        (OTHER, {k: v for k, v in OWN.items() if k != "url"}),
        (OTHER, {**OWN, "headline": "Mill news"}),
    ],
)
def test_of_several_items_the_one_about_the_page_counts(items):
    found = described(*items)
    assert (found.published, found.author, found.flags) == ("2026-02-03", "Ida Weir", ())
    assert found.title is not None
    assert found.title.startswith(("The mill", "Mill news"))


def test_people_that_a_graph_refers_to_are_known_by_their_names():
    own = {**OWN, "author": [{"@id": "#ida"}, {"@id": "#login"}]}
    people = ({"@type": "Person", "@id": "#ida", "name": "Ida Weir"},
        {"@type": "Person", "@id": "#login", "name": "mill_admin"})  # fmt: skip
    assert described({"@graph": [own, *people]}).author == "Ida Weir"
    assert described({"@graph": [{**OWN, "author": {"@id": "#login"}}, *people]}).author is None


def test_entities_in_a_declared_text_are_undone():
    own = {**OWN, "headline": "Mill &amp; weir", "author": {"name": "S&eacute;a Weir"}}
    found = described(own)
    assert (found.title, found.author) == ("Mill & weir", "Séa Weir")


@pytest.mark.parametrize(
    "stamp", ["Tue, 03 Mar 2026 23:30:00 +0000", "1772580600", "1772580600000"]
)
def test_stamps_of_mail_and_of_programs_are_days(stamp):
    assert described({**OWN, "datePublished": stamp}).published == "2026-03-03"


@pytest.mark.parametrize(("scope", "flags"), [("article", ("not-free",)), ("aside", ())])
def test_microdata_says_of_its_own_item_whether_it_is_free(scope, flags):
    mark = "<meta itemprop='isAccessibleForFree' content='false'>"
    inside, beside = (mark, "") if scope == "article" else ("", f"<div itemscope>{mark}</div>")
    source = (
        f"<html><head><title>The mill grinds again</title></head><body><article itemscope>{inside}"
        f"<h1>The mill grinds again</h1>{PROSE}</article>{beside}</body></html>"
    )
    assert page_text(source.encode(), URL, "text/html; charset=utf-8", AT).flags == flags


def test_items_about_others_say_nothing_of_the_page():
    found = described(OTHER, FILM)
    assert (found.published, found.author, found.flags) == (None, None, ())


def test_a_film_of_another_name_is_not_the_page_whose_title_is_one_word():
    film = {"@type": "VideoObject", "name": "Other film", "uploadDate": "2026-02-20"}
    body = f"<article><h1>Ferry</h1>{PROSE}</article>"
    head = f'<script type="application/ld+json">{json.dumps(film)}</script>'
    assert published(body, head) is None


def test_a_slip_in_json_does_not_lose_the_day():
    source = (
        "<html><head><title>The mill grinds again</title><script "
        'type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": "The mill grinds '
        'again", "datePublished": "2026-02-03",}</script></head><body><article>'
        + PROSE
        + "</article></body></html>"
    )
    assert page_text(source.encode(), URL, "text/html", AT).published == "2026-02-03"


def test_entries_of_a_live_blog_in_json_are_its_text():
    entries = [{"@type": "BlogPosting", "headline": f"Entry {n}",
        "articleBody": f"At noon sack {n} was carried out of the mill."} for n in range(5)]  # fmt: skip  # noqa: E501
    item = {
        "@type": "LiveBlogPosting",
        "headline": "The mill grinds again",
        "liveBlogUpdate": entries,
    }
    source = (
        "<html><head><title>The mill grinds again</title><script "
        f"type='application/ld+json'>{json.dumps(item)}</script></head><body><main><div "
        "id='app'></div></main></body></html>"
    )
    found = page_text(source.encode(), URL, "text/html", AT)
    assert "sack 0" in found.text
    assert "sack 4" in found.text
    assert "thin" not in found.flags
