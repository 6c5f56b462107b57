"""The short ways of reading a page end where the long ones do."""

import copy

import pytest
import trafilatura
from lxml import etree
from trafilatura import bare_extraction, xpaths
from trafilatura.metadata import extract_author

from pipeline.read.corrections import is_labelled
from pipeline.read.text.article import asked, byline, extraction
from pipeline.read.text.article.asked import asked_of
from pipeline.read.text.article.blocks import key_of
from pipeline.read.text.article.byline import byline_of
from pipeline.read.text.article.extraction import extracted
from pipeline.read.text.article.names import Names
from pipeline.read.text.formats.html import parse_html
from pipeline.read.text.limits import inner_text, parsable

URL = "https://weir.example.com/mill"
PROSE = "The miller of the lower weir ground {} sacks before noon, and the bakers fetched them. "
ARTICLE = "".join(f"<p>{PROSE.format(n)}{PROSE.format(n + 1) * 2}</p>" for n in range(3, 21, 2))
SHORT = f"<p>{PROSE.format(2) * 4}</p>"
MENU = "<nav><ul>" + "<li><a href='/x'>Rivers and bridges</a></li>" * 30 + "</ul></nav>"
NESTED = f"<nav><div><nav><a href='/y'>Inner</a></nav></div></nav><div>{MENU}</div>"
COMMENTS = f"<div class='Comments' id='c'><p>{PROSE.format(99) * 3}</p></div>"
ENDLESS = f"<div class='infinite-scroll'><h2>Next</h2><p>{PROSE.format(77) * 9}</p></div>"
TITLED = f"<section class='infinitescroll'><h1>Mill</h1>{ARTICLE}</section>"
FORUM = (
    '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>' + COMMENTS * 3
)


def tree_of(body, head=""):
    return parse_html(f"<html><head><title>The mill</title>{head}</head><body>{body}</body></html>")


def long_way(tree):
    found = bare_extraction(
        copy.copy(tree), url=URL, fast=True, include_comments=False, with_metadata=False
    )
    return "" if found is None else found.text


@pytest.mark.parametrize(
    "body",
    [
        f"{MENU}<article>{ARTICLE}</article>",
        f"{NESTED}<article>{ARTICLE}</article>",
        f"<article>{ARTICLE}</article>{COMMENTS}{ENDLESS}",
        f"{MENU}{TITLED}",
        f"<form id='f'>{MENU}<div class='post-content'>{ARTICLE}</div></form>",
        f"<div>{ARTICLE}<noscript>Switch it on</noscript> and on<button>Go</button> it went</div>",
        f"<article>{SHORT}</article>{MENU * 9}",
        f"<article>{SHORT}</article>" + f"<div class='teaser'>{ARTICLE}</div>" * 4,
        MENU,
        FORUM,
        "<p>Few words.</p>",
    ],
)
def test_the_first_stage_alone_gives_the_whole_answer(body):
    tree = tree_of(body)
    before = etree.tostring(tree)
    assert extracted(Names(tree), URL, fast=True) == long_way(tree)
    assert etree.tostring(tree) == before


def test_later_stages_are_asked_where_they_could_follow(monkeypatch):
    whole = []
    monkeypatch.setattr(extraction, "_all_stages", lambda *_a, **_k: whole.append(1) or "")
    extracted(Names(tree_of(f"<article>{ARTICLE}</article>")), URL, fast=True)
    assert not whole
    extracted(Names(tree_of(f"<article>{SHORT}</article>{MENU * 9}")), URL, fast=True)
    assert whole == [1]
    extracted(Names(tree_of("<p>Few words.</p>")), URL, fast=True)
    assert whole == [1, 1]


def test_another_trafilatura_is_asked_for_the_whole_alone(monkeypatch):
    tree = tree_of(f"<article><p class='byline'>By Ann Weir</p>{ARTICLE}</article>")
    known = extracted(Names(tree), URL, fast=True), byline_of(Names(tree))
    asked.is_known.cache_clear()
    monkeypatch.setattr(trafilatura, "__version__", "2.4.0")
    monkeypatch.setattr(extraction, "_first_stage", None)
    monkeypatch.setattr(byline, "_asked", None)
    assert (extracted(Names(tree), URL, fast=True), byline_of(Names(tree))) == known
    asked.is_known.cache_clear()
    monkeypatch.undo()
    assert asked.is_known(), "compare the parts of this version with its whole, then name it"


