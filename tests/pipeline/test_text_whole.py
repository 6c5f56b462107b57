"""No word of an article is lost in silence: inline elements, leads, second bodies, large pages; and
what is no article stays out."""

from datetime import UTC, datetime

import pytest

from pipeline.read.page_text import page_text
from pipeline.read.text.limits import TextLimits

AT = datetime(2026, 3, 18, 4, tzinfo=UTC)
URL = "https://valley.example.com/mill"
SENTENCES = (
    "The mill by the lower weir ground its first flour since the flood, the miller said at noon.",
    "Forty sacks were filled before dark, and the bakers of three villages came to fetch them.",
    "A carpenter from the upper valley had cut the new wheel from oak that fell in the storm.",
    "The council lends the miller the money for the dam, to be paid back within twelve years.",
    "Eels were counted below the sluice for the first time, and there were more than expected.",
    "Next month the old granary opens as a school for joiners, with room for nine apprentices.",
)


def page(body, head=""):
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>The mill grinds "
        f"again</title>{head}</head><body>{body}</body></html>"
    )


def inner(sentences):
    return "".join(f"<p>{one}</p>" for one in sentences)


def read(source, limits=None):
    return page_text(source.encode(), URL, "text/html; charset=utf-8", AT, limits)


@pytest.mark.parametrize(
    ("before", "element", "after"),
    [
        ("The wheel turned again on ", "<time datetime='2026-03-02'>Monday</time>",
            " after a long pause for repairs."),
        ("The wheel turned again after ", "<label for='x'>nine weeks</label>",
            " of repairs at the weir."),
        ("The dam cost ", "<output>40,000</output>", " crowns, the council said."),
        ("It was ", "<button type='button'>the miller</button>",
            ", not the smith, who paid for it."),
        ("A third of the flour, ", "<span class='share-of-total'>forty sacks</span>",
            ", went to the school."),
        ("The plan of ", "<b class='author-name'>Ida Weir</b>", " was followed to the letter."),
        ("In spring the ", "<i class='noprint'>upper sluice</i>", " will be rebuilt as well."),
        ("The first sack was carried home on ", "<time>Tuesday</time>", ""),
        ("", "<time>Wednesday</time>", " was the first day on which the wheel stood still again."),
        ("磨坊在", "<time>星期一</time>", "恢复运转，村民们前来领取面粉，市长也到场祝贺。"),
    ],
)  # fmt: skip
def test_an_element_in_the_flow_of_a_sentence_is_part_of_it(before, element, after):
    source = page(
        f"<article>{inner(SENTENCES[:3])}<p>{before}{element}{after}</p>{inner(SENTENCES[3:])}</article>"
    )
    words = element.partition(">")[2].partition("<")[0]
    assert f"{before}{words}{after}" in read(source).text


def test_a_button_behind_a_sentence_is_none_of_its_words():
    source = page(
        f"<article>{inner(SENTENCES)}<p>The wheel turns.<button>Copy the "
        "link</button></p></article>"
    )
    assert "Copy the link" not in read(source).text


def test_what_a_sentence_hides_is_not_read():
    hidden = SENTENCES[0].replace("flour", "<span style='display: none'>bran</span>flour")
    source = page(f"<article><p>{hidden}</p>{inner(SENTENCES[1:])}</article>")
    assert "bran" not in read(source).text


@pytest.mark.parametrize(
    "lead",
    [
        "<p class='lead'>{}</p>",
        "<div class='standfirst'><p>{}</p></div>",
        "<h2 class='article__dek'>{}</h2>",
        "<p>{}</p>",
        "<div class='vorspann'>{}</div>",
    ],
)
def test_a_lead_beside_the_body_is_kept_in_front(lead):
    body = f"<div class='article-body'>{inner(SENTENCES[1:])}</div>"
    source = page(
        f"<article><h1>The mill grinds again</h1>{lead.format(SENTENCES[0])}{body}</article>"
    )
    text = read(source).text
    assert text.startswith(SENTENCES[0])
    assert text.endswith(SENTENCES[-1])


