"""Content drift: pairs of texts, labelled before they were compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.rot import Reading
from archive.model.vocabulary import DriftClass
from archive.show.text_diff import text_diff
from pipeline.decide.drift import compare
from pipeline.decide.drift.frame import correction_lines
from pipeline.decide.drift.headline import is_another
from tests import drift_pairs
from tests.drift_words import WORDS
from tests.replica.prose import ENGLISH, FRENCH, rng_for
from tests.stories import STORIES

FRAMES = {
    "en": ("1,204 views", "3 hours ago", "Share this article", "Read more: Snow closes the pass",
        "Updated 3 March 2026, 14:20"),
    "ru": ("1204 просмотра", "3 часа назад", "Поделиться", "Читайте также: Снег закрыл перевал",
        "Обновлено: 03.03.2026 14:20"),
    "uk": ("1204 перегляди", "3 години тому", "Поділитися", "Читайте також: Сніг закрив перевал",
        "Оновлено: 03.03.2026 14:20"),
    "ar": ("1204 مشاهدة", "منذ 3 ساعات", "شارك", "اقرأ أيضا: الثلوج تغلق الممر",
        "نشر في: 2026/03/03 14:20"),
    "fa": ("1204 بازدید", "3 ساعت پیش", "اشتراک گذاری", "بیشتر بخوانید: برف گردنه را بست",
        "2026/03/03 14:20"),
    "he": ("1204 צפיות", "לפני 3 שעות", "שתפו", "קראו עוד: השלג סגר את המעבר", "03.03.2026 14:20"),
    "tr": ("1204 görüntülenme", "3 saat önce", "Paylaş", "Ayrıca bakınız: Kar geçidi kapattı",
        "03.03.2026 14:20"),
    "fr": ("1204 vues", "il y a 3 heures", "Partager", "Lire aussi : La neige ferme le col",
        "Publié le 03/03/2026 14:20"),
}  # fmt: skip
CORRECTIONS = {
    "en": "Correction: an earlier version gave the wrong month.",
    "ru": "Исправлено: в тексте был назван не тот месяц.",
    "uk": "Виправлено: у тексті було названо не той місяць.",
    "ar": "تصحيح: ذكر النص سابقا شهرا خاطئا.",
    "fa": "اصلاحیه: در متن پیشین ماه نادرست آمده بود.",
    "he": "תיקון: בנוסח קודם צוין חודש שגוי.",
    "tr": "Düzeltme: Önceki metinde ay yanlış verilmişti.",
    "fr": "Rectificatif : une version précédente donnait un mois erroné.",
}
ADDED = {
    "en": (
        " A second ferry that was promised in autumn is still being built in the harbour of Tolvar."
    ),
    "ru": (
        " Второй паром, который обещали осенью, до сих пор строят в порту города Толвар на севере."
    ),
    "uk": " Другий пором, який обіцяли восени, досі будують у порту міста Толвар на півночі.",
    "ar": (
        " ولا تزال العبارة الثانية التي وعد بها في الخريف قيد البناء في ميناء تولفار شمال المنطقة."
    ),
    "fa": " قایق دومی که در پاییز وعده داده شده بود هنوز در بندر تولوار در شمال ساخته می‌شود.",
    "he": " המעבורת השנייה שהובטחה בסתיו עדיין נבנית כעת בנמל של העיר טולבר שבצפון הארץ.",
    "tr": (
        " Sonbaharda söz verilen ikinci feribot hâlâ kuzeydeki Tolvar limanında işçiler "
        "tarafından inşa ediliyor."
    ),
    "fr": " Un second bac promis à l'automne est toujours en construction dans le port de Tolvar.",
}
SWAPS = {
    "en": ("forty", "fifty"), "ru": ("сорока", "тридцати"), "uk": ("сорока", "тридцяти"),
    "ar": ("أربعين", "خمسين"),
    "fa": ("چهل", "پنجاه"), "he": ("כארבעים", "כחמישים"), "tr": ("kırk", "elli"),
    "fr": ("quarantaine", "cinquantaine"),
}  # fmt: skip


def pairs() -> list[tuple[str, str, str, DriftClass]]:
    """Name, first text, later text, and the class that a reader would give."""
    made: list[tuple[str, str, str, DriftClass]] = []
    for lang, story in STORIES.items():
        old, new = SWAPS[lang]
        assert old in story
        framed = "\n".join((*FRAMES[lang][:2], story, *FRAMES[lang][2:]))
        made += [
            (f"{lang} equal", story, story, DriftClass.SAME),
            (f"{lang} blanks", story, story.replace(" ", "  ").replace("\n", "\n\n"),
                DriftClass.SAME),
            (f"{lang} frame", story, framed, DriftClass.SAME),
            (f"{lang} other counters", framed,
                framed.replace("1204", "98").replace("1,204", "2,311").replace("3 ", "5 "),
                DriftClass.SAME),
            (f"{lang} only a correction line", story, f"{story}\n{CORRECTIONS[lang]}",
                DriftClass.SAME),
            (f"{lang} one number", story, story.replace(old, new), DriftClass.MINOR),
            (f"{lang} a corrected number", story, f"{story.replace(old, new)}\n{CORRECTIONS[lang]}",
                DriftClass.MINOR),
            (f"{lang} a word gone", story, story.replace(f"{old} ", ""), DriftClass.MINOR),
            (f"{lang} a sentence more", story, story + ADDED[lang], DriftClass.SUBSTANTIAL),
            (f"{lang} a sentence less", story + ADDED[lang], story, DriftClass.SUBSTANTIAL),
            (f"{lang} half of it gone", story, story.splitlines()[0], DriftClass.SUBSTANTIAL),
        ]  # fmt: skip
        made += [
            (f"{lang} to {name}", story, other, DriftClass.OFF_TOPIC)
            for name, other in STORIES.items()
            if name != lang
        ]
    for number in range(20):
        whole = "\n".join(ENGLISH.paragraphs(rng_for(f"drift {number}"), 5))
        cut = "\n".join(ENGLISH.paragraphs(rng_for(f"drift {number}"), 5)[:3])
        casino = "\n".join(FRENCH.paragraphs(rng_for(f"casino {number}"), 4))
        made += [
            (f"made {number} equal", whole, f"{whole}\n{100 + number} comments", DriftClass.SAME),
            (f"made {number} cut", whole, cut, DriftClass.SUBSTANTIAL),
            (f"made {number} off topic", whole, casino, DriftClass.OFF_TOPIC),
        ]
    return made


def labelled() -> Iterator[drift_pairs.Pair]:
    yield from ((name, Reading(first), Reading(now), label) for name, first, now, label in pairs())
    yield from drift_pairs.pairs()


def test_pairs_get_the_class_of_their_label() -> None:
    table: Counter[tuple[DriftClass, DriftClass]] = Counter()
    wrong = []
    for name, first, now, label in labelled():
        found = compare(first, now)
        table[label, found.drift] += 1
        if found.drift is not label:
            wrong.append((name, str(label), str(found.drift), found.evidence))
    print("label, class:", *sorted(table.items()), "wrong:", *wrong, sep="\n  ")
    assert sum(table.values()) >= 600
    for label in DriftClass:
        count = sum(n for (said, _), n in table.items() if said is label)
        assert count >= 30
        assert table[label, label] / count >= 0.95, wrong


@pytest.mark.parametrize("lang", sorted(WORDS))
def test_a_number_that_changed_is_among_the_changed_sentences(lang: str) -> None:
    words = WORDS[lang]
    changed = text_diff(Reading(words.post), Reading(words.post.replace(*words.number)))
    assert any(line.startswith("- ") and words.number[0] in line for line in changed)
    assert any(line.startswith("+ ") and words.number[1] in line for line in changed)


NEAR_MISSES = {
    "an article about cookies": (
        "The court fined the ministry because its site uses cookies to follow its 4000 readers.",
        "The court fined the ministry because its site uses cookies to follow its 9000 readers.",
    ),
    "a correction in a sentence": (
        "Officials published corrections to 12 of the figures on Monday.",
        "Officials published corrections to 21 of the figures on Monday.",
    ),
    "an update of a system": ("The update of the 3 radars is done.",
        "The update of the 5 radars is done."),
    "a share of something": ("They share 40 percent of the harbour.",
        "They share 60 percent of the harbour."),
    "subscribers in a sentence": (
        "The channel with 120000 subscribers called for a march on the mill that night.",
        "The channel with 190000 subscribers called for a march on the mill that night.",
    ),
    "a year": ("Attack on the bridge in 2022 killed five",
        "Attack on the bridge in 2022 killed six"),
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_what_only_looks_like_the_frame_is_text(name: str) -> None:
    first, now = NEAR_MISSES[name]
    assert compare(Reading(first), Reading(now)).drift is DriftClass.MINOR


@pytest.mark.parametrize(
    ("before", "after", "is_new"),
    [
        ("Ferry stopped", "Ferry stopped | The Herald", False),
        ("The Herald | Ferry stopped", "The Herald | Bridge open", True),
        ("Ferry stopped - Herald", "Herald: Ferry stopped", False),
        ("(3) Ferry stopped", "Ferry stopped", False),
        ("Ferry stopped before the sum…", "Ferry stopped before the summer came", False),
        ("Ferry stopped", "FERRY STOPPED!", False),
        ("Ferry stopped", "LIVE: Ferry stopped", False), ("Ferry stopped", None, False),
        ("Ferry: 3 dead", "Ferry: 5 dead", True),
        ("No ferry", "No ferry before May", True),
    ],
)  # fmt: skip
def test_a_headline_is_told_from_the_name_of_the_site(
    before: str, after: str | None, is_new: bool
) -> None:
    assert is_another(before, after) is is_new
    assert is_another(after, before) is is_new


CORRECTED = {
    "en": (
        "CORRECTION (March 4): the age was wrong.",
        "*This article has been updated to add a comment.", "Editor’s note: names were changed.",
        "Update: the mayor has answered.", "An earlier version of this article misspelled Tolvar.",
        "[Corrected] Ferry stopped",
        "This story was corrected on March 4.", "Clarification: two of them are retired.",
    ),
    "ru": ("Обновление: мэр ответил.", "Обновлено. Добавлен ответ мэра.",
        "Уточнение: речь идёт о двух домах.", "Поправка. Возраст был указан неверно.",
        "UPD: мэр ответил."),
    "uk": ("Оновлення: мер відповів.", "Уточнення: ідеться про два будинки.",
        "Виправлено помилку в імені.", "Доповнено: відповідь мера.", "UPD. Мер відповів."),
    "ar": ("تصحيح: كان العمر خاطئا.", "تحديث: أجاب رئيس البلدية.", "توضيح: المقصود بيتان."),
    "fa": ("اصلاحیه: سن نادرست بود.", "به‌روزرسانی: شهردار پاسخ داد.",
        "بروزرسانی: شهردار پاسخ داد.", "تصحیح: نام نادرست بود."),
    "he": ("תיקון: הגיל היה שגוי.", "עדכון: ראש העיר השיב.", "הבהרה: מדובר בשני בתים."),
    "tr": ("Düzeltme: Yaş yanlıştı.", "Güncelleme: Başkan yanıtladı.",
        "GÜNCELLEME: Başkan yanıtladı.", "DÜZELTME: Yaş yanlıştı."),
    "fr": ("Mise à jour : le maire a répondu.", "Rectificatif : l'âge était faux.",
        "MISE À JOUR du 4 mars : le maire a répondu.", "Correction : l'âge était faux.",
        "Erratum : deux maisons."),
}  # fmt: skip
NOT_CORRECTED = (
    "Corrections officers were sent to the prison.", "Updates are expected on Monday.",
    "The update was late.", "Обновлённый мост открыли в мае.",
    "Обновленный состав совета собрался.", "Уточнённый бюджет принят.", "Оновлений міст відкрили.",
    "تحديث الجيش لم ينته بعد.", "Düzeltmeler meclise geldi.",
    "עדכונים צפויים ביום שני.", "Corrective works have begun.", "Correctement vêtu, il attend.",
)  # fmt: skip


@pytest.mark.parametrize("line", [line for lines in CORRECTED.values() for line in lines])
def test_a_line_that_admits_a_change_is_recognised(line: str) -> None:
    assert correction_lines(f"{STORIES['en']}\n{line}") == (line,)


@pytest.mark.parametrize("lang", sorted(FRAMES))
def test_the_time_of_the_last_change_admits_nothing(lang: str) -> None:
    assert correction_lines("\n".join(FRAMES[lang])) == ()


@pytest.mark.parametrize("line", NOT_CORRECTED)
def test_a_sentence_that_only_begins_like_a_correction_is_none(line: str) -> None:
    assert correction_lines(line) == ()


def test_another_order_of_the_same_sentences_is_minor_and_told() -> None:
    rows = [f"Item {n} of the list is number {n * 7}." for n in range(12)]
    found = compare(Reading("\n".join(rows)), Reading("\n".join(reversed(rows))))
    assert (found.drift, found.distance, found.evidence) == (
        DriftClass.MINOR,
        0.0,
        {"moved_sentences": 12},
    )


@pytest.mark.parametrize("lang", sorted(STORIES))
def test_a_correction_is_recognised(lang: str) -> None:
    later = f"{STORIES[lang]}\n{CORRECTIONS[lang]}"
    assert compare(Reading(STORIES[lang]), Reading(later)).corrections == (CORRECTIONS[lang],)
    assert correction_lines(STORIES[lang]) == ()


def test_another_article_of_the_same_place_is_replaced_and_not_off_topic() -> None:
    other = (
        "A new bridge over the Ilma will open in May, the district council announced on Friday. "
        "It stands where the ferry used to land, and forty families no longer need to drive to "
        "the eastern bank through Tolvar. Workshops built it in winter."
    )  # fmt: skip
    assert compare(Reading(STORIES["en"]), Reading(other)).drift is DriftClass.REPLACED


def test_a_post_of_a_few_words_may_have_one_corrected() -> None:
    first, now = "Sirens in Velsk and Tolvar, stay inside", "Sirens in Velsk and Ilma, stay inside"
    assert compare(Reading(first), Reading(now)).drift is DriftClass.MINOR


def test_a_moved_date_and_a_new_title_are_told() -> None:
    story = STORIES["en"]
    found = compare(
        Reading(story, "No ferry", "2026-03-03", "en"),
        Reading(story, "No ferry before May", "2026-03-05", "en"),
    )
    assert found.drift is DriftClass.MINOR
    assert found.evidence["published"] == ["2026-03-03", "2026-03-05"]
    assert found.evidence["title"] == ["No ferry", "No ferry before May"]


def test_a_difference_shows_the_changed_sentences_only() -> None:
    story = STORIES["en"]
    lines = text_diff(Reading(story), Reading(story.replace("forty", "fifty")))
    assert [line for line in lines if line.startswith(("- ", "+ "))] == [
        "- About forty families on the eastern bank depend on it.",
        "+ About fifty families on the eastern bank depend on it.",
    ]
    assert text_diff(Reading(story), Reading(story)) == []


def test_very_long_texts_are_compared_within_bounds() -> None:
    long = " ".join(f"word{n % 5000}" for n in range(60_000))
    assert compare(Reading(long), Reading("More. " + long)).drift is DriftClass.MINOR


@given(st.text(max_size=400))
def test_a_text_is_the_same_as_itself(text: str) -> None:
    found = compare(Reading(text), Reading(text))
    assert (found.drift, found.distance, text_diff(Reading(text), Reading(text))) == (
        DriftClass.SAME,
        0.0,
        [],
    )


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    there, back = compare(Reading(one), Reading(other)), compare(Reading(other), Reading(one))
    assert (there.drift, there.distance) == (back.drift, back.distance)
    assert 0.0 <= there.distance <= 1.0
