"""Reports as Markdown of scrapers and as text of broken lines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.read.plaintext.broken import rejoined
from pipeline.read.plaintext.frontmatter import read_front_matter
from pipeline.read.plaintext.markup import read_markup
from pipeline.read.plaintext.reading import TextReport, read_text

HEX = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
PAGE = "https://www.criticalthreats.org/analysis/iran-update-march-16-2026"
WORDS = (
    "Boats moved near the river in the morning hours, a channel of the harbour and the "
    "ministry said"
)


def mark(label: str) -> str:
    return f"[[{label}]](https://www.criticalthreats.org/analysis/<#_edn{HEX}{label}>)"


def note(label: str, text: str) -> str:
    return f"[[{label}]](https://www.criticalthreats.org/analysis/<#_edn{HEX}ref{label}>) {text}"


SCRAPED = f"""---
title: "Iran Update, March 16, 2026 | Critical Threats"
source: {PAGE}
date: 2026-03-16
description: ""
tags: [harbours]
---

Ada Brook, Ben Carter and Cleo Dunn
TIPxMake a text selection to add comments
**Click****here****to see the interactive map of the harbours.**
**The mayor opened the pier.** {WORDS}.{mark("1")} *The Pilot* agreed.{mark("2")}
**Ferries sailed again.** {WORDS}.{mark("3")}
**The yard laid off nobody.** {WORDS}.
* **The mayor opened the pier.**
* **Ferries sailed again.**
* **The yard laid off nobody.**
**_Northern Pier_****(Harbour objective: Keep the pier open)**
{WORDS}.{mark("4")}
![The pier](https://www.criticalthreats.org/images/pier.png)
Figure 1. The pier
Source: Ada Brook.
{note("1", "<https://quay> dot media/1; <https://t.me/riverpost/12>; https://x.com/_ana_/status/3")}
{note("2", "[https://www.quay.org/a_b_c/](https://www.quay.org/a_b_c/)")}
{note("3", "[The Pilot](https://pilot.org/x?a=1&amp;b=2), page 3; <https://t.me/riverpost/13> ;")}
{note("4", "https://www.facebook.com/quay/posts/1?__cft__[0]=A ; h…")}
* [](https://www.criticalthreats.org/analysis/</print/ana_698158f91a535>)
Reading Now Iran Update, March 16, 2026
Next up Iran Update, March 15, 2026
Currently receiving 0 of 2 possible notifications for this sort of content.
Please make sure all the provided information is correct.
"""


@pytest.fixture(scope="module")
def scraped() -> TextReport:
    (found,) = read_text(SCRAPED, "scraped.md")
    return found


def test_a_scrapers_report_has_its_title_address_authors_and_day(scraped: TextReport) -> None:
    report = scraped.report
    assert (report.title, report.url) == ("Iran Update, March 16, 2026", PAGE)
    assert report.authors == ("Ada Brook", "Ben Carter", "Cleo Dunn")
    assert (report.report_date, scraped.stated_at) == (
        "2026-03-16",
        datetime(2026, 3, 16, tzinfo=UTC),
    )


def test_a_scrapers_report_has_its_notes_with_whole_addresses(scraped: TextReport) -> None:
    assert {n.label: [c.url for c in n.urls] for n in scraped.report.notes} == {
        "1": ["https://quay.media/1", "https://t.me/riverpost/12", "https://x.com/_ana_/status/3"],
        "2": ["https://www.quay.org/a_b_c/"],
        "3": ["https://pilot.org/x?a=1&b=2", "https://t.me/riverpost/13"],
        "4": ["https://www.facebook.com/quay/posts/1?__cft__[0]=A"],
    }
    assert [m.label for m in scraped.report.markers] == ["1", "2", "3", "4"]
    assert scraped.report.quality.flags == ("cut-urls", "plain-text")
    assert scraped.cut_urls == ("h…",)


def test_what_the_site_prints_around_a_report_is_left_out(scraped: TextReport) -> None:
    report = scraped.report
    for words in ("selection", "Reading Now", "Next up", "notifications", "Click", "Please make"):
        assert words not in report.text
        assert not any(words in n.text for n in report.notes)


def test_a_scrapers_report_has_takeaways_sections_and_figures(scraped: TextReport) -> None:
    report = scraped.report
    assert [t[:8] for t in report.takeaways] == ["The mayo", "Ferries ", "The yard"]
    assert report.sections[-1].heading == "Northern Pier (Harbour objective: Keep the pier open)"
    (figure,) = report.figures
    assert figure.url == "https://www.criticalthreats.org/images/pier.png"
    assert figure.caption == "Figure 1. The pier Source: Ada Brook."
    assert report.markers[1].sentence == "The Pilot agreed."


def test_a_part_read_alone_is_the_same_report(scraped: TextReport) -> None:
    (again,) = read_text(scraped.text, "again")
    assert again.report == scraped.report


def test_notes_in_one_paragraph_are_many() -> None:
    notes = (
        "[1] https://a.org/1; https://a.org/2[2] https://t.me/ana/3[3] https://quay dot "
        "media/4 [4] https://a.org/5"
    )
    text = (
        f"# Source: {PAGE}\n# Date: 2026-03-18T15:04:00.335615\n\n{WORDS}.[1][2] "
        f"{WORDS}.[3][4]\n\n{notes}\n\nAssessment as of: 8:15 PM ET. Data Cutoff: 1:00 PM ET."
    )
    (found,) = read_text(text, "x.md")
    assert [(n.label, len(n.urls)) for n in found.report.notes] == [("1", 2), ("2", 1), ("3", 1),
        ("4", 1)]  # fmt: skip
    assert found.report.title == "Iran Update, March 16, 2026"
    assert found.report.cutoff_text == "Assessment as of: 8:15 PM ET. Data Cutoff: 1:00 PM ET."
    assert found.stated_at == datetime(2026, 3, 18, 15, 4, tzinfo=UTC)


def test_underlined_lines_are_headings() -> None:
    text = (
        f"Title: Iran Update, March 16, 2026 | ISW\n\nURL Source: {PAGE}\n\nMarkdown "
        f"Content:\nToplines\n--------\n\n{WORDS}.[1]\n\nNorth\n=====\n\n{WORDS}.[2]\n---\n[1] "
        "https://a.org/1\n[2] https://a.org/2"
    )
    (found,) = read_text(text, "x.md")
    assert [s.heading for s in found.report.sections] == ["Toplines", "North"]
    assert [n.label for n in found.report.notes] == ["1", "2"]


PLAIN = f"""Previous
Next
Iran Update, March 16, 2026
The Harbour Institute and the
Critical Quays Project
are publishing two updates daily.
Key Takeaways
Repairs at the pier:
The mayor opened the pier on Monday, which ends three weeks of repairs.
Ferries:
Ferries sailed again on all days of the week but one.
{WORDS} and nobody was hurt, as the
Morning Pilot
reported.[1] {WORDS}.[2]
North
See the section above.
Endnotes
[1] https://a.org/1
[2] https://a.org/2
Previous
Next"""


def test_lines_broken_at_a_name_are_one_sentence() -> None:
    (found,) = read_text(PLAIN, "x")
    report = found.report
    assert report.markers[0].sentence.endswith("as the Morning Pilot reported.")
    assert [t[:20] for t in report.takeaways] == ["Repairs at the pier:", "Ferries: Ferries sai"]
    assert [m.section for m in report.markers] == [None, None]
    assert [s.heading for s in report.sections] == [None, "Key Takeaways", None, "North"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Key Takeaways", "The mayor opened the pier."],
        ["North Pier", "boats moved"],
        ["[1] https://a.org/1", "; https://a.org/2"],
        ["It ended.", "then it began"],
        ["Iran Update, March 16, 2026", "The Harbour Institute and", "the ministry"],
    ],
)  # fmt: skip
def test_headings_notes_and_whole_sentences_are_not_joined(lines: list[str]) -> None:
    assert rejoined(lines)[0] == lines[0]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("---\ntitle: A\nurl: https://a.org\n---\nText", 4),
        ("Title: A\n\nURL Source: https://a.org\n\nMarkdown Content:\nText", 5),
        ("# Source: https://a.org\n# Date: 2026-01-02\n\nText", 3),
        ((
            "# a.org\n\n## Metadata\n\n- **URL**: https://a.org\n- **Scraped at**: "
            "2026-01-02\n\n## Content\nText"
        ), 8),
        ("Iran Update, March 16, 2026\n\nSource: the harbour", 0),
        ("Author: Ada Brook\nText", 0),
    ],
)  # fmt: skip
def test_what_a_saver_wrote_above_a_text_is_told_apart(text: str, end: int) -> None:
    assert read_front_matter(text.split("\n")).end == end


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("a [b](https://a.org/x_(y)) c", "a b c"),
        ("**bold** and *slanted* and __both__ and _this_", "bold and slanted and both and this"),
        (r"t.me/dva\_majors and \[no link\](x)", "t.me/dva_majors and [no link](x)"),
        ("https://t.me/_ana_/1 and **https://a.org/x** ",
            "https://t.me/_ana_/1 and https://a.org/x "),
        ("https://a.org/x?title=Ferry&* [z](https://a.org)", "https://a.org/x?title=Ferry&* z"),
        ("&lt;x&gt; &amp;amp; a&b ?x=1&copy=2 [z](https://a.org)", "<x> & a&b ?x=1&copy=2 z"),
        ("Axis**_One_****(two)** [z](https://a.org)", "AxisOne (two) z"),
        ("note[[12]](#fn12) and [^3]", "note[12] and [^3]"),
        ("4 * 5 = 20 * 1", "4 * 5 = 20 * 1"),
        ("*https://a.org/x*, **https://a.org/y**. [z](q)", "https://a.org/x, https://a.org/y. z"),
        ("~~https://a.org/x~~ and ~~gone~~ [z](q)", "https://a.org/x and gone z"),
    ],
)  # fmt: skip
def test_markup_is_undone_and_addresses_stay(line: str, seen: str) -> None:
    (printed,) = read_markup([line])
    assert printed.text == seen
