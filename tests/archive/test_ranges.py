"""The picture of how long groups took."""

from __future__ import annotations

import re
from itertools import pairwise

from archive.web.ranges import ROWS, Range, picture

QUICK = Range("shatt_news", 2.0, (1.0, 6.0))
SLOW = Range("a name that is too long for a phone", 720.0, (24.0, 8000.0))


def middles(drawn: str) -> list[float]:
    return [float(x) for x in re.findall(r'isw-middle" d="M([0-9.]+)', drawn)]


def test_who_is_quicker_stands_further_to_the_left_and_the_words_say_it() -> None:
    drawn = picture([QUICK, SLOW], "From post to citation")
    quick, slow = middles(drawn)
    assert quick < slow
    assert "shatt_news: 2 hours, half within 1 to 6." in drawn
    assert ">a name that is<" in drawn, "on two lines, which a phone has room for"
    assert ">too long for a…<" in drawn
    tall, low = (float(re.findall(r'viewBox="0 0 \d+ (\d+)"', one)[0]) for one in (
        drawn, picture([QUICK, QUICK], "t"),
    ))  # fmt: skip
    assert tall > low


def test_the_axis_has_room_for_each_of_its_labels() -> None:
    for groups in ([QUICK, SLOW], [QUICK, QUICK], [SLOW, SLOW]):
        drawn = picture(groups, "t")
        labels = re.findall(r'x="([0-9.]+)" y="[0-9.]+" text-anchor="middle">([^<]+)', drawn)
        assert len(labels) >= 2
        places = [float(x) for x, _ in labels]
        assert min(b - a for a, b in pairwise(places)) >= 90


def test_one_group_has_no_picture_and_of_many_the_first_are_in_it() -> None:
    assert picture([QUICK], "t") == ""
    assert len(middles(picture([QUICK] * 40, "t"))) == ROWS


def test_what_took_no_time_or_an_age_stays_within_the_picture() -> None:
    drawn = picture([Range("now", 0.0, (0.0, 0.0)), Range("ages", 9e5, (9e5, 9e5))], "t")
    assert all(200 <= x <= 680 for x in middles(drawn))