@pytest.mark.parametrize(
    ("path", "stems"),
    [
        ("//*[re:test(@id, '[Mm]iller|weir-?dam')]", {"id": ("iller", "weir")}),
        ("//*[re:test(@class, '^(?:mill|weir)-wheel')]", {"class": ("mill-wheel", "weir-wheel")}),
        ("//*[contains(@role, 'mill') or @class='dam']", {"role": ("mill",), "class": ("dam",)}),
        ("//*[re:test(@id, '(?:mill-?)?weir')]", {"id": ("weir",)}),
        ("//*[re:test(@id, '(?:mill|dam)?x')]", {"id": ("",)}),
    ],
)
def test_what_a_value_must_hold_is_told_from_the_pattern(path, stems):
    expression = etree.XPath(path, namespaces={"re": xpaths.REGEXP_NS})
    assert asked_of(expression).stems == stems


@pytest.mark.parametrize(
    "path", ["//*[contains(translate(@id, 'M', 'm'), 'mill')]", "//*[re:test(@id|@class, 'mill')]"]
)
def test_of_other_conditions_nothing_is_told(path):
    expression = etree.XPath(path, namespaces={"re": xpaths.REGEXP_NS})
    tree = tree_of("<div id='Mill'>x</div>")
    assert asked_of(expression).found(Names(tree), tree) == expression(tree)


NAMES = (  # noqa: SIM905 - reads better as text
    "author-name authorname AuthorName byline Byline byl BBL username channel-name submitted-by "
    "posted-by journalist-name screenname writer zuozhe bianji xiaobian post-Author comments "
    "Comment-list commentary article-comments post-comments comol disqus_thread dsq-comments "
    "infinite-scroll infinitescroll mvp-post-add-box mvp-post-add-wrap elementor-share-buttons"
).split()


@pytest.mark.parametrize("attribute", ["class", "id", "rel", "itemprop", "data-component"])
def test_no_element_that_an_expression_finds_is_missed(attribute):
    body = "".join(f"<div {attribute}='x {n}'>a</div><p {attribute}='{n}'>a</p>" for n in NAMES)
    tree = tree_of(body)
    for group in (
        xpaths.AUTHOR_XPATHS,
        xpaths.RAW_TREE_PRUNE_XPATH,
        xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
    ):
        could = asked_of(*group).could(Names(tree))
        assert {one for expression in group for one in expression(tree)} <= set(could)


BYLINES = [
    "<p class='byline'>By <b>Ada Miller</b></p>",
    "<div class='author-box'><span class='title'>Writer</span><a rel='author'>Ada Miller</a></div>",
    f"<div class='author'>{SHORT * 9}<span class='writer'>Ada Miller</span></div>",
    f"<div class='single-author'>{ARTICLE}<p id='author'>Ada Miller</p></div>",
    "<div id='comments'><span class='username'>Somebody</span></div><h4 class='byl'>Ada</h4>",
    "<figure><span class='author'>A Picture</span></figure><time class='author'>Noon</time>",
    "<author>Ada Miller</author>",
    "<o:p class='author'>Ada Miller</o:p>",
    "<p>No name.</p>",
]


@pytest.mark.parametrize("body", [*BYLINES, "".join(BYLINES[1:6]), "".join(BYLINES[4::-1])])
def test_the_author_is_the_one_that_the_whole_page_names(body):
    tree = tree_of(f"<div class='page'>{body}{ARTICLE}</div>")
    assert byline_of(Names(tree)) == extract_author(tree)


@pytest.mark.parametrize("text", ["a\x01b", "a\x85b\x9fc", "a\ufffeb\uffffc", "x\ud800y", "a&#2;b"])
def test_what_no_tree_can_hold_is_taken_out_before_it_is_read(text):
    tree = parse_html(f"<p>{text} é</p>")
    assert all(sign.isprintable() or sign == "\x85" for sign in inner_text(tree))
    assert parsable("plain – é\n") == "plain – é\n".encode()


@pytest.mark.parametrize(
    ("text", "key"),
    [("A mill, 3 wheels!", "Amill3wheels"), ("— «Млин» – 水車…", "Млин水車"), ("a_b – c", "a_bc"),
     ("", ""), ("…", "")],
)  # fmt: skip
def test_the_key_of_a_text_is_its_letters_and_figures(text, key):
    assert key_of(text) == key


@pytest.mark.parametrize(
    "line", ["UPDATE: noon", "  [Correction] x", "İSPRAVKA: x", "Rıchtigstellung: x",
             "An earlier version of this story named another weir", "更正：水車"],
)  # fmt: skip
def test_a_line_is_labelled_in_capitals_and_behind_signs(line):
    assert is_labelled(line)
