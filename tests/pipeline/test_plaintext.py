"""Reposts and pasted reports: plain text in, reports out."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadInputError
from pipeline.read.plaintext.incoming import decode
from pipeline.read.plaintext.reading import TextReport, read_text
from tests.conftest import REAL

REPOST = (Path(__file__).parents[1] / "fixtures/plaintext/repost.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def iran() -> TextReport:
    return read_text(REPOST, "repost.txt")[0]


@pytest.fixture(scope="module")
def salafi() -> TextReport:
    return read_text(REPOST, "repost.txt")[1]


def test_two_reports_stand_in_one_file(iran: TextReport, salafi: TextReport) -> None:
    assert len(read_text(REPOST, "repost.txt")) == 2
    assert (iran.first_line, salafi.last_line) == (1, REPOST.count("\n") + 1)
    assert iran.last_line + 1 == salafi.first_line


def test_title_address_date_and_series(iran: TextReport, salafi: TextReport) -> None:
    one, two = iran.report, salafi.report
    assert one.title == "IRAN UPDATE, MAY 5, 2024"
    assert iran.title_variants == ("Iran(Israel-Hamas)Update,May 5,2024",)
    assert one.url == "https://www.understandingwar.org/backgrounder/iran-update-may-5-2024"
    assert (one.series, one.report_date, one.publisher) == ("iran-update", "2024-05-05", "isw")
    assert one.parser == "plain-text/4"
    assert two.url == (
        "https://www.understandingwar.org/backgrounder/salafi-jihadi-movement-update-special-edition-may-5-2024"
    )
    assert (two.series, two.edition) == ("salafi-jihadi-movement-update", "special-edition")


def test_bylines_cut_off_and_takeaways(iran: TextReport, salafi: TextReport) -> None:
    assert iran.report.authors == ("Ada Brook", "Ben Carter", "Cleo Dunn")
    assert iran.report.cutoff_text == "Information Cutoff: 3:00 pm ET"
    assert [text[:9] for text in iran.report.takeaways] == ["Fishermen", "The harbo"]
    assert salafi.report.authors == ("Dora Elm",)
    assert len(salafi.report.takeaways) == 1


def test_sections_and_markers_with_their_sentences(iran: TextReport) -> None:
    assert [s.heading for s in iran.report.sections] == [
        None, "Key Takeaways", None, "North Pier", "South Pier",
    ]  # fmt: skip
    assert [m.label for m in iran.report.markers] == list("1234567")
    assert iran.report.markers[4].section == "North Pier"
    assert (
        iran.report.markers[1].sentence == 'A second count found "[nearly] as many" boats at dusk.'
    )


def test_the_posters_words_are_left_out(iran: TextReport, salafi: TextReport) -> None:
    for text in (iran.report.text, salafi.report.text):
        for word in (
            "POSTER",
            "video",
            "SOURCE",
            "Tags",
            "Click here",
            "File Attachments",
            "References",
        ):
            assert word not in text
    assert iran.report.text.startswith("This update tells")
    assert iran.report.text.endswith("had said.[7]")
    assert "Figure 1" not in salafi.report.text


def test_notes_keep_cut_urls_as_cut(iran: TextReport, salafi: TextReport) -> None:
    urls = {note.label: [url.url for url in note.urls] for note in iran.report.notes}
    assert urls == {
        "1": ["https://www.criticalthreats.org/analysis/iran-update-may-3-2024"],
        "2": ["https://lake.example/boats/12", "https://pier.example/count/99"],
        "3": [],
        "5": ["https://www.harbour.example/notices/2024/05/05/closing-of-the-old-pier-for-re"],
        "6": ["https://t.me/harbourmaster/512", "http://pap"],
    }
    assert iran.cut_urls == (urls["5"][0], "http://pap")
    assert salafi.cut_urls == ("https://river.example/ferries-lose-their-trade-to-bri",)
    assert iran.report.notes[2].text == "Author's notebook, page 12."


def test_missing_notes_are_named(iran: TextReport, salafi: TextReport) -> None:
    assert iran.missing_notes == ("4", "7")
    assert {"missing-notes", "cut-urls", "plain-text"} <= set(iran.report.quality.flags)
    assert salafi.missing_notes == ()
    assert set(salafi.report.quality.flags) == {"cut-urls", "plain-text"}


def test_a_part_read_alone_is_the_same_report(iran: TextReport, salafi: TextReport) -> None:
    for part in (iran, salafi):
        (again,) = read_text(part.text, "part.txt")
        assert again.report == part.report


PLAIN = """\
Russian Offensive Campaign Assessment, March 1

