"""Lines of CSV: read back as they were, and no formula in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from archive.spreadsheet import csv_line, exact_csv_line

ODD = ["a\nb", "a\rb", 'a"b', "a,b", "", "plain", "a\r\nb"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_value_with_a_line_break_is_read_back_whole(end: str) -> None:
    text = "".join(f"{one(ODD)}{end}" for one in (csv_line, exact_csv_line))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [ODD, ODD]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-a", "@x", "\t=1", "\r=1", "\n=1", "＝1", "－a"])
def test_what_would_be_a_formula_is_text(text: str) -> None:
    assert next(csv.reader(io.StringIO(csv_line([text]), newline=""))) == [f"'{text}"]
    assert next(csv.reader(io.StringIO(exact_csv_line([text]), newline=""))) == [text]


def test_numbers_stay_numbers() -> None:
    assert csv_line(["-3", "-3.5", -4, None]) == "-3,-3.5,-4,"
