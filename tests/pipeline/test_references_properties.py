"""What holds for any note: nothing is lost, undoing twice is undoing once, and the work grows with
the length only."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.references.check import doubts_of
from pipeline.read.references.lexer import (
    cited_urls,
    is_addresses_alone,
    read_atoms,
    read_tape,
)
from pipeline.read.references.markers import mark
from pipeline.read.references.notes import split_notes
from pipeline.read.references.tape import lay

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTS = ["example.org", "www.example.com", "t.me", "news.example.com.ua", "example.media", "x.com"]
PATH = "abcXYZ0189-_.~%/@:+=&?#(),;[]!*'"
SEPARATORS = ["; ", " ; ", ", ", " ", "\n", ";\u00a0", "\u00a0", " ;\n"]
TOKENS = [
    "https://", "http://", "ttps://", "https:// ", "https//", "//", "www.", "t.me/", "example.org",
    "example", " dot ", "(dot)", "[.]", " Dot ", ".", "/", "?", "=", "&", "#", ";", ",", " ",
    "\u00a0",
    "\n", "[1]", "[12]", "(", ")", "[", "]", "...", "…", "%20", "%C2%A0", "a", "1", "-", "html",
    "“",
    "\u200b", "ї", "\ue000", "\\", "'", "*", "<", "web.archive.org/web/2022/", "__cft__[0]=", "h",
    "ps://",
]  # fmt: skip

url_ends = st.sampled_from("abzXZ019-_/=")
paths = st.builds(
    lambda body, end: f"{body}{end}", st.text(PATH.replace(" ", ""), max_size=30), url_ends
)
plain_urls = st.builds(lambda host, path: f"https://{host}/{path}", st.sampled_from(HOSTS), paths)
token_text = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)


def is_settled(url: str) -> bool:
    """False for what is printed in two ways by design: a URL within another, a label, a separator
    before a host."""
    inner = url[8:]
    risky = ("//", "/\\", ";t.me", "[", "]", ";www", ",www", ";x.", ":/")
    if any(mark in inner for mark in risky) or "ttp" in inner:
        return False
    if inner.count("(") != inner.count(")") or inner.endswith((";", ",")):
        return False
    return not (len(inner) > 1 and inner[-2] == ";")


def urls_of(*runs: Run) -> list[str]:
    return [cited.url for cited in cited_urls(runs)]


@given(st.lists(plain_urls.filter(is_settled), max_size=6), st.sampled_from(SEPARATORS))
@settings(deadline=None)
def test_no_character_of_a_url_is_lost(urls: list[str], separator: str) -> None:
    assert urls_of(Run(separator.join(urls))) == list(dict.fromkeys(urls))


@given(
    plain_urls.filter(is_settled),
    st.sampled_from([" dot ", "\u00a0dot\u00a0", "[.]", "(dot)", " (dot) "]),
)
@settings(deadline=None)
def test_refanging_restores_what_was_defanged(url: str, dot: str) -> None:
    host = url.split("/")[2]
    defanged = url.replace(host, host.replace(".", dot), 1)
    assert urls_of(Run(f"{defanged};")) == [url]


@given(plain_urls.filter(is_settled))
@settings(deadline=None)
def test_refanging_twice_is_refanging_once(url: str) -> None:
    (once,) = urls_of(Run(url))
    assert urls_of(Run(once)) == [once] == [url]


@given(st.lists(plain_urls.filter(is_settled), min_size=1, max_size=5))
@settings(deadline=None)
def test_links_and_plain_text_give_the_same_urls(urls: list[str]) -> None:
    runs = [Run(u if len(u) < 40 else f"{u[:37]}...", u) for u in urls]
    spaced = [part for run in runs for part in (run, Run("; "))]
    joined = "; ".join(urls)
    assert urls_of(*spaced) == urls_of(Run(joined)) == urls_of(Run(f"{joined[:40]}...", joined))


plain_words = st.builds(
    "".join,
    st.lists(
        st.tuples(
            st.sampled_from(["https://", "http://"]),
            st.sampled_from(
                [*HOSTS, "example", "[.]example.org", "example(dot)org", "приклад.укр"]
            ),
            st.text("abZ09/.%?=&#~+@-(ttp", max_size=12),
            st.sampled_from(["", ".", ";", ",", ";;", "...", "%20;", " ;", " ,", " ;;"]),
            st.sampled_from([" ", "\n", "\u00a0 "]),
        ).map("".join),
        max_size=4,
    ),
)


@given(st.lists(st.tuples(plain_words, st.none() | plain_words.map(str.strip)), max_size=3))
@settings(max_examples=120, deadline=None)
def test_addresses_alone_read_as_any_words_do(pairs: list[tuple[str, str | None]]) -> None:
    tape = lay([Run(text, href or None) for text, href in pairs])
    assert read_tape(tape) == read_atoms(tape)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("https://example.org/a; http://t.me/sample/1.", True),
        ("https://example.org/a ; https://example.org/b ,", True),
        ("https://example.org/a ;b", False),
        ("; https://example.org/a", False),
        ("https://example.org/a see", False),
        ("https://example.org/ahttps://example.org/b", False),
        ("https://example dot org/a", False),
        ("", False),
    ],
)
def test_the_short_way_is_for_whole_addresses_only(text: str, alone: bool) -> None:
    assert is_addresses_alone(text) is alone


@given(token_text)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_urls_with_scheme_and_without_blanks(text: str) -> None:
    for cited in cited_urls([Run(text)]):
        assert cited.url.lower().startswith(("http://", "https://"))
        assert not any(char.isspace() for char in cited.url)
        assert len(cited.url) > len("http://")
        assert cited.as_printed


@given(st.lists(st.tuples(token_text, st.none() | token_text), max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_links_are_read(pairs: list[tuple[str, str | None]]) -> None:
    cited_urls([Run(text, href) for text, href in pairs])


@given(st.lists(token_text, max_size=12), st.sampled_from(list(BlockKind)))
@settings(max_examples=100, deadline=None)
def test_any_blocks_divide_without_losing_prose_or_inventing_notes(
    texts: list[str], kind: BlockKind
) -> None:
    blocks = [Block(kind, (Run(text),)) for text in texts]
    split = split_notes(blocks)
    doubts_of(split.notes, mark(split.prose).markers)
    assert len(split.prose) + len(split.notes) + len(split.tail) <= len(blocks) + "".join(
        texts
    ).count("\n") + "".join(texts).count("[")
    if not split.notes:
        assert split.prose == tuple(blocks)


def test_ten_thousand_mutated_notes_crash_nothing() -> None:
    chance = random.Random(20260316)
    samples = [
        "[1] https://example.org/a; https://example dot media/b ; www.example.com/c",
        "[2] ttps://t.me/sample/1https://t.me/sample/2 (Eastern district), pp. 118",
        "[iv] https://web.archive.org/web/2022/https://example.org/?__cft__[0]=AZ&x=%20",
        "12. https:// example.org/a-\nlong-torn-address.html…",
    ]
    for _ in range(10_000):
        letters = list(chance.choice(samples))
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randrange(3)] = chance.choice([*TOKENS, ""])
        text = "".join(letters)
        cut = chance.randrange(len(text) + 1)
        urls_of(Run(text[:cut], chance.choice([None, text[cut:]])), Run(text[cut:]))


def calls_made(function: Callable[[], Any]) -> int:
    """Python and C function calls: what grows when work is done again and again."""
    count = 0

    def tick(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tick)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


HOSTILE = [
    "https://", "a dot ", "https://a dot ", "https://x?u=http://", "https://x.org/=http://",
    ";t.me/a", "h t t p ",
    "https://x.org/a -b ", "(", ")", "%20", "%20)", "[1]", "[1]\n", "a.[1] ", "[1,2,3", "<a", "A. ",
    "www.", "dot", "...",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_length_only(piece: str) -> None:
    def work(times: int) -> None:
        text = f"https://x.org/{piece * times}"
        cited_urls([Run(text), Run(text[:50], text)])
        blocks = [Block(BlockKind.PARAGRAPH, (Run(t),)) for t in ("One.[1]", text, "[1] x", text)]
        mark(split_notes(blocks).prose)

    small, large = calls_made(lambda: work(150)), calls_made(lambda: work(1500))
    assert large < 13 * small + 2000
