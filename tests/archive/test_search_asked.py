"""What is typed into the search box is understood, and nothing typed is an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.folding import fold
from archive.show.search.asked import Both, Either, Near, Without, Words, parse_query
from archive.show.search.match import match
from archive.show.search.snippet import snippet
from archive.show.search.stems import beginnings, same_word


def w(*words: str, prefix: bool = False, exact: bool = False) -> Words:
    return Words(words, prefix=prefix, exact=exact or len(words) > 1)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("depot", w("depot")),
        ("Depot fire", Both((w("depot"), w("fire")))),
        ("depot AND fire", Both((w("depot"), w("fire")))),
        ("depot OR fire", Either((w("depot"), w("fire")))),
        ("depot and fire", Both((w("depot"), w("and"), w("fire")))),
        ("depot NOT fire", Without(w("depot"), w("fire"))),
        ("depot -fire", Without(w("depot"), w("fire"))),
        ("al-Tanf", w("al", "tanf")),
        ('"depot fire"', w("depot", "fire", exact=True)),
        ('"depot"', w("depot", exact=True)),
        ("\u201cdepot fire\u201d", w("depot", "fire", exact=True)),
        ("depo*", w("depo", prefix=True)),
        ("depot NEAR fire", Near(w("depot"), w("fire"), 10)),
        ('depot NEAR/3 "big fire"', Near(w("depot"), w("big", "fire"), 3)),
        ("(depot OR fire) port", Both((Either((w("depot"), w("fire"))), w("port")))),
        ("depot OR fire port", Either((w("depot"), Both((w("fire"), w("port")))))),
        ("depot (", w("depot")),
        (") depot", w("depot")),
        ("OR depot", w("depot")),
        ("depot NEAR", w("depot")),
        ('צה"ל', w("צה", "ל")),
        ("ёлка", w("елка")),
        ("", None),
        ("***", None),
        ("NOT depot", None),
        ("\0", None),
    ],
)
def test_words_and_operators_mean_what_the_help_says(typed: str, asked: object) -> None:
    assert parse_query(typed).asked == asked


@pytest.mark.parametrize(
    "typed",
    [
        "NOT depot", ") depot", "depot (", "OR depot", "NEAR depot", "x " * 60, "(" * 50,
        '"depot', 'depot "', '"fuel depot" "', "«склад", "depot NOT", "depot AND", "AND depot",
        "depot AND AND port", "depot AND OR port", "(depot NOT) port", "depot NOT NOT port",
    ],
)  # fmt: skip
def test_what_is_passed_over_is_said(typed: str) -> None:
    assert parse_query(typed).doubts


@pytest.mark.parametrize(
    "typed",
    [
        '"fuel depot"', "«склад»", 'צה"ל', '"a" OR "b"', '""', "depot AND NOT port",
        "depot AND (port OR pier)", "depot - port", "depot -port",
    ],
)  # fmt: skip
def test_of_what_is_whole_nothing_is_doubted(typed: str) -> None:
    assert parse_query(typed).doubts == ()


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:")
    opened.execute(
        "CREATE VIRTUAL TABLE t USING fts5 (text, tokenize='unicode61 remove_diacritics 2')"
    )
    opened.execute("INSERT INTO t VALUES ('a depot burned near the port')")
    yield opened
    opened.close()


_TYPED = st.lists(
    st.sampled_from(["depot", "AND", "OR", "NOT", "NEAR", "NEAR/2", "(", ")", '"', "*", "-", "-x",
        "a*", "^", ":", "{", "text:", "+", "\0", "é", "склад"])
    | st.text(max_size=6),
    max_size=14,
).map(" ".join)  # fmt: skip


@given(_TYPED)
def test_whatever_is_typed_the_index_can_answer(index: sqlite3.Connection, typed: str) -> None:
    read = parse_query(typed)
    if read.asked is None:
        return
    for loose in (False, True):
        found = match(read.asked, lambda word: [word], loose=loose)
        index.execute("SELECT count(*) FROM t WHERE t MATCH ?", [found.query]).fetchall()


SAME = [
    # English
    ("strike", "strikes"), ("strike", "striking"), ("deny", "denied"), ("move", "moved"),
    ("city", "cities"), ("stop", "stopped"),
    # Russian
    ("складе", "склад"), ("склад", "складами"), ("военный", "военного"), ("ракета", "ракеты"),
    ("наступление", "наступления"),
    # Ukrainian
    ("складі", "склад"), ("військовий", "військових"), ("місто", "міста"),
    # Arabic, Persian
    ("المستودع", "مستودع"), ("والمستودع", "مستودع"), ("کتاب", "کتابها"),
    ("مدينتها", "المدينة"), ("قواتهم", "القوات"), ("بالمدينة", "مدينة"),
    # Hebrew
    ("המחסן", "מחסן"), ("במחסן", "המחסן"), ("מחסנים", "מחסן"), ("ושהמחסן", "מחסן"),
    ("שבמחסן", "מחסן"), ("כשהמחסן", "המחסן"), ("פצצות", "הפצצה"), ("מהמחסן", "מחסנים"),
]  # fmt: skip
OTHER = [
    ("strike", "string"), ("port", "portal"), ("press", "pre"), ("war", "warm"),
    ("state", "station"),
    ("склад", "складка"), ("мир", "миротворец"), ("порт", "портрет"), ("війна", "військо"),
    ("کتاب", "کتف"), ("מחסן", "מלון"), ("טיל", "טיול"), ("עיר", "עיראק"), ("רכב", "מרכבה"),
    ("مدينة", "مدير"), ("قوات", "قانون"), ("depot", "склад"), ("cat", "кот"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_one_word_find_each_other(one: str, other: str) -> None:
    one, other = fold(one), fold(other)
    assert same_word(one, other)
    assert same_word(other, one)
    assert any(other.startswith(start) for start in beginnings(one))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_word_is_not_taken_for_a_form(one: str, other: str) -> None:
    assert not same_word(fold(one), fold(other))


def marked(text: str, typed: str) -> str:
    read = parse_query(typed)
    assert read.asked is not None
    parts = snippet(text, match(read.asked, lambda word: [word]))
    return "".join(f"<{part.text}>" if part.changed else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("A Depot burned.", "depot", "A <Depot> burned."),
        ("Der Café brannte", "cafe", "Der <Café> brannte"),
        ("Ёлка горит", "елка", "<Ёлка> горит"),
        ("كِتَابٌ على", "کتاب", "<كِتَابٌ> على"),
        ("drones fell", "dron*", "<drones> fell"),
        ("no such", "depot", "no such"),
        ("depot NOT fire", "depot NOT fire", "<depot> NOT fire"),
    ],
)
def test_a_snippet_marks_what_was_sought_as_it_is_printed(
    text: str, typed: str, shown: str
) -> None:
    assert marked(text, typed) == shown


def test_a_snippet_of_a_long_text_stands_where_the_words_are_densest() -> None:
    text = f"depot {'x ' * 900}the depot burned at the port {'y ' * 900}"
    shown = marked(text, "depot burned port")
    assert "<depot> <burned> at the <port>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 400
