"""What the elements of a page are called is gathered once, and nobody is told less by it."""

import pytest

from pipeline.read.text.article import admitted
from pipeline.read.text.article.names import GATHERED, Names
from pipeline.read.text.dating.published import machine_days
from pipeline.read.text.formats.html import parse_html


def names_of(body):
    return Names(parse_html(f"<html><head></head><body>{body}</body></html>"))


def test_values_stay_known_when_their_elements_are_taken_out():
    names = names_of("<div class='lock' id='a'><p class='weir lock'>x</p></div><p id='b'>y</p>")
    for element in list(names.tree.iter("div")):
        element.drop_tree()
    assert names.values("class") == {"lock", "weir lock"}
    assert sorted(names.together("class", "id").split("\n")) == ["a", "b", "lock", "weir lock"]


def test_an_attribute_that_few_ask_for_is_known_too():
    assert "data-mill" not in GATHERED
    assert names_of("<p data-mill='x'>a</p><p>b</p>").values("data-mill") == {"x"}


@pytest.mark.parametrize(
    "called",
    [
        "correction", "corrected", "corrections", "correctif", "Clarification", "erratum", "errata",
        "editor-note", "editorsnote", "update-note", "updatenote", "rectificatif", "korrektur",
        "berichtigung", "richtigstellung", "sprostowanie", "correccion", "correcao", "correzione",
        "popravka", "ispravka", "post ERRATA_2", "erratum\u017f errata",
    ],
)  # fmt: skip
@pytest.mark.parametrize("attribute", ["class", "id"])
def test_a_place_of_corrections_is_found_by_each_of_its_names(called, attribute):
    names = names_of(f"<p>x</p><div {attribute}='{called}'><p>Something else.</p></div>")
    assert [element.tag for element in admitted.correction_places(names)] == ["div"]


@pytest.mark.parametrize("called", ["article", "editorial", "autocorrect", "updated", "correctly"])
def test_other_names_are_no_place_of_corrections(called):
    assert admitted.correction_places(names_of(f"<div class='{called}'>x</div>")) == set()


@pytest.mark.parametrize(
    "stamped",
    [
        "<time pubdate datetime='2026-03-01'>x</time>",
        "<span itemprop='DATEPUBLISHED' content='2026-03-01'>x</span>",
        "<meta property='dcterms.created' content='2026-03-01'>",
        "<abbr class='x published' title='2026-03-01'>x</abbr>",
        "<time class='entry-date' datetime='2026-03-01'>x</time>",
    ],
)
def test_a_stamp_is_read_by_whatever_marks_it(stamped):
    assert machine_days(names_of(stamped)) == ["2026-03-01"]


def test_a_stamp_without_a_mark_is_none():
    assert machine_days(names_of("<time class='unpublished' datetime='2026-03-01'>x</time>")) == []
