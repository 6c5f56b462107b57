"""Addresses of reports in lines of text, whole or broken."""

import pytest

from pipeline.read.plaintext.address import address_in

WHOLE = "https://www.understandingwar.org/backgrounder/iran-update-may-5-2024"
TITLE = "Iran Update, May 5, 2024"


@pytest.mark.parametrize(
    "line",
    [
        WHOLE,
        f"(   )  IRAN UPDATE, MAY 5, 2024 :\u00a0  {WHOLE}",
        f"See {WHOLE}. It is long.",
        f"<{WHOLE}>",
        "https://www.understandingwar.org/back grounder/iran-update-may-5-2024",
        "https://www.understandingwar.org/backgrounder/iran-up date-may-5-2024",
        "https://www.under standingwar.org/backgrounder/iran-update-\u00a0may-5-2024 and so on",
        "https: //www.understandingwar.org/backgrounder/ iran-update-may-5-2024",
        "https://www.understandingwar.org/backgrounder/iran-update-may-5- 2024",
        f"https://video.example.org/x {WHOLE}",
        f"{WHOLE} https://video.example.org/x",
    ],
)
def test_an_address_is_found_and_mended(line: str) -> None:
    assert address_in(line, TITLE) == WHOLE


def test_an_address_may_go_on_in_the_next_line() -> None:
    assert address_in(WHOLE[:60], TITLE, WHOLE[60:]) == WHOLE


def test_without_a_title_only_plain_pieces_are_joined() -> None:
    assert address_in(f"{WHOLE[:-9]} {WHOLE[-9:]}") == WHOLE[:-9] + WHOLE[-9:]
    assert address_in(f"{WHOLE} is an address with-two-hyphens") == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "",
        "no address here",
        "https://video.example.org/backgrounder/iran-update-may-5-2024",
        "https://www.understandingwar.org/",
        "https://www.understandingwar.org/ is the site of backgrounder/iran",
        "https://www.understandingwar.org/publications",
        "https://t.me/understandingwar/5",
    ],
)
def test_other_addresses_are_none(line: str) -> None:
    assert address_in(line, TITLE) is None


def test_a_long_line_of_starts_is_read_at_once() -> None:
    assert address_in("https://x " * 2000, TITLE) is None
