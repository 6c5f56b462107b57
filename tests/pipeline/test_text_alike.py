"""trafilatura's searches by names find the same when each name is asked of once."""

import random

import pytest
from lxml import etree
from trafilatura import main_extractor, xpaths

from pipeline.read.text.article import alike, asked
from pipeline.read.text.article.alike import Alike, asked_once
from pipeline.read.text.formats.html import parse_html

SEARCHES = [
    one
    for one in (*xpaths.BODY_XPATH, *xpaths.OVERALL_DISCARD_XPATH)
    if Alike.may_be(one)
]  # fmt: skip
NAMES = (  # noqa: SIM905 - reads better as text
    "post entry article-body article__body articlebody art-content body-text post_text postContent "
    "story story-body primary Main-Content Page-content FULLTEXT content content__body cell mill "
    "shared xshared social viral Newsletter tags sidebar bread-crumb breadcrumb button author "
    "jp-relatedposts footer Footer navigation Navbar menu premium ad-box dfpAd dfpad paid-content "
    "paidcontent byline embed consent cookie cookie-law related next-up more-on meta timestamp "
    "icon-user user-info slide overlay options mol-factbox hidden hide-me nocomments x-reply-to "
    "message akismet reply-1 notloaded weir lock gate \u017fhared \u212airche"
).split()
STYLES = ("display:none", "display: none", "visibility:hidden", "color:red")
TAGS = ("div", "article", "section", "main", "p", "span", "li", "list", "item", "figure")


def some_page(seed):
    """Elements in one another, named by chance; of class and id either comes first."""
    chance = random.Random(seed)
    root = etree.Element("html")
    held = [root]
    for number in range(120):
        element = etree.SubElement(chance.choice(held[-12:]), chance.choice(TAGS))
        held.append(element)
        ways = [
            ("class", " ".join(chance.sample(NAMES, chance.randint(1, 2)))),
            ("id", chance.choice(NAMES)),
            ("role", chance.choice(["article", "main", "Navigation", "button"])),
            ("style", chance.choice(STYLES)),
            ("itemprop", chance.choice(["articleBody", "author"])),
            ("aria-hidden", chance.choice(["true", "false"])),
            ("data-component", chance.choice(["MostPopularStories", "Weir"])),
            ("data-lp-replacement-content", ""),
            ("href", str(number)),
        ]
        for name, value in chance.sample(ways, chance.choice([0, 0, 1, 1, 2, 3])):
            element.set(name, value)
    return root


def test_those_that_ask_by_patterns_are_taken():
    assert len(SEARCHES) == 5


@pytest.mark.parametrize("number", range(len(SEARCHES)))
def test_what_is_found_is_the_same(number):
    search, quick = SEARCHES[number], Alike(SEARCHES[number])
    for seed in range(12):
        page = some_page(seed)
        found = search(page)
        assert quick(page) == (found[:1] if search.path.rstrip().endswith("[1]") else found)


def test_what_no_other_tree_can_hold_is_asked_for_as_ever():
    tree = parse_html("<div class='story'>x</div><div class='a&#133;b story-body'>y</div>")
    tree.find(".//div").attrib.pop("class")
    for search in SEARCHES:
        assert Alike(search)(tree) == search(tree)


@pytest.mark.parametrize(
    "path",
    [
        ".//*[self::div][re:test(@id, 'a') and @class='b']",
        ".//*[self::div][re:test(@id, 'a')][not(.//h1)]",
        ".//div[re:test(@id, 'a')]",
        ".//*[@class='a']",
    ],
)
def test_others_are_asked_as_they_are(path):
    assert not Alike.may_be(etree.XPath(path, namespaces={"re": xpaths.REGEXP_NS}))


def test_it_lasts_no_longer_than_it_is_asked_for(monkeypatch):
    before = [list(getattr(main_extractor, name)) for name in alike._LISTS]
    with asked_once():
        assert any(isinstance(one, Alike) for one in main_extractor.BODY_XPATH)
    assert [list(getattr(main_extractor, name)) for name in alike._LISTS] == before
    monkeypatch.setattr(alike, "is_known", lambda: False)
    with asked_once():
        assert [list(getattr(main_extractor, name)) for name in alike._LISTS] == before
    assert asked.is_known()