Ada Brook

March 1, 5:00 pm ET

The boats came back.[1] They had been away for a week.[2]

[1] https://lake.example/1

[2] https://lake.example/2
"""


def test_the_year_comes_from_the_posters_date() -> None:
    (dated,) = read_text("Wednesday, March 2, 2022\n\n" + PLAIN, "x")
    assert dated.report.report_date == "2022-03-01"
    (again,) = read_text(dated.text, "x", datetime(2026, 3, 9, tzinfo=UTC))
    assert again.report.report_date == "2022-03-01"
    (told,) = read_text(PLAIN, "x", datetime(2022, 3, 9, tzinfo=UTC))
    assert told.report.report_date == "2022-03-01"
    (undated,) = read_text(PLAIN, "x")
    assert undated.report.report_date is None
    assert {"no-date", "no-address"} <= set(undated.report.quality.flags)
    assert undated.report.url == ""
    assert undated.report.authors == ("Ada Brook",)


def test_an_address_alone_begins_a_report_too() -> None:
    text = PLAIN.split("\n", 1)[1]
    address = "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-march-1-2023"
    (found,) = read_text(f"{address}\n{text}", "x")
    assert found.report.url == address
    assert found.report.report_date == "2023-03-01"
    assert found.report.title == "Russian Offensive Campaign Assessment, March 1, 2023"


NOTED = PLAIN.replace("Assessment, March 1\n", "Assessment\n", 1).replace(
    "[2]", "[2] It was dawn.[3]", 1
) + ("\n[3] https://lake.example/3\n")


def test_a_title_without_date_will_do_when_notes_prove_the_report() -> None:
    text = "Wednesday, March 2, 2022\n\n" + NOTED.replace("\n\n[2]", "\n\n[2]")
    (known,) = read_text(text, "x")
    assert known.report.series == "russian-offensive-campaign-assessment"
    assert known.report.report_date == "2022-03-01"
    (other,) = read_text(
        NOTED.replace("Russian Offensive Campaign Assessment", "The Boats of the Lake"), "x"
    )
    assert other.report.title == "The Boats of the Lake"
    assert {"unknown-series", "no-date"} <= set(other.report.quality.flags)
    assert len(other.report.notes) == 3


def test_mentions_of_other_reports_are_no_reports() -> None:
    dated = PLAIN.replace("March 1\n", "March 1, 2023\n", 1)
    before = "Iran Update, May 5, 2024\n\nRussian Offensive Campaign Assessment, March 1, 2023\n\n"
    inside = dated.replace("\n\n[1]", "\n\nIran Update, May 4, 2024\n\n[1]")
    after = dated + "\nRead also\n\nIran Update, May 5, 2024\n\nAfrica File, May 6, 2024\n"
    for text in (before + dated, inside, after):
        assert [found.report.series for found in read_text(text, "x")] == [
            "russian-offensive-campaign-assessment"
        ], text


def test_a_report_that_prints_its_title_once_begins_below_the_posters_links() -> None:
    text = REPOST.replace("Iran(Israel-Hamas)Update,May 5,2024\n", "")
    found = read_text(text, "x")[0]
    assert found.title_variants == ()
    assert found.report.authors == ("Ada Brook", "Ben Carter", "Cleo Dunn")
    assert "video" not in found.report.text
    assert "SOURCE" not in found.report.text


def test_morning_and_evening_of_a_day_are_two() -> None:
    one = PLAIN.replace(
        "Russian Offensive Campaign Assessment, March 1",
        "Iran Update Morning Special Report, March 11, 2026",
    )
    two = one.replace("Morning", "Evening").replace("boats", "ships")
    reports = [found.report for found in read_text(one + "\n" + two, "x")]
    assert [report.edition for report in reports] == ["morning", "evening"]
    assert [report.text[4:9] for report in reports] == ["boats", "ships"]


def test_markdown_and_wrapped_mail_are_read_too() -> None:
    mail = "\n".join("> " + line for line in PLAIN.splitlines())
    for text in ("# " + PLAIN, mail):
        (found,) = read_text(text, "x")
        assert len(found.report.notes) == 2
        assert found.report.title == "Russian Offensive Campaign Assessment, March 1"


def test_a_text_without_report_is_refused_with_a_way_out() -> None:
    with pytest.raises(BadInputError, match=r"letter\.txt.*12 lines.*title line") as caught:
        read_text("\n".join(["Dear all, nothing here."] * 12), "letter.txt")
    assert "again" in str(caught.value)


def test_thousands_of_notes_and_a_long_line_are_read() -> None:
    body = " ".join(f"A boat came back.[{n}]" for n in range(1, 1801))
    notes = "\n".join(f"[{n}] https://lake.example/{n}" for n in range(1, 1801))
    (found,) = read_text(f"Iran Update, May 5, 2024\n\n{body}\n\n{notes}\n", "x")
    assert len(found.report.notes) == len(found.report.markers) == 1800


pieces = st.sampled_from(
    [
        *REPOST.split("\n")[:90:2],
        "Iran Update, May 5, 2024",
        "[1]",
        "[i] x",
        "https://",
        "\u00a0",
        "1. x",
        "References",
    ]
)


@given(st.lists(pieces, max_size=25), st.text(max_size=20))
def test_any_mixture_of_lines_is_read_or_refused(lines: list[str], more: str) -> None:
    text = "\n".join([*lines, more])
    try:
        found = read_text(text, "x")
    except BadInputError:
        return
    assert all(part.report.title and part.first_line <= part.last_line for part in found)


@pytest.mark.real
@pytest.mark.parametrize(
    ("number", "name"), [(0, "seed-iran-update-2023-12-07"), (1, "seed-salafi-jihadi-2023-12-07")]
)
def test_a_real_repost_is_read_as_by_hand(number: int, name: str) -> None:
    data = (REAL / "seed/repost-2023-12-08.txt").read_bytes()
    found = read_text(decode(data, "seed"), "seed")[number]
    gold = json.loads((REAL / f"gold/{name}.json").read_text(encoding="utf-8"))
    report = found.report
    certain = [at for at, note in enumerate(gold["notes"]) if "doubt" not in note]
    assert {
        "url": report.url,
        "title": report.title,
        "title_variants": list(found.title_variants),
        "report_date": report.report_date,
        "cutoff_text": report.cutoff_text,
        "authors": list(report.authors),
        "takeaways": [text[:60] for text in report.takeaways],
        "markers": [marker.label for marker in report.markers],
        "missing_notes": list(found.missing_notes),
        "labels": [note.label for note in report.notes],
        "urls": [[url.url for url in report.notes[at].urls] for at in certain],
        "cut": [[u.url for u in report.notes[at].urls if "cut" in u.repairs] for at in certain],
    } == {
        **{
            key: gold[key]
            for key in (
                "url",
                "title",
                "title_variants",
                "report_date",
                "cutoff_text",
                "authors",
                "takeaways",
                "markers",
                "missing_notes",
            )
        },
        "labels": [note["label"] for note in gold["notes"]],
        "urls": [gold["notes"][at]["urls"] for at in certain],
        "cut": [gold["notes"][at].get("cut_urls", []) for at in certain],
    }
    (alone,) = read_text(found.text, "part")
    assert alone.report == replace(report)
