"""Headings, takeaways, sections, figures, corrections, links."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.parse import content
from pipeline.read.parse.takeaways import end_of_takeaways, takeaways_of
from pipeline.read.parse.tree import dom
from pipeline.read.references.markers import mark

URL = "https://www.understandingwar.org/backgrounder/this"


def blocks(html: str) -> tuple[Block, ...]:
    root = dom.parse(f"<html><body>{html}</body></html>".encode())
    assert root is not None
    return content.mark_kinds(dom.blocks_of(root.find("body"), URL))


A, B = "The column halted.", "The bridge stays closed."


@pytest.mark.parametrize(
    "html",
    [
        f"<p><b>Key Takeaways</b></p><ul><li>{A}</li><li>{B}</li></ul><p>More.</p>",
        f"<h2>Key Takeaways:</h2><ol><li>{A}</li><li>{B}</li></ol>",
        f"<p>Key takeaways:</p><p>•&nbsp; {A}</p><p>•&nbsp; {B}</p><p>More.</p>",
        (
            f"<p><b>Key Takeaways</b></p><p>·&nbsp;&nbsp; </p><p><b>{A}</b></p><p>·&nbsp; "
            f"</p><p><b>{B}</b></p><p>More.</p>"
        ),
        f"<p><b>Key Takeaways</b></p><p><b>{A}</b></p><p><b>{B}</b></p><p>More.</p>",
        f"<p>Key Takeaways:</p><p>1. {A}</p><p>2. {B}</p><h2>More</h2>",
        f"<p>Key Takeaways:<br>- {A}<br>- {B}</p><p>More.</p>",
        (
            f"<h2>Key Takeaways</h2><ul><li>{A}</li></ul><img "
            f"src='/m.png'><ul><li>{B}</li></ul><p>More.</p>"
        ),
    ],
)
def test_takeaways_in_the_forms_that_occur(html: str) -> None:
    assert takeaways_of(blocks("<p>Before.</p>" + html)) == (A, B)


def test_a_single_takeaway_follows_its_label() -> None:
    assert takeaways_of(blocks(f"<p>Key Takeaway: {A}</p><p>More.</p>")) == (A,)


def test_points_of_a_takeaway_belong_to_it() -> None:
    html = f"<h2>Key Takeaways</h2><ul><li>{A}<ul><li>{B}</li></ul></li></ul>"
    assert takeaways_of(blocks(html)) == (f"{A} {B}",)


@pytest.mark.parametrize(
    "html", ["<p>Takeaways from the war are few.</p><ul><li>x</li></ul>", "<p>x</p>", ""]
)
def test_a_page_without_takeaways_has_none(html: str) -> None:
    assert takeaways_of(blocks(html)) == ()


@pytest.mark.parametrize(
    ("html", "is_heading"),
    [
        ("<p><b>Main Effort\u2014Northern Valley</b></p>", True),
        ("<p><b>Supporting Effort</b> (objective: hold the valley)</p>", True),
        ("<p><b><span>Key</span> <span>Takeaways:</span></b></p>", True),
        ("<p><b>The column halted.</b></p>", False),
        ("<p><b>The column halted.[3]</b></p>", False),
        ("<p><b>The column</b> halted at the river</p>", False),
        ("<p><b>Forces are engaged in four primary efforts at this time:</b></p>", False),
        ("<p><b>Note: nothing follows</b></p>", False),
        ("<p>Main Effort</p>", False),
        (f"<p><b>{'Long ' * 60}</b></p>", False),
    ],
)
def test_a_bold_line_is_a_heading_unless_it_is_a_sentence(html: str, *, is_heading: bool) -> None:
    (block,) = blocks(html)
    assert (block.kind is BlockKind.HEADING) is is_heading


def test_text_and_sections_hold_the_same_prose() -> None:
    text, sections = content.read_prose(
        blocks(
            "<p>Before\xa0it.</p><h2>One:</h2><p>a<br>b</p><ul><li>c</li></ul><h2>Two</h2><img "
            "src='/x.png'>"
        )
    )
    assert text == "Before it.\n\nOne:\n\na\nb\n\nc\n\nTwo"
    assert [(s.heading, s.text) for s in sections] == [
        (None, "Before it."),
        ("One", "a\nb\n\nc"),
        ("Two", ""),
    ]


def test_figures_have_the_captions_printed_with_them() -> None:
    figures = content.figures_of(
        blocks(
            "<figure><img src='/a.png'><figcaption>First</figcaption></figure><p>Text that says "
            "something.</p><p><img src='/b.png'></p><p>The mill. Photo by Mira Tolland</p><p><img "
            "src='/c.png'></p><p>Prose.[2]</p><p><img src='/a.png'></p><p>More "
            "prose.</p><p>Figure 4: Canals</p><img src='/d.png'>"
        )
    )
    host = "https://www.understandingwar.org"
    assert [(f.url.removeprefix(host), f.caption) for f in figures] == [
        ("/a.png", "First"),
        ("/b.png", "The mill. Photo by Mira Tolland"),
        ("/c.png", None),
        ("/d.png", "Figure 4: Canals"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CORRECTION: The pier was misnamed.",
        "Correction: A previous version of this report misnamed the pier.",
        "An earlier version of this assessment misnamed the pier.",
        "Due to a typo, we misnamed the pier.",
        "Editor\u2019s note: This report has been corrected to name the right pier.",
    ],
)
def test_corrections_are_a_field_of_their_own(text: str) -> None:
    assert content.corrections_of(blocks(f"<p>Prose.</p><p><em>{text}</em></p>")) == (text,)


def test_of_a_long_paragraph_only_the_correcting_sentence_is_taken() -> None:
    html = (
        f"<p>{'Rain fell on the mill. ' * 40}A previous version of this report misnamed the "
        "pier. It rained.</p>"
    )
    assert content.corrections_of(blocks(html)) == (
        "A previous version of this report misnamed the pier.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Officials corrected course after the flood.",
        "Due to a technical issue, the map is missing.",
        "The new version of the tank arrived.",
    ],
)
def test_other_sentences_are_no_corrections(text: str) -> None:
    assert content.corrections_of(blocks(f"<p>{text}</p>")) == ()


def test_links_to_other_reports_are_absolute_and_once() -> None:
    found = content.report_links(
        blocks(
            "<p><a href='/backgrounder/other#_edn4'>a</a> <a href='/backgrounder/other'>b</a> <a "
            "href='#_edn1'>[1]</a><a href='https://criticalthreats.org/analysis/x; "
            "https://isw.pub/Abc'>c</a><a href='/donate'>d</a><a href='https://[bad'>e</a><a "
            f"href='{URL}'>self</a></p>"
        ),
        URL,
    )
    assert found == (
        "https://www.understandingwar.org/backgrounder/other",
        "https://criticalthreats.org/analysis/x",
        "https://isw.pub/Abc",
    )


def test_a_bold_sentence_with_a_raised_marker_is_no_heading() -> None:
    runs = (Run("The port reopened.", bold=True), Run("4", sup=True, bold=True))
    assert [b.kind for b in content.mark_kinds([Block(BlockKind.PARAGRAPH, runs)])] == [
        BlockKind.PARAGRAPH
    ]


def test_a_heading_is_named_without_its_marker() -> None:
    blocks = (Block(BlockKind.HEADING, (Run("North [and] east[3]:"),), level=2),)
    text, sections = content.read_prose(blocks)
    assert text == "North [and] east[3]:"
    assert sections[0].heading == "North [and] east"


def figures(html: str) -> list[tuple[str, str | None]]:
    found = content.figures_of(content.settle_captions(blocks(html)))
    return [(f.url.rsplit("/", 1)[-1], f.caption) for f in found]


def test_a_caption_goes_to_its_picture_over_empty_paragraphs_and_all_of_it_is_kept() -> None:
    long = "word " * 120
    assert figures(
        "<p>Text.</p><img src='a'><p>&nbsp;</p><figcaption>One</figcaption><figcaption>Source: "
        "Two</figcaption><p>Text.</p><img src='b'><img "
        f"src='c'><figcaption>{long}</figcaption><p>Text.</p><figcaption>Three</figcaption><img "
        "src='d'><figcaption>Four</figcaption><img src='e'>"
    ) == [
        ("a", "One Source: Two"),
        ("b", long.strip()),
        ("c", long.strip()),
        ("d", "Three"),
        ("e", "Four"),
    ]


def test_a_caption_without_picture_is_prose() -> None:
    found = content.settle_captions(
        blocks("<p>Text.</p><figcaption>Figure 1: A map</figcaption><p>More.</p><img src='a'>")
    )
    assert content.read_prose(found)[0] == "Text.\n\nFigure 1: A map\n\nMore."
    assert [f.caption for f in content.figures_of(found)] == [None]


@pytest.mark.parametrize(
    "html",
    [
        f"<p><b>Key Takeaways:</b> • {A} • {B}</p><p>More.</p>",
        f"<p><b>Key Takeaways</b></p><p>• {A}[1] •{B}</p><p>More.</p>",
        f"<p><b>Key Takeaways</b><br>▪ {A} ▪ {B}</p><p>More.</p>",
    ],
)
def test_takeaways_with_signs_between_in_one_paragraph_are_several(html: str) -> None:
    found = takeaways_of(blocks(html))
    assert [text.replace("[1]", "") for text in found] == [A, B]


@pytest.mark.parametrize(
    "objective",
    [
        "<h4>Harbour campaign objectives:</h4>",
        "<p><strong>Harbour campaign objectives:</strong></p>",
        "<h5>Russian objective: keep the pier</h5>",
        "<h4>Objectives</h4>",
    ],
)
def test_objectives_are_part_of_their_section(objective: str) -> None:
    html = f"<h3>North Pier</h3>{objective}<ul><li>Open the pier</li></ul><p>Text.</p>"
    _, sections = content.read_prose(blocks(html))
    assert [s.heading for s in sections] == ["North Pier"]


def test_prose_behind_the_takeaways_is_no_takeaway() -> None:
    html = (
        "<p>Before.</p><h3>Key "
        f"Takeaways</h3><ul><li>{A}</li><li>{B}</li></ul><p>Prose.[1]</p><h3>North</h3><p>More.</p>"
    )
    found = blocks(html)
    freed = end_of_takeaways(found)
    _, sections = content.read_prose(found, freed)
    assert [(s.heading, s.text) for s in sections] == [
        (None, "Before."), ("Key Takeaways", f"{A}\n\n{B}"), (None, "Prose.[1]"),
        ("North", "More."),
    ]  # fmt: skip
    assert [m.section for m in mark(found, freed=freed).markers][-1] is None


def test_a_list_that_repeats_what_paragraphs_begin_with_is_the_takeaways() -> None:
    items = [f"Fact number {n} of the harbour." for n in range(3)]
    html = "".join(f"<p>{item} And more.</p>" for item in items)
    html += "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul><p>Prose.</p>"
    assert takeaways_of(blocks(html)) == tuple(items)
    assert (
        takeaways_of(blocks("<p>Boats.</p><ul><li>One</li><li>Two</li><li>Three</li></ul>")) == ()
    )
