"""Cut URLs and the whole ones they began."""

import pytest

from archive.model.reports import CitedUrl, Note
from pipeline.read.plaintext.cut import complete_cut, complete_notes

LONG = "https://www.harbour.example/notices/2024/05/05/closing-of-the-old-pier-for-repairs"


@pytest.mark.parametrize(
    ("cut", "whole", "expected"),
    [
        (LONG[:60], [LONG, "https://t.me/x/1"], LONG),
        (LONG[:60] + "...", [LONG], LONG),
        (LONG[:60] + "…", [LONG], LONG),
        (LONG, [LONG], LONG),
        (LONG[:60], [LONG, LONG], LONG),
        (LONG[:60], [LONG, LONG + "-again"], None),
        (LONG[:60], [LONG + "/", LONG], LONG),
        (LONG[:60], ["https://t.me/x/1"], None),
        (LONG[:60], [], None),
        ("http://www.harbour.example/notices", [LONG], LONG),
        ("https://harbour.example/notices", [LONG], LONG),
        (
            "https://a.example/%D0%B",
            ["https://a.example/%D0%BA%D1%82"],
            "https://a.example/%D0%BA%D1%82",
        ),
        ("https://a.example/%D0%B", ["https://a.example/кот"], "https://a.example/кот"),
        ("h", [LONG], LONG),
        ("h", [LONG, "https://t.me/x/1"], None),
        ("...", [LONG], None),
        ("", [LONG], None),
    ],
)
def test_a_cut_url_is_completed_only_when_one_begins_so(
    cut: str, whole: list[str], expected: str | None
) -> None:
    assert complete_cut(cut, whole) == expected


def cited(url: str, *repairs: str) -> CitedUrl:
    return CitedUrl(url, url, repairs)


def test_notes_are_completed_by_label_first() -> None:
    one, two, three = LONG, LONG + "-2", "https://t.me/x/1"
    repost = (
        Note("1", "", (cited(LONG[:60], "cut"),)),
        Note("2", "", (cited(LONG[:60], "scheme", "cut"), cited(three))),
        Note("9", "", (cited(LONG[:60], "cut"),)),
        Note("10", "", (cited("https://t.me/x", "cut"),)),
    )
    real = (Note("1", "", (cited(one),)), Note("2", "", (cited(two), cited(three))))
    whole = complete_notes(repost, real)
    assert [[url.url for url in note.urls] for note in whole] == [
        [one],
        [two, three],
        [LONG[:60]],
        [three],
    ]
    assert [note.urls[0].repairs for note in whole] == [
        ("completed",), ("scheme", "completed"), ("cut",), ("completed",),
    ]  # fmt: skip
