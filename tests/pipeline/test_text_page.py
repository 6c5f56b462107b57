"""Clean text of whatever is cited: pages, files, feeds; and what must not happen to it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from trafilatura import bare_extraction

from pipeline.read.page_text import kind_of, page_text
from pipeline.read.text.formats.html import drop_unread, parse_html
from pipeline.read.text.limits import TextLimits

FIXTURES = Path(__file__).parents[1] / "fixtures"

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
URL = "https://www.rivertimes.example.com/world/ferry-4711"
HTML = "text/html; charset=utf-8"


def read(body, content_type=HTML, url=URL, at=AT, limits=None):
    raw = body.encode() if isinstance(body, str) else body
    return page_text(raw, url, content_type, at, limits)


def news(**changes):
    source = (FIXTURES / "cited" / "news.html").read_text(encoding="utf-8")
    for old, new in changes.items():
        source = source.replace(old, new)
    return source


def paragraphs(*texts, lang="en", head=""):
    inner = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head>{head}<title>A page</title></head>'
        f"<body><article><h1>A page</h1>{inner}</article></body></html>"
    )


# --- a news page ----------------------------------------------------------------------------------


def test_a_news_page_gives_its_article_and_nothing_around_it():
    found = read(news())
    assert found.title == "Ferry goes again after three weeks"
    assert found.author == "Ana Brook; Tom Reed"
    assert found.site_name == "The River Times"
    assert found.published == "2026-03-12"
    assert found.language == "en"
    assert found.flags == ()
    assert "people of the upper town" in found.text
    assert "- First crossing at 6:40\n- Last crossing at 21:15" in found.text
    assert not any(word in found.text for word in ("Most read", "fountain", "Terms", "Sport"))


def test_paragraphs_are_divided_by_a_blank_line():
    text = read(news()).text
    blocks = text.split("\n\n")
    assert any(
        block.startswith("The ferry over") and block.endswith("in the flood.") for block in blocks
    )
    assert "\n\n\n" not in text
    # A line break of the source is no end of a paragraph.
    assert "said a woman who has sold fish" in text


def test_an_empty_block_between_lines_divides_paragraphs():
    line = "The ferry over the wide river went again on Monday after three weeks of repairs."
    page = paragraphs("").replace(
        "<p></p>", f"<div>{line}<div class='gap'></div>{line[::-1]}</div>"
    )
    assert read(page).text.split("\n\n")[-2:] == [line, line[::-1]]


def test_the_same_page_gives_the_same_text_every_time():
    assert len({read(news()).text for _ in range(4)}) == 1


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ('<meta name="author" content="Ana Brook">', "Ana Brook"),
        ('<meta property="article:author" content="https://www.facebook.com/rivertimes">', None),
        ('<script type="application/ld+json">{"@type":"Article","author":"Ana Brook"}</script>',
            "Ana Brook"),
        ('<script type="application/ld+json">[{"@type":"NewsArticle","author":{"name":["Ana","Tom"]}}]</script>', "Ana; Tom"),  # noqa: E501
        ('<script type="application/ld+json">{"@type":"Article", broken</script>', None),
    ],
)  # fmt: skip
def test_authors_are_people_not_addresses(head, author):
    assert read(paragraphs("Words. " * 60, head=head)).author == author


@pytest.mark.parametrize(
    ("title", "og", "expected"),
    [
        ("Ferry goes | The River Times", "", "Ferry goes"),
        ("Ferry goes | upstream", "", "Ferry goes | upstream"),
        ("The River Times", "Ferry goes", "Ferry goes"),
        ("Ferry goes &amp; stops - The River Times", "The River Times", "Ferry goes & stops"),
    ],
)
def test_titles_come_without_the_name_of_the_site(title, og, expected):
    head = (
        '<meta property="og:site_name" content="The River Times"><meta property="og:title" '
        f'content="{og}">'
    )
    page = f"<html><head><title>{title}</title>{head}</head><body><p>{'Words. ' * 60}</p></body></html>"  # noqa: E501
    assert read(page).title == expected


def test_the_name_of_the_site_may_stand_only_in_the_title():
    page = (
        "<html><head><title>Ferry goes | The River "
        f"Times</title></head><body><p>{'Words. ' * 60}</p></body></html>"
    )
    assert read(page).site_name == "The River Times"


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("2026-03-12T07:30:00+03:00", "2026-03-12"),
        ("2026-03-12", "2026-03-12"),
        ("2026-03-20T11:00:00Z", "2026-03-20"),
        (
            "2026-03-21T01:00:00+14:00",
            "2026-03-20",
        ),  # tomorrow on the page's clock, an hour ago on ours
        ("2026-03-21T20:00:00Z", None),
        ("2027-01-01T00:00:00Z", None),
        ("0001-01-01T00:00Z", None),
        ("1970-01-01", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_never_later_than_the_capture(stamp, published):
    head = f'<meta property="article:published_time" content="{stamp}">'
    assert read(paragraphs("Words about a ferry. " * 20, head=head)).published == published


def test_a_date_in_the_address_or_the_text_is_found():
    page = paragraphs("Words about a ferry. " * 20)
    assert read(page, url="https://example.com/2026/02/17/ferry").published == "2026-02-17"
    dated = paragraphs(
        '<time datetime="2026-02-18">18 February</time>', "Words about a ferry. " * 20
    )
    assert read(dated, url="https://example.com/ferry").published == "2026-02-18"


def test_a_future_date_in_the_address_is_none():
    page = paragraphs("Words about a ferry. " * 20)
    assert read(page, url="https://example.com/2026/05/17/ferry").published is None


# --- scripts and encodings ------------------------------------------------------------------------

ARABIC = (
    "عادت العبارة إلى العمل يوم الاثنين بعد ثلاثة أسابيع من الإصلاحات، وقال مدير الميناء إن "
    "الرحلة الأولى كانت هادئة."
)
PERSIAN = (
    "قایق رودخانه روز دوشنبه پس از سه هفته تعمیر دوباره به کار افتاد و مدیر بندر گفت که "
    "نخستین سفر آرام بود."
)
HEBREW = (
    "המעבורת חזרה לפעול ביום שני לאחר שלושה שבועות של תיקונים, ומנהל הנמל אמר שההפלגה "
    "הראשונה הייתה שקטה."
)
RUSSIAN = (
    "Паром снова пошёл в понедельник после трёх недель ремонта, и начальник порта сказал, "
    "что первый рейс был спокойным."
)
UKRAINIAN = (
    "Пором знову пішов у понеділок після трьох тижнів ремонту, і начальник порту сказав, "
    "що перший рейс був спокійним."
)
TURKISH = (
    "Feribot üç haftalık onarımın ardından pazartesi günü yeniden çalıştı ve liman müdürü "
    "ilk seferin sakin geçtiğini söyledi."
)
TEXTS = {"ar": ARABIC, "fa": PERSIAN, "he": HEBREW, "ru": RUSSIAN, "uk": UKRAINIAN, "tr": TURKISH}


@pytest.mark.parametrize("language", TEXTS)
def test_every_script_comes_through_unharmed(language):
    text = TEXTS[language]
    found = read(paragraphs(text, text[::-1][::-1] + " 2026", lang=language))
    assert text in found.text
    assert found.language == language


def test_mixed_directions_keep_their_order_and_marks():
    mixed = f"{HEBREW} (IDF Spokesperson, 12.3.2026) {ARABIC} \u200f12%\u200f and so on."
    assert mixed in read(paragraphs(mixed, "Words. " * 20)).text


def test_references_to_characters_are_read_and_to_control_characters_dropped():
    text = (
        "The ferry&#39;s captain &#x2014; &#171;a quiet man&#187; &#1;said &#x1f;so&#31; "
        "&#8217;twice&#8217; &#x27;today&#x27;. "
    )
    plain = "The ferry's captain — «a quiet man» said so ’twice’ 'today'."
    assert plain in read(paragraphs(text * 4, "And again. " * 20)).text


def test_persian_joiners_stay():
    text = "می‌خواهیم که قایق‌ها دوباره کار کنند و مردم شهر بالا از آن‌ها استفاده کنند، گفت مدیر بندر."
    assert text in read(paragraphs(text, text + " پایان")).text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "windows-1251"),
        (UKRAINIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (ARABIC, "windows-1256"),
        (HEBREW, "windows-1255"),
        (TURKISH, "windows-1254"),
        (ARABIC, "iso-8859-6"),
        (PERSIAN, "utf-8"),
        (RUSSIAN, "utf-16"),
    ],
)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_declared_encodings_are_read(text, encoding, place):
    meta = f'<meta charset="{encoding}">' if place == "meta" and encoding != "utf-16" else ""
    header = f"text/html; charset={encoding}" if place == "header" else "text/html"
    body = paragraphs(text, text + " 2026", head=meta).encode(encoding, "replace")
    assert text.replace("پ", "پ") in read(body, header).text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "windows-1251"),
        (UKRAINIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (ARABIC, "windows-1256"),
        (HEBREW, "windows-1255"),
        (RUSSIAN, "utf-8"),
    ],
)
@pytest.mark.parametrize("header", ["text/html", "text/html; charset=utf-8", None])
def test_undeclared_and_falsely_declared_encodings_are_found(text, encoding, header):
    body = paragraphs(text, text + " 2026").encode(encoding)
    assert text in read(body, header).text


def test_a_default_that_lies_gives_way_to_utf_8():
    body = paragraphs(RUSSIAN, RUSSIAN + " 2026").encode()
    assert RUSSIAN in read(body, "text/html; charset=iso-8859-1").text


def test_a_page_cut_within_a_character_stays_in_its_encoding():
    body = paragraphs(RUSSIAN, RUSSIAN).encode()
    cut = body[: body.rindex("спокойным".encode()) + 3]
    assert RUSSIAN in read(cut).text


def test_a_mark_at_the_start_goes_before_the_header():
    body = b"\xef\xbb\xbf" + paragraphs(RUSSIAN, RUSSIAN + " 2026").encode()
    assert RUSSIAN in read(body, "text/html; charset=windows-1251").text


# --- thin and too large ---------------------------------------------------------------------------


def test_a_shell_that_needs_scripts_is_thin():
    page = (
        "<html><head><title>River</title></head><body><noscript>Please enable JavaScript to "
        'run this app.</noscript><div id="root"></div></body></html>'
    )
    assert read(page).flags == ("script-shell", "thin")


@pytest.mark.parametrize(
    "body", ["", "   ", "<html></html>", "\x00\x00<html>", "<html><body></body></html>"]
)
def test_nothing_is_thin_and_no_error(body):
    found = read(body)
    assert found.text == ""
    assert "thin" in found.flags or "binary" in found.flags


def test_a_page_above_the_limit_gives_its_paragraphs_as_they_stand():
    head = '<meta property="article:published_time" content="2026-03-12">'
    page = paragraphs(
        *[f"The ferry went {n} times, and nobody fell into the river." for n in range(200)],
        head=head,
    )
    found = read(page, limits=TextLimits(extract_max_bytes=5_000))
    assert len(found.text.split("\n\n")) == 200
    assert found.flags == ("too-large-for-extraction",)
    assert (found.title, found.published) == ("A page", "2026-03-12")


def test_the_article_of_the_declarations_helps_where_the_page_has_none():
    article = " ".join(f"Sentence {n} about the ferry and the river." for n in range(40))
    head = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "articleBody": article})}</script>'  # noqa: E501
    page = f'<html><head>{head}</head><body><div id="root"></div></body></html>'
    found = read(page)
    assert "Sentence 39" in found.text
    assert "thin" not in found.flags


@pytest.mark.parametrize("holder", ["aside", "footer"])
def test_a_page_whose_only_paragraphs_stand_beside_the_text_keeps_them(holder):
    told = "The pilot boats go out at six and come back when the tide allows it. " * 8
    tree = parse_html(f"<html><body><{holder}><p>{told}</p></{holder}></body></html>")
    drop_unread(tree)
    assert told.strip() in tree.text_content()


@pytest.mark.parametrize("path", [FIXTURES / "cited" / "news.html"], ids=lambda path: path.name)
def test_what_is_dropped_before_extraction_changes_no_text(path):
    source = path.read_text(encoding="utf-8")
    whole, lean = parse_html(source), parse_html(source)
    drop_unread(lean)
    said = [bare_extraction(tree, fast=True, include_comments=False).text for tree in (whole, lean)]
    assert said[0] == said[1]
    assert len(list(lean.iter())) < len(list(whole.iter()))


def test_json_ld_stays_for_the_last_resort():
    tree = parse_html(
        '<html><head><script type="application/ld+json">{"a": '
        "1}</script><script>b()</script></head>"
        "<body><svg><path/></svg> tail</body></html>"
    )
    drop_unread(tree)
    assert [script.text for script in tree.iter("script")] == ['{"a": 1}']
    assert tree.find("body").text_content() == " tail"


def test_an_article_that_is_not_free_is_flagged():
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'  # noqa: E501
    assert "not-free" in read(paragraphs("Words about a ferry. " * 20, head=head)).flags


@pytest.mark.parametrize("depth", [300, 5_000])
def test_deep_nesting_is_no_error(depth):
    page = (
        "<html><body>"
        + "<div>" * depth
        + "<p>The ferry goes again.</p>"
        + "</div>" * depth
        + "</body></html>"
    )
    assert read(page).published is None


def test_entities_are_not_expanded():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c '
        '"&b;&b;&b;&b;">]><a>&c;</a>'
    )
    assert "bbbb" not in read(bomb, "application/xml").text.replace("bbbbbbbbbb", "", 1)


# --- other kinds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"", "text/html", "empty"),
        (b"%PDF-1.7 x", "text/html", "pdf"),
        (b"junk\n%PDF-1.7 x", None, "pdf"),
        (b"<!DOCTYPE html><html>", "application/octet-stream", "html"),
        (b"<html><body>", "application/pdf", "html"),
        (b'{"a": 1}', None, "json"),
        (b'{"a": 1}', "application/activity+json", "json"),
        (b"[1]", "text/plain", "json"),
        (b'{"html": "<p>a</p>"}', "application/json", "json"),
        (b"<?xml version='1.0'?><rss/>", "application/rss+xml", "xml"),
        (b"plain words", "text/plain", "text"),
        (b"BM is a town", "text/plain", "text"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "image"),
        (b"anything", "image/webp", "image"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4", "binary"),
        (b"PK\x03\x04....", None, "binary"),
        (b"\x01\x02\x03", None, "binary"),
    ],
)
def test_kinds_are_told_by_the_bytes(body, content_type, kind):
    assert kind_of(body, content_type) == kind


def test_plain_text_keeps_its_paragraphs():
    found = read("First line\nof a paragraph.\r\n\r\n\r\nSecond   paragraph.\x07", "text/plain")
    assert found.text == "First line\nof a paragraph.\n\nSecond paragraph."


def test_json_gives_its_texts_under_their_names():
    found = read('{"title": "Ferry", "items": [{"name": "Dorn"}, 7, null, ""]}', "application/json")
    assert found.text == "title: Ferry\nname: Dorn\nitems: 7"


@pytest.mark.parametrize(
    "body", ['{"broken": ', "[" * 100_000, '{"a": "\ud83d"}'.encode("utf-8", "surrogatepass")]
)
def test_broken_json_is_text(body):
    assert isinstance(read(body, "application/json").text, str)


def test_feeds_give_what_stands_between_their_tags():
    feed = (
        "<?xml version='1.0'?><rss><item><title>Ferry</title><description><![CDATA[It "
        "goes.]]></description></item></rss>"
    )
    assert read(feed, "application/rss+xml").text == "Ferry\n\nIt goes."


def test_pictures_and_films_have_no_text():
    assert read(b"\x89PNG\r\n\x1a\n\x00", "image/png").flags == ("no-text", "image")
    assert read(b"\x00\x00\x00\x18ftypmp42", "video/mp4").flags == ("no-text", "binary")


def test_an_address_that_is_none_does_not_matter():
    assert read(news(), url="urn:example:x").title == "Ferry goes again after three weeks"
