"""Whole sentences, advertisements and short pages, side by side with what they said before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model.rot import Reading
from archive.model.vocabulary import DriftClass
from pipeline.decide.drift import compare
from pipeline.read.page_text import page_text

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
URL = "https://news.example.com/2026/03/ferry-4711"
STORY = (
    "The ferry over the wide river went again on Monday after three weeks of repairs.",
    "More than a hundred people and twenty cars waited at the east bank that morning.",
    "A yard in the port of Velsk built the new engine, which the council paid for.",
    "The next inspection is planned for autumn.",
    "Tickets will cost the same until the end of the year, the mayor told reporters.",
)
ADVERTISED = {
    "en": ("Advertisement", "Winter tyres now 20% off"),
    "de": ("Anzeige", "Winterreifen jetzt mit 20 % Rabatt"),
    "fr": ("Publicité", "Pneus d'hiver à moins 20 %"),
    "pl": ("Reklama", "Opony zimowe o 20% taniej"),
    "uk": ("Реклама", "Купуйте зимові шини зі знижкою 20%"),
    "ru": ("Реклама", "Купите зимние шины со скидкой 20%"),
    "tr": ("Reklam", "Kış lastiklerinde yüzde 20 indirim"),
    "ar": ("إعلان", "اشتر الإطارات بخصم 20%"),
    "fa": ("تبلیغات", "لاستیک زمستانی با بیست درصد تخفیف"),
    "he": ("פרסומת", "צמיגי חורף ב-20% הנחה"),
    "zh": ("广告", "冬季轮胎八折优惠"),
}
CHINESE = (
    "市长周一在码头对记者说，经过三周的修理，横渡大河的渡轮重新开航。",
    "一百多人和二十辆汽车在东岸等候，到傍晚时全部渡过了河。",
)


def drift(before: tuple[str, ...], after: tuple[str, ...]) -> DriftClass:
    return compare(Reading("\n\n".join(before)), Reading("\n\n".join(after))).drift


def read(body: str) -> str:
    html = f"<html><head><meta charset='utf-8'><title>A</title></head><body>{body}</body></html>"
    return page_text(html.encode(), URL, "text/html", AT).text


def test_a_whole_sentence_more_or_less_is_substantial_however_short() -> None:
    less = STORY[:3] + STORY[4:]
    assert drift(STORY, less) is DriftClass.SUBSTANTIAL
    assert drift(less, STORY) is DriftClass.SUBSTANTIAL


@pytest.mark.parametrize("line", ["Photo of the new pier at dawn", "Not so fast.", "He agreed."])
def test_a_line_without_an_end_and_a_call_are_no_sentences(line: str) -> None:
    assert drift(STORY, (*STORY[:2], line, *STORY[2:])) is not DriftClass.SUBSTANTIAL


def test_words_changed_within_a_short_sentence_are_minor() -> None:
    changed = (*STORY[:3], "The next inspection is planned for winter.", STORY[4])
    assert drift(STORY, changed) is DriftClass.MINOR


@pytest.mark.parametrize("language", sorted(ADVERTISED))
def test_an_advertisement_under_its_label_is_no_drift(language: str) -> None:
    label, said = ADVERTISED[language]
    assert drift(STORY, (*STORY[:2], label, said, *STORY[2:])) is DriftClass.SAME
    other = (*STORY[:2], label, "Something else at half the price", *STORY[2:])
    assert drift((*STORY[:2], label, said, *STORY[2:]), other) is DriftClass.SAME


def test_a_sentence_below_such_a_label_is_text() -> None:
    changed = "A yard in the port of Selm built the old engine, which nobody paid for."
    before, after = (
        (*STORY[:2], "Advertisement", line, *STORY[3:]) for line in (STORY[2], changed)
    )
    assert drift(before, after) is not DriftClass.SAME


def test_a_short_page_is_read_in_its_paragraphs() -> None:
    lines = "".join(f"<p>{line}</p>" for line in CHINESE)
    body = f"<article><h1>渡轮恢复航行</h1><div>3小时前 阅读：1 204</div>{lines}</article>"
    assert read(body).split("\n\n")[-2:] == list(CHINESE)


def test_counters_and_ages_of_a_short_page_are_no_drift() -> None:
    one, other = (
        Reading(f"{hours}小时前 阅读：{views}\n\n{CHINESE[0]}\n\n{CHINESE[1]}\n\n{hours}条评论")
        for hours, views in ((3, "1 204"), (9, "5 871"))
    )
    assert compare(one, other).drift is DriftClass.SAME


def test_a_menu_around_a_line_of_news_is_not_its_text() -> None:
    menu = "<nav><ul><li><a href='/a'>Alpha</a></li><li><a href='/b'>Beta</a></li></ul></nav>"
    head = f"<header><a href='/'>Ilma Post</a>{menu}</header>"
    said = "There was a blast in the port overnight; nobody was hurt."
    assert read(f"{head}<main><h1>Blast</h1><p>{said}</p></main>") == said
    inside = f"<article><header><p>{STORY[0]}</p></header><p>{said}</p></article>"
    assert STORY[0] in read(head + inside)
