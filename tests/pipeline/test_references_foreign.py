"""What is an address and what only looks like one: other archives, wrappers, slashes in words,
other scripts, schemes."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import Run
from pipeline.read.references.lexer import cited_urls, lex

AT = "20220101120000"


def urls(text: str) -> list[str]:
    return [cited.url for cited in cited_urls([Run(text)])]


INNER = "https://www.quay.example/x"

WHOLE = [
    f"https://webarchive.nationalarchives.gov.uk/ukgwa/{AT}/{INNER}",
    f"https://arquivo.pt/wayback/{AT}mp_/{INNER}",
    f"https://wayback.archive-it.org/1234/{AT}/{INNER}",
    f"https://no-archive-of-our-list.example/web/{AT}/{INNER}",
    f"https://archive.ph/2022.01.01-120000/{INNER}",
    f"https://perma.cc/warc/{INNER}",
    "https://urldefense.com/v3/__https://www.quay.example/a__;!!AbC!xyz$",
    f"https://href.li/?{INNER}",
    f"https://12ft.io/{INNER}",
    f"https://webcache.googleusercontent.com/search?q=cache:AbC:{INNER}",
    "https://quay.example/#!/a/b",
    "https://quay.example/app/#/a",
    "ftp://ftp.quay.example/pub/a.txt",
    "http://[2001:db8::1]:8080/a",
    "https://src.example/index.php?title=Ferry&*",
    "https://zh.example.org/wiki/渡轮",
]


@pytest.mark.parametrize("url", WHOLE)
def test_an_address_that_looks_like_two_or_like_none_is_one(url: str) -> None:
    assert [c.url for c in cited_urls([Run(f"See {url} ; and more")])] == [url]


def test_an_archives_address_without_scheme_is_one() -> None:
    (cited,) = cited_urls([Run(f"web.archive.org/web/{AT}/{INNER}")])
    assert cited.url == f"https://web.archive.org/web/{AT}/{INNER}"


@pytest.mark.parametrize(
    "url", ["https://www.quay.example/c/", "https://quay.example/20220101/", "https://t.me/a/1"]
)
def test_two_glued_addresses_are_two(url: str) -> None:
    assert [c.url for c in cited_urls([Run(f"{url}{INNER}")])] == [url, INNER]


@pytest.mark.parametrize(
    "words",
    [
        "Author's talk with people who follow TTP/AQIM",
        "Served over HTTP/2 or HTTP/1.1, see above",
        "Interview on HTTPS/TLS interception, Tehran",
        "TTP/JuA and ISKP/TTP splinters",
        "the https/http switch",
        "HTTPS:TLS",
    ],
)
def test_words_with_a_slash_are_no_address(words: str) -> None:
    read = lex([Run(words)])
    assert (read.urls, read.words) == ((), words)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("ttps://www.quay.example/a/1", "https://www.quay.example/a/1"),
        ("https//www.quay.example/b/2", "https://www.quay.example/b/2"),
        ("https/t.me/riverpost/3", "https://t.me/riverpost/3"),
        ("https//quay dot media/3", "https://quay.media/3"),
        ("http/quay[.]media/3", "http://quay.media/3"),
    ],
)
def test_a_broken_scheme_before_a_host_is_mended(text: str, url: str) -> None:
    (cited,) = cited_urls([Run(text)])
    assert cited.url == url
    assert "scheme" in cited.repairs


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("来源（https://news.example.cn/a/1），详见", ["https://news.example.cn/a/1"]),
        ("【https://a.example.jp/x】「https://a.example.jp/y」",
            ["https://a.example.jp/x", "https://a.example.jp/y"]),
        ("https://a.example.cn/b，詳見下文；https://a.example.cn/c。",
            ["https://a.example.cn/b", "https://a.example.cn/c"]),
        ("《渡轮》http://t.cn/Aaa1111《码头》http://t.cn/Bbb2222",
            ["http://t.cn/Aaa1111", "http://t.cn/Bbb2222"]),
        ("出典：https://a.example.jp/z、および https://a.example.jp/q！",
            ["https://a.example.jp/z", "https://a.example.jp/q"]),
        ("〈https://a.example.kr/p〉", ["https://a.example.kr/p"]),
    ],
)  # fmt: skip
def test_wide_brackets_and_commas_end_an_address(text: str, wanted: list[str]) -> None:
    assert [c.url for c in cited_urls([Run(text)])] == wanted


@pytest.mark.parametrize(
    "href",
    [
        "https://zh.example.org/wiki/你好，码头",
        "https://zh.example.org/渡轮（一）",
        "https://a.example/x*",
    ],
)
def test_a_links_address_is_whole_whatever_signs_it_holds(href: str) -> None:
    for text in ("Ferry", href):
        assert [c.url for c in cited_urls([Run(text, href)])] == [href]


@pytest.mark.parametrize("stop", [*"։՞׃۔।॥།။።፣។‘‚›—–¿†([{", "](", "&gt;", "&nbsp;", "&#160;."])
def test_stops_of_other_scripts_end_an_address(stop: str) -> None:
    assert urls(f"https://example.org/mill{stop}") == ["https://example.org/mill"]
    assert urls(f"https://example.org/mill{stop} so") == ["https://example.org/mill"]


@pytest.mark.parametrize("entity", ["?a=1&gt", "?a=1&quot=2", "?x&lt=3"])
def test_a_parameter_is_no_entity(entity: str) -> None:
    assert urls(f"https://example.org/mill{entity}") == [f"https://example.org/mill{entity}"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https:///example.org/mill", "https://example.org/mill"),
        ("httsp://example.org/mill", "https://example.org/mill"),
        ("https://www. example.org/mill", "https://www.example.org/mill"),
        ("https://x.com/sample/ status/1234567890", "https://x.com/sample/status/1234567890"),
        ("https://t.me/ sample/12", "https://t.me/sample/12"),
        (
            "https://example.org/news/ 2026/03/01/a-mill",
            "https://example.org/news/2026/03/01/a-mill",
        ),
    ],
)
def test_an_address_in_two_halves_or_with_a_slip_is_one(text: str, url: str) -> None:
    assert urls(text) == [url]


def test_a_day_behind_an_address_is_the_notes_own() -> None:
    assert urls("https://example.org/news/ 2026/03/01") == ["https://example.org/news/"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("см. млин.рф/новость", "https://млин.рф/новость"),
        ("млин.укр/новина", "https://млин.укр/новина"),
        ("موقع.ایران/خبر", "https://موقع.ایران/خبر"),
        ("新闻.中国/水车", "https://新闻.中国/水车"),
    ],
)
def test_a_host_in_another_script_needs_no_scheme(text: str, url: str) -> None:
    assert urls(text) == [url]


@pytest.mark.parametrize("words", ["укр./рус.", "и т.д./т.п.", "рус.мова/мова", "обл.ком/рай"])
def test_abbreviations_in_another_script_are_no_hosts(words: str) -> None:
    assert urls(words) == []


def test_an_address_that_an_editor_took_for_a_path_is_the_printed_one() -> None:
    address = "https://example.org/mill"
    cited = cited_urls([Run(address, f"https://reports.example.net/read/{address}")])
    assert [(one.url, one.repairs) for one in cited] == [(address, ("from-text",))]
    copy = f"https://web.archive.org/web/2026/{address}"
    assert [one.url for one in cited_urls([Run(address, copy)])] == [copy]
