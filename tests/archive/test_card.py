"""Cards of edits: whatever was written, the card stays whole and says what it leaves out."""

from __future__ import annotations

import io
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from archive.show.card import png as drawn
from archive.show.card.layout import LEAST_HEIGHT, WIDTH, layout
from archive.show.card.lines import is_rtl, placed, words, wrapped
from archive.show.card.png import png
from archive.show.card.svg import svg, width_of
from archive.show.card.text import MOST_CHARS, Card, Side, card
from archive.show.prose_diff import marked_words
from archive.show.text_diff import DiffPart

SVG = "{http://www.w3.org/2000/svg}"
PERSIAN = (
    "گفت که ۱۲ قایق در بندر Port Zenda دیده شد.",
    "گفت که ۱۵ قایق در بندر Port Zenda دیده شد.",
)
CHINESE = ("港口当局星期二表示，" * 9, "港口当局星期三表示，" * 9)
LONG = ("Порт закрыт. " * 60 + "Было 12 лодок. " + "Конец. " * 60,) * 2
EVIL = ('</text><script>alert(1)</script>"\u202e\u0007 & six', "]]><!-- \ud800 six \x00 seven")


def made(before: str | None, after: str | None, title: str = "Harbor Update") -> Card:
    one, other = marked_words(before, after)
    return card(
        title, ["number", "silent"], Side(one, "2026-03-04T02:00:00Z", "sha256:" + "a" * 64),
        Side(other, "2026-03-05T02:00:00Z", None), "https://isw.example/" + "a" * 500,
    )  # fmt: skip


def shown(found: Card) -> str:
    return " ".join(fromstring(svg(found)).itertext())


PAIRS = [PERSIAN, CHINESE, LONG, EVIL, ("x" * 900, None), (None, "Nobody drowned."), ("a", "b")]


@pytest.mark.parametrize("pair", PAIRS)
def test_no_line_is_wider_than_the_card(pair: tuple[str | None, str | None]) -> None:
    laid = layout(made(*pair), width_of)
    for line in laid.lines:
        blank = width_of(" ", line.size)
        used = sum(width_of(one.text, line.size) for one in line.words)
        used += blank * sum(not one.glued for one in line.words[1:])
        assert used <= line.width + 0.01
    assert laid.height >= LEAST_HEIGHT


@pytest.mark.parametrize("pair", PAIRS)
def test_a_card_is_whole_as_svg_and_as_png(pair: tuple[str | None, str | None]) -> None:
    found = made(*pair)
    root = fromstring(svg(found))
    assert root.get("role") == "img"
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        "svg", "title", "desc", "rect", "text", "tspan",
    }  # fmt: skip
    with Image.open(io.BytesIO(png(found))) as image:
        assert image.width == WIDTH
        assert image.info["Description"].startswith(found.alternative.partition(" https")[0][:-1])


def test_a_card_has_both_texts_dates_digests_and_the_address() -> None:
    text = shown(made("Six carts burned.", "Nine carts burned."))
    for wanted in ("Six", "Nine", "seen 2026-03-04 02:00 UTC", "a" * 64, "https://isw.example/"):
        assert wanted in text


def test_a_long_text_is_cut_around_the_change_and_the_card_says_so() -> None:
    before, after = LONG[0], LONG[0].replace("12", "15")
    found = made(before, after)
    words_shown = " ".join(part.text for part in found.after.parts)
    assert len(words_shown) < MOST_CHARS + 20
    assert "Было 15 лодок." in words_shown
    assert words_shown.startswith("…")
    assert words_shown.endswith("…")
    assert "Texts are shortened around the change." in shown(found)
    assert "shortened" not in shown(made("Six carts burned.", "Nine carts burned."))


def test_what_turns_or_hides_other_words_is_left_out() -> None:
    text = svg(made(*EVIL))
    for sign in ("\u202e", "\u0007", "\x00", "<script"):
        assert sign not in text


def test_words_in_letters_without_a_shape_are_not_carried_along() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "secret")
    hidden = f"si\u00ad{tags}x\u3164\ufdd0 \U000e0101carts"
    assert "\u201csix carts\u201d" in made(hidden, "nine carts").alternative


def test_marks_heaped_on_a_letter_do_not_reach_over_the_card() -> None:
    assert "a\u0301\u0301\u0301 cart" in made("a" + "\u0301" * 400 + " cart", "b").alternative


@pytest.mark.parametrize("title", ["W" * 100_000, "wor ds " * 15_000])
def test_a_title_without_end_is_cut(title: str) -> None:
    found = made("Six", "Nine", title)
    assert len(found.title) < 400
    assert layout(found, width_of).height < 2 * LEAST_HEIGHT


def test_the_alternative_text_says_what_is_seen() -> None:
    said = made("Six carts burned.", None).alternative
    assert "Before, seen 2026-03-04 02:00 UTC: “Six carts burned.”" in said
    assert "(the sentence stands there no more)" in said


def test_a_line_from_right_to_left_begins_at_the_right_and_keeps_other_words_in_order() -> None:
    assert is_rtl(PERSIAN[0])
    assert not is_rtl("12 carts")
    line = words([DiffPart(PERSIAN[0], changed=False)])
    (only,) = wrapped(line, 9_000, len)
    found = {one.text: one.x for one in placed(only, 100, len, rtl=True)}
    assert max(found.values()) == found["گفت"]
    assert found["Port"] < found["Zenda"] < found["بندر"]


def test_writing_without_blanks_breaks_between_its_characters_but_not_before_a_stop() -> None:
    lines = wrapped(words([DiffPart(CHINESE[0], changed=False)]), 7, len)
    assert len(lines) > 10
    assert not [line for line in lines if line[0].text[0] == "，"]


def test_letters_that_no_font_here_has_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "FONTS", ())
    drawn._fonts.cache_clear()
    try:
        assert drawn.undrawn(made("Порт", "Порты"))
        assert not drawn.undrawn(made("Six", "Nine"))
        assert png(made("Порт", "Порты")).startswith(b"\x89PNG")
    finally:
        drawn._fonts.cache_clear()