@pytest.mark.parametrize("name", ["article-body", "entry-content", "post-content"])
def test_a_second_block_of_the_body_is_kept_in_its_place(name):
    blocks = [f"<div class='{name}'>{inner(part)}</div>" for part in (SENTENCES[:3], SENTENCES[3:])]
    found = read(page(f"<main>{blocks[0]}<div class='ad'>x</div>{blocks[1]}</main>"))
    assert [part for part in found.text.split("\n\n") if part in SENTENCES] == list(SENTENCES)
    assert "incomplete" not in found.flags


def test_cards_of_other_articles_are_not_added():
    cards = "".join(
        f"<div class='cell'><h3><a href='/{n}'>Story {n}</a></h3><p class='excerpt'>Something "
        f"else happened far away in town {n}.</p></div>"
        for n in range(9)
    )
    source = page(
        f"<main><div class='cell'><h1>The mill grinds again</h1>{inner(SENTENCES)}</div><div "
        f"class='related'>{cards}</div></main>"
    )
    found = read(source)
    assert "far away" not in found.text
    assert "incomplete" not in found.flags


def test_the_next_article_of_an_endless_page_is_not_added():
    second = (
        "<h1>Another story</h1><div class='article-body'><p>Far away a bridge was painted "
        "blue in one night by a hundred people.</p><p>Nobody knows who paid for the paint, and "
        "nobody in the town has asked so far.</p></div>"
    )
    source = page(
        "<main><h1>The mill grinds again</h1><div "
        f"class='article-body'>{inner(SENTENCES)}</div>{second}</main>"
    )
    assert "bridge" not in read(source).text


def test_a_body_that_cannot_be_joined_is_flagged():
    rest = (
        " ".join(SENTENCES[2:])
        + " And so on it went, day after day, until the river froze over in the winter."
    )
    source = page(
        "<main><h1>The mill grinds again</h1><div "
        f"class='article-body'>{inner(SENTENCES)}</div><section class='continued'><div "
        f"class='k'><p>{rest}</p></div></section></main>"
    )
    found = read(source)
    assert rest in found.text or "incomplete" in found.flags


def test_the_heading_is_the_title_and_no_paragraph():
    found = read(page(f"<article><h1>The mill grinds again</h1>{inner(SENTENCES)}</article>"))
    assert found.title == "The mill grinds again"
    assert found.text.startswith(SENTENCES[0])


def test_a_line_that_only_points_elsewhere_is_kept_as_a_link():
    signpost = (
        "<p>Read more: <a href='/eels?id=3'>Eels come back to the lower river in numbers</a></p>"
    )
    found = read(page(f"<article>{inner(SENTENCES[:3])}{signpost}{inner(SENTENCES[3:])}</article>"))
    assert "Eels come back" not in found.text
    assert [(link.url, link.words) for link in found.links] == [
        ("https://valley.example.com/eels?id=3", "Eels come back to the lower river in numbers")
    ]


def test_a_page_that_is_a_list_of_links_keeps_them():
    items = "".join(
        f"<p><a href='/{n}'>The story of the mill, part {n}, as told by the miller</a></p>"
        for n in range(12)
    )
    assert "part 5" in read(page(f"<article><h1>All parts</h1>{items}</article>")).text


def test_scripts_and_pictures_in_the_source_do_not_make_a_page_too_large():
    weight = (
        f"<script>var a = '{'x' * 700_000}';</script><img "
        f"src='data:image/png;base64,{'A' * 600_000}'><!-- {'y' * 300_000} -->"
    )
    found = read(page(f"{weight}<article>{inner(SENTENCES)}</article>"))
    assert SENTENCES[0] in found.text
    assert SENTENCES[-1] in found.text
    assert found.flags == ()


