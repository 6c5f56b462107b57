"""The lines above the prose."""

from __future__ import annotations

import pytest

from pipeline.read.parse import lines
from pipeline.read.parse.content import mark_kinds
from pipeline.read.parse.masthead import Masthead, read_masthead
from pipeline.read.parse.tree import dom

TITLE = "Harbour Review, March 11, 2026"
PROSE = (
    "<p>The northern column halted at the river crossing after two days of rain. It stayed "
    "there for long.</p>"
)


def head(html: str, title: str = TITLE) -> Masthead:
    root = dom.parse(f"<html><body>{html}{PROSE}</body></html>".encode())
    assert root is not None
    return read_masthead(mark_kinds(dom.blocks_of(root.find("body"), "https://x.example/")), title)


def left(made: Masthead) -> list[str]:
    return [lines.clean(block.text) for block in made.blocks]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Mira Tolland", ("Mira Tolland",)),
        ("Mira Tolland, Jonas W. Pryce, and Adaeze Okafor",
            ("Mira Tolland", "Jonas W. Pryce", "Adaeze Okafor")),
        ("Mira Tolland and Jonas W. Pryce with Adaeze Okafor",
            ("Mira Tolland", "Jonas W. Pryce", "Adaeze Okafor")),
        ("MIRA TOLLAND, JONAS PRYCE, AND ADAEZE OKAFOR",
            ("MIRA TOLLAND", "JONAS PRYCE", "ADAEZE OKAFOR")),
        ("By Mira Tolland", ("Mira Tolland",)),
        ("Authors: Mira Tolland of the Institute for the Study of War; Jonas Pryce (AEI)",
            ("Mira Tolland", "Jonas Pryce")),
        ("Contributors: Josie van der Meer, Karim al Din", ("Josie van der Meer", "Karim al Din")),
        ("Élodie Šimić-Łukasz, Sean O\u2019Neil Jr.",
            ("Élodie Šimić-Łukasz", "Sean O\u2019Neil Jr")),
        ("Mira Tolland, Jonas Pryce, Jr., and Adaeze Okafor, Ph.D.",
            ("Mira Tolland", "Jonas Pryce Jr", "Adaeze Okafor")),
        ("Editors: Mira Tolland and Jonas Pryce", ()),
        ("Institute for the Study of War, Russia Team with the Critical Threats Project, AEI", ()),
        ("ISW is publishing a short update today.", None),
        ("Key Takeaways", None),
        ("Gaza Strip", None),
        ("West Bank and Gaza Strip", None),
        ("The northern column halted.", None),
        ("Rain", None),
        ("", None),
    ],
)  # fmt: skip
def test_names_of_a_byline(line: str, names: tuple[str, ...] | None) -> None:
    assert lines.names_in(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "February 24, 3:00 pm EST",
        "March 26, 1500 ET",
        "May 1, 6:15 ET",
        "April 18, 8 pm ET",
        "December 31 7:45pm ET",
        "January 17, 2024, 8pm ET",
        "As of March 11, 2026 at 4:00 p.m. ET",
        "Wednesday, March 11, 2026",
        "Assessment as of: 7:45 PM ET",
    ],
)
def test_a_time_line_is_told(line: str) -> None:
    assert lines.is_dateline(line)


@pytest.mark.parametrize(
    "line", ["On March 11 forces advanced", "March 11 Special Edition", "8pm ET", ""]
)
def test_other_lines_are_no_time_lines(line: str) -> None:
    assert not lines.is_dateline(line)


@pytest.mark.parametrize(
    ("line", "cutoff"),
    [
        ("Information Cutoff: 2:00 pm EST", "Information Cutoff: 2:00 pm EST"),
        ("Data cutoff: 12:00pm ET on February 26", "Data cutoff: 12:00pm ET on February 26"),
        ("Data Cut-Off: July 30, 2024", "Data Cut-Off: July 30, 2024"),
        ("Note: The data cut-off for this product was 12 pm ET on February 10. More will follow.",
            "12 pm ET on February 10"),
        ("The data cutoff for this report was 2 p.m. ET on May 5.", "2 p.m. ET on May 5"),
        ("Supplies were cut off: nothing came through.", None),
    ],
)  # fmt: skip
def test_the_data_cut_off_is_taken_from_its_line(line: str, cutoff: str | None) -> None:
    assert lines.cutoff_in(line) == cutoff


def test_title_byline_time_and_map_lines_are_no_prose() -> None:
    made = head(
        f"<p><b>{TITLE}</b></p><p><b>Mira Tolland and Jonas Pryce</b></p><p>March 11, 2026, 8 pm "
        "ET</p><p><b>Click <a href='/m'>here</a> to see the map. It is updated daily.</b></p>"
    )
    assert made.authors == ("Mira Tolland", "Jonas Pryce")
    assert made.dateline == "March 11, 2026, 8 pm ET"
    assert len(left(made)) == 1


def test_lines_of_one_block_are_read_one_by_one() -> None:
    made = head(
        f"<p>{TITLE}<br>Mira Tolland<br><br>March 11, 8 pm ET<br>Rain fell on the "
        "<b>mill</b>.[1]</p>"
    )
    assert made.authors == ("Mira Tolland",)
    assert left(made)[0] == "Rain fell on the mill.[1]"


def test_another_form_of_the_title_is_the_title() -> None:
    made = head(
        "<p>Russian Offensive Campaign Assessment, July 11</p><p>Mira Tolland</p>",
        "Russian Offensive Campaign Update, July 11",
    )
    assert made.authors == ("Mira Tolland",)


def test_a_notice_above_the_byline_stays_prose() -> None:
    made = head(
        f"<p>{'No report tomorrow. ' * 10}</p><p>Mira Tolland and Jonas Pryce</p><p>March 11, 8 "
        "pm ET</p>"
    )
    assert made.authors == ("Mira Tolland", "Jonas Pryce")
    assert left(made)[0].startswith("No report tomorrow.")
    assert len(left(made)) == 2


def test_a_subtitle_stays_prose() -> None:
    made = head("<p><b>Special Edition on Rain</b></p><p>Mira Tolland</p><p>March 11, 8 pm ET</p>")
    assert made.authors == ("Mira Tolland",)
    assert left(made)[0] == "Special Edition on Rain"


def test_one_name_to_a_line_with_the_age_of_the_page_between() -> None:
    made = head(
        f"<h3>23 hours ago</h3><h1>{TITLE}</h1><div>Mira Tolland</div><div>Jonas "
        "Pryce</div><div>Data cutoff: 2 pm ET</div>"
    )
    assert made.authors == ("Mira Tolland", "Jonas Pryce")
    assert made.cutoff == "Data cutoff: 2 pm ET"
    assert len(left(made)) == 1


def test_a_heading_of_two_capitalised_words_is_no_author() -> None:
    made = head("<h2>Quiet Harbours</h2>")
    assert made.authors == ()
    assert left(made)[0] == "Quiet Harbours"


def test_the_byline_is_not_sought_below_the_takeaways() -> None:
    made = head("<p>Key Takeaways</p><p>Mira Tolland and Jonas Pryce</p><p>March 11, 8 pm ET</p>")
    assert made.authors == ()


def test_a_note_on_the_cut_off_stays_prose_and_gives_its_time() -> None:
    made = head(
        "<p>Note: The data cut-off for this product was 1 pm ET on March 11. More follows.</p>"
    )
    assert made.cutoff == "1 pm ET on March 11"
    assert len(left(made)) == 2
