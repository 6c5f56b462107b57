"""Whose word a source is, which sources are one voice, and what makes one circular."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archive.model.support import Behind, Citing, CitingSentence, Naming
from archive.urls import normal as urls
from pipeline.decide.support.circular import circular_of, copied_sentences, may_copy
from pipeline.decide.support.counting import sentences_of, supports_of
from pipeline.decide.support.houses import HOUSES
from pipeline.decide.support.voices import voice_of
from pipeline.read.sources import source_row

CITING = Citing(1, "2026-03-03")


def behind(url: str, number: int = 1, **told: Any) -> Behind:
    row = source_row(url)
    plain = Behind(
        number, row.url, row.platform, row.account, row.host, row.domain,
        row.publication_key is not None,
    )  # fmt: skip
    return replace(plain, **told)


def counts(*sources: Behind, same: list[tuple[int, int]] | None = None) -> tuple[int, ...]:
    """Sources, own, voices, unnamed."""
    numbered = {n: replace(one, id=n) for n, one in enumerate(sources)}
    sentence = CitingSentence(0, 0, tuple(numbered))
    [found] = supports_of([sentence], numbered, same or [], CITING, {})
    return found.sources, found.own, found.voices, found.unnamed


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://t.me/s/PortWatch/12", "telegram/portwatch"),
        ("https://twitter.com/PortWatch/status/1", "x/portwatch"),
        ("https://news.harbour-courier.com/a", "harbour-courier.com"),
        ("https://m.harbour-courier.com/a?utm_source=x", "harbour-courier.com"),
        ("https://ada.substack.com/p/ships", "ada.substack.com"),
        ("https://dzen.ru/adamoss/a1", "dzen.ru/adamoss"),
        ("https://web.archive.org/web/20260301/https://t.me/portwatch/12", "telegram/portwatch"),
        (
            "https://archive.ph/2026.03.01-101010/https://news.harbour-courier.com/a",
            "harbour-courier.com",
        ),
        (
            "https://web.archive.org/web/2026/https://archive.ph/2026/https://harbour-courier.com/",
            "harbour-courier.com",
        ),
        ("https://tass.com/world/1", "tass"),
        ("https://t.me/tass_agency/7", "tass"),
        ("https://www.facebook.com/GeneralStaff.ua/posts/12", "ukrainian-general-staff"),
        ("https://t.me/GeneralStaffZSU/3", "ukrainian-general-staff"),
    ],
)
def test_a_voice_is_an_account_or_a_site_whatever_way_leads_to_it(url: str, name: str) -> None:
    voice = voice_of(behind(url))
    assert (voice.name, voice.own, voice.named) == (name, False, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://understandingwar.org/research/middle-east/iran-update-march-3-2026/",
        "https://www.criticalthreats.org/analysis/iran-update-march-3-2026",
        "https://isw.pub/UkrWar030326",
        "https://x.com/TheStudyofWar/status/1",
        "https://web.archive.org/web/2026/https://understandingwar.org/backgrounder/a",
        "https://storymaps.arcgis.com/stories/36a7f6a6f5a9448496de641cf64bd375",
    ],
)
def test_reports_and_maps_of_the_publishers_are_no_voices(url: str) -> None:
    assert counts(behind(url)) == (0, 1, 0, 0)


def test_a_forward_is_the_word_of_its_origin() -> None:
    forward = behind("https://t.me/echo/5", forwarded_url="https://t.me/PortWatch/12")
    origin = behind("https://t.me/portwatch/12")
    assert counts(forward, origin) == (2, 0, 1, 0)


def test_forwards_from_one_whose_address_is_hidden_are_one_voice() -> None:
    echoes = [behind(f"https://t.me/echo{n}/5", forwarded_from="Ada Moss") for n in range(3)]
    assert counts(*echoes) == (3, 0, 1, 0)


def test_a_short_link_is_the_word_of_the_page_behind_it() -> None:
    short = behind("https://bit.ly/abc", leads_to="https://news.harbour-courier.com/a")
    assert counts(short, behind("https://harbour-courier.com/b")) == (2, 0, 1, 0)


def test_a_short_link_that_led_nowhere_known_is_nobodys() -> None:
    assert not voice_of(behind("https://bit.ly/abc")).named


def test_a_numbered_copy_is_the_word_of_the_page_that_it_turned_out_to_be() -> None:
    assert voice_of(
        behind("https://archive.ph/AbCd1", leads_to="https://t.me/portwatch/1")
    ).name == ("telegram/portwatch")


def test_videos_of_unknown_channels_are_not_told_apart() -> None:
    videos = [behind(f"https://youtu.be/aaaaaaaaaa{n}") for n in range(2)]
    assert counts(*videos) == (2, 0, 1, 2)
    told = [replace(one, author=f"Channel {n}") for n, one in enumerate(videos)]
    assert counts(*told) == (2, 0, 2, 0)


def test_files_that_anybody_puts_there_have_no_known_account() -> None:
    assert not voice_of(behind("https://drive.google.com/file/d/1/view")).named
    assert not voice_of(behind("https://storymaps.arcgis.com/stories/0123")).named


def test_the_same_text_is_one_voice_and_has_the_name_of_a_known_account() -> None:
    agency, paper, other = (
        behind("https://agency.example/1"),
        behind("https://paper.example/1"),
        behind("https://else.example/1"),
    )
    assert counts(agency, paper, other, same=[(0, 1)]) == (3, 0, 2, 0)


def test_what_is_not_cited_here_makes_nothing_one() -> None:
    pair = behind("https://a.example/1"), behind("https://b.example/1")
    assert counts(*pair, same=[(0, 7), (7, 1)]) == (2, 0, 2, 0)


def test_neighbouring_markers_of_one_sentence_are_one_and_its_repetition_another() -> None:
    markers: list[tuple[int, str, str | None, list[int]]] = [
        (0, "A depot burned.", "East", [1]),
        (1, "A depot burned.", "East", [2, 1]),
        (2, "Nobody saw it.", "East", []),
        (3, "A depot burned.", "West", [1]),
        (4, "A depot burned.", "East", [3]),
    ]
    assert [(one.position, one.last, one.sources) for one in sentences_of(markers)] == [
        (0, 1, (1, 2)),
        (3, 3, (1,)),
        (4, 4, (3,)),
    ]


def test_how_the_sources_fare_is_counted_without_the_own() -> None:
    sources = {
        1: behind("https://a.example/1", 1, status="moved"),
        2: behind("https://b.example/1", 2, status="dead", only_copy=True),
        3: behind("https://t.me/portwatch/1", 3, status="drifted"),
        4: behind("https://isw.pub/x", 4, status="dead"),
    }
    [found] = supports_of([CitingSentence(5, 6, (1, 2, 3, 4))], sources, [], CITING, {})
    assert (found.alive, found.drifted, found.dead, found.only_copies) == (1, 1, 1, 1)
    assert found.platforms == ("telegram", "web")
    assert [one.voice for one in found.behind] == [
        "a.example",
        "b.example",
        "telegram/portwatch",
        None,
    ]


def test_each_member_of_a_house_is_written_as_sources_have_it() -> None:
    for member in HOUSES:
        platform, slash, account = member.partition("/")
        if slash:
            host = {"telegram": "t.me", "x": "x.com", "facebook": "facebook.com"}[platform]
            found = urls.identify(f"https://{host}/{account}")
            assert (found.platform, found.account) == (platform, account)
        else:
            found = urls.identify(f"https://{member}/")
            assert member in {found.host, found.domain}, member


NAMED = Naming("institute for the study of war", None)


def test_a_source_that_names_the_authors_is_circular() -> None:
    source = behind("https://a.example/1", naming=NAMED)
    assert circular_of(source, CITING, 0) == {"names": "institute for the study of war"}


def test_the_publishers_own_reports_are_not_called_circular() -> None:
    source = behind("https://isw.pub/x", naming=NAMED)
    [found] = supports_of([CitingSentence(0, 0, (1,))], {1: source}, [], CITING, {})
    assert found.circular == 0


@pytest.mark.parametrize(
    ("dated", "said"),
    [("2026-03-05", {"after": "2026-03-05"}), ("2026-03-04", {}), ("2026-03-03", {}), (None, {})],
)
def test_only_two_days_later_is_after_the_report(dated: str | None, said: dict[str, str]) -> None:
    assert circular_of(behind("https://a.example/1", dated=dated), CITING, 0) == said


def test_nothing_is_after_a_report_without_a_day() -> None:
    assert not circular_of(behind("https://a.example/1", dated="2030-01-01"), Citing(1, None), 0)


LONG = "Crews towed nine barges through the northern lock before the water fell below the mark"
OTHER = "The harbour master said that no pilot would board a ship after dark this week"
QUOTED = "We will open every gate of the dam and nobody shall be asked before it happens again"


def test_sentences_of_the_report_are_found_in_a_source_word_for_word() -> None:
    report = f"{LONG}.[1] Something else.\n\n{OTHER}.[2]"
    assert copied_sentences(report, f"News. {LONG.upper()}! {OTHER}. The end.") == 2
    assert copied_sentences(report, f"News. {LONG}. The end.") == 0
    assert copied_sentences(f"{LONG} and {OTHER}.", f"{LONG} and {OTHER}.") == 1


def test_what_the_report_quotes_was_not_copied_from_it() -> None:
    report = f"He said, \u201c{QUOTED}. {OTHER}.\u201d[1]"
    assert copied_sentences(report, f"{QUOTED}. {OTHER}.") == 0


def test_an_older_source_copied_nothing() -> None:
    older = behind("https://a.example/1", dated="2026-03-01", text_id=1, language="en")
    assert not circular_of(older, CITING, 5)
    assert not may_copy(older, CITING)
    assert may_copy(replace(older, dated="2026-03-03"), CITING)
    assert not may_copy(replace(older, dated=None, language="fa"), CITING)