def test_links_are_whole_addresses_of_pages_in_the_order_of_the_text():
    first = SENTENCES[0].replace("mill ", "<a href='/weir'>mill</a> ")
    last = SENTENCES[5].replace("granary", "<a href='https://granary.example.org/'>granary</a>")
    other = (
        "<a href='#top'>up</a> <a href='mailto:a@b.example'>write</a> <a "
        "href='javascript:x()'>do</a>"
    )
    source = page(
        f"<nav><a href='/home'>Home</a></nav><article><p>{first}</p>{inner(SENTENCES[1:5])}<p>{last} {other}</p></article>"  # noqa: E501
    )
    assert [(link.url, link.words) for link in read(source).links] == [
        ("https://valley.example.com/weir", "mill"),
        ("https://granary.example.org/", "granary"),
    ]


def test_a_text_longer_than_the_limit_is_cut_and_says_so():
    found = read(page(f"<article>{inner(SENTENCES)}</article>"), TextLimits(max_chars=100))
    assert (len(found.text), found.flags) == (100, ("text-cut",))


def test_an_element_with_a_thousand_neighbours_takes_no_square_of_time():
    many = "".join(f"<span class='w{n}'>word{n} </span>" for n in range(3_000))
    assert "word2999" in read(page(f"<article><p>{many}</p></article>")).text


def test_a_page_that_never_ends_is_read_from_its_beginning_and_says_so() -> None:
    limits = TextLimits(extract_max_bytes=20_000)
    story = "".join(
        f"<p>The crossing was closed for {n} days, the council said.</p>" for n in range(9)
    )
    endless = f"<html><body>{story}" + "<p>And so it went on, and on, and on again.</p>" * 9_000
    read = page_text(endless.encode(), "https://news.example/a", "text/html", AT, limits)
    assert "closed for 8 days" in read.text
    assert "text-cut" in read.flags


def test_scripts_of_many_megabytes_leave_a_page_whole() -> None:
    limits = TextLimits(extract_max_bytes=20_000)
    story = "".join(
        f"<p>The crossing was closed for {n} days, the council said.</p>" for n in range(9)
    )
    script = "<script>var x = '" + "y" * 300_000 + "';</script>"
    page = f"<html><body>{script}{story}{script}</body></html>"
    read = page_text(page.encode(), "https://news.example/a", "text/html", AT, limits)
    assert "closed for 8 days" in read.text
    assert "text-cut" not in read.flags


HALVES = inner(SENTENCES[:3]), inner(SENTENCES[3:])


@pytest.mark.parametrize(
    "body",
    [
        "<div itemprop='articleBody'>{}</div><hr><div itemprop='articleBody'>{}</div>",
        "<div class='article-body-first'>{}</div><hr><div class='article-body-second'>{}</div>",
        "<div class='copy copy--1'>{}</div><hr><div class='copy copy--2'>{}</div>",
        "<article class='part'>{}</article><hr><article class='part'>{}</article>",
        "<div>{}<button>More</button><div class='collapsed' style='display:none'>{}</div></div>",
    ],
)
def test_both_halves_of_an_article_are_its_text(body):
    source = page(f"<main><h1>The mill grinds again</h1>{body.format(*HALVES)}</main>")
    text = read(source).text
    assert all(sentence in text for sentence in SENTENCES)


def test_a_lead_may_be_called_a_teaser():
    rest = inner(SENTENCES[1:])
    lead = f"<div class='news-teaser-text lead'><p>{SENTENCES[0]}</p></div>"
    source = page(f"<article><h1>The mill grinds again</h1>{lead}<div>{rest}</div></article>")
    assert SENTENCES[0] in read(source).text


@pytest.mark.parametrize(
    "other",
    [
        "<article class='part'><h2>Eels</h2><p>{}</p></article>",
        "<div class='modal' style='display:none'><p>{}</p></div>",
    ],
)
def test_another_article_and_what_is_hidden_stay_out(other):
    told = "The eel fishers of the lower lake want a ladder of their own at the new sluice."
    both = f"<article class='part'><h1>The mill grinds again</h1>{inner(SENTENCES)}</article>"
    assert told not in read(page(f"<main>{both}{other.format(told)}</main>")).text
