"""Whether two observers saw the same: which captures are compared, and what is an archive's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.model.corroboration import Corroboration, Observed
from archive.model.rot import Reading
from archive.model.times import format_time
from archive.model.vocabulary import DriftClass
from pipeline.decide.corroboration import SAME_DAYS, beside, corroborated, without_banner
from tests.factories import START
from tests.observed_texts import BANNER, FAR, OTHER, TEXT

TEXTS = {1: TEXT, 2: OTHER, 3: FAR, 4: f"{TEXT}\n4,512 readers"}


def seen(number: int, hours: float, text: int = 1, observer: str = "") -> Observed:
    at = format_time(START + timedelta(hours=hours))
    return Observed(number, at, text, at, observer)


def reading(text: int) -> Reading | None:
    return Reading(TEXTS[text]) if text in TEXTS else None


def against(copy: Observed, *own: Observed) -> Corroboration | None:
    return corroborated(copy, own, reading)


COPY = seen(9, 5, observer="web.archive.org")


def test_two_observers_saw_the_same() -> None:
    found = against(COPY, seen(1, 0))
    assert found is not None
    assert (found.drift, found.own_id, found.apart_s) == (DriftClass.SAME, 1, 5 * 3600)


def test_a_copy_that_says_something_else_is_of_a_drift_class() -> None:
    assert [found.drift for text in (2, 3) if (found := against(COPY, seen(1, 0, text)))] == [
        DriftClass.SUBSTANTIAL,
        DriftClass.OFF_TOPIC,
    ]


def test_of_those_days_the_capture_that_says_most_nearly_the_same_counts() -> None:
    found = against(COPY, seen(1, 4, 3), seen(2, 1, 2), seen(3, 30, 1))
    assert found is not None
    assert (found.own_id, found.drift) == (3, DriftClass.SAME)


def test_a_copy_in_another_language_says_nothing_of_the_words() -> None:
    other = "Портова влада закрила північний шлюз на дев'ять днів, бо вода впала нижче позначки."
    texts = {1: Reading(other), 2: Reading(TEXT)}
    assert corroborated(seen(9, 5, 2), [seen(1, 4)], texts.get) is None
    found = corroborated(seen(9, 5, 2), [seen(1, 4), seen(2, 9, 2)], texts.get)
    assert found is not None
    assert (found.own_id, found.drift) == (2, DriftClass.SAME)


def test_captures_of_other_days_are_not_compared() -> None:
    days = SAME_DAYS.total_seconds() / 3600
    assert against(COPY, seen(1, 5 + days + 1)) is None
    assert against(COPY, seen(1, 5 + days)) is not None
    assert against(COPY) is None


def test_of_many_captures_the_nearest_are_compared() -> None:
    own = [seen(number, number / 10, 3) for number in range(1, 60)]
    assert [one.capture_id for one in beside(COPY, own)] == [50, 49, 51, 48]


def test_a_text_that_is_not_there_any_more_is_not_compared() -> None:
    assert against(seen(9, 5, 77), seen(1, 0)) is None
    assert against(COPY, seen(1, 0, 77)) is None


@pytest.mark.parametrize(
    "around",
    [
        BANNER + "{}", "{}\n\nTIMESTAMPS\nCOLLECTED BY\nArchive-It Home",
        "You are viewing an archived web page, collected at the request of the council\n{}",
        "This is an archived page.\n\n{}", "[ARCHIVED CONTENT]\n{}", "arquivo.pt - 2026\n{}",
    ],
)  # fmt: skip
def test_what_an_archive_prints_around_a_copy_is_no_difference(around: str) -> None:
    text = around.format(TEXT)
    assert without_banner(Reading(text)).text.strip() == TEXT
    found = corroborated(
        COPY, [seen(1, 0, 2)], lambda number: Reading(TEXT if number == 2 else text)
    )
    assert found is not None
    assert found.drift is DriftClass.SAME


@pytest.mark.parametrize(
    "text",
    [
        TEXT, f"2026\n{TEXT}", f"{TEXT}\n12", f"The archive of the town burned.\n{TEXT}",
        f"{TEXT}\nAbout the archive that nobody visits any more.", "2026", "", "12 captures",
        f"{TEXT}\nThe last of 12 captures took place near Zenda in the rain.",
    ],
)  # fmt: skip
def test_what_a_page_says_itself_is_kept(text: str) -> None:
    assert without_banner(Reading(text)).text == text
