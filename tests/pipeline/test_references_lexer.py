"""The lexer: what is a URL in a note, and what had to be repaired."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import Run
from pipeline.read.references.lexer import cited_urls, lex


def urls(text: str) -> list[str]:
    return [cited.url for cited in cited_urls([Run(text)])]


def linked(*runs: tuple[str, str | None]) -> list[str]:
    return [cited.url for cited in cited_urls([Run(text, href) for text, href in runs])]


def repairs(*runs: tuple[str, str | None]) -> list[tuple[str, ...]]:
    return [cited.repairs for cited in cited_urls([Run(text, href) for text, href in runs])]


LONG = "https://www.example.org/articles/a-long-address-that-a-link-filter-cuts-at-seventy-two"
CUT = f"{LONG[:69]}..."

PLAIN = [
    ("https://example.org/a", ["https://example.org/a"]),
    ("", []),
    ("https://example.org/a/آتش\u200cبس", ["https://example.org/a/آتش\u200cبس"]),
    ("\u200chttps://example.org/a\u200c;", ["https://example.org/a"]),
    ("Author's archive, pp. 118, see [12].", []),
    ("http:word, https: and https", []),
    ("https://example.org/a; https://example.org/b ;",
        ["https://example.org/a", "https://example.org/b"]),
    ("https://example.org/a;https://example.org/b",
        ["https://example.org/a", "https://example.org/b"]),
    ("https://example.org/a https://example.org/a", ["https://example.org/a"]),
    ("https://t.me/sample/1,https://t.me/sample/2.",
        ["https://t.me/sample/1", "https://t.me/sample/2"]),
    ("https://t.me/sample/1https://t.me/sample/2",
        ["https://t.me/sample/1", "https://t.me/sample/2"]),
    ("(https://example.org/a)", ["https://example.org/a"]),
    ("“https://example.org/a”", ["https://example.org/a"]),
    ("see:https://example.org/a!", ["https://example.org/a"]),
    ("https://example.org/a_(b)", ["https://example.org/a_(b)"]),
    ("(see https://example.org/a_(b))", ["https://example.org/a_(b)"]),
    ("https://example.org/x%C2%A0", ["https://example.org/x"]),
    ("https://example.org/x%20;", ["https://example.org/x"]),
    ("https://example.org/%E2%80%98x%E2%80%99", ["https://example.org/%E2%80%98x%E2%80%99"]),
    ("https://example.org/a//", ["https://example.org/a//"]),
    ("https://example.org/a-", ["https://example.org/a-"]),
    ("HTTPS://Example.org/A", ["HTTPS://Example.org/A"]),
    ("https://example.org/стаття", ["https://example.org/стаття"]),
    ("https://example.org/2026\u2014b_c.pdf", ["https://example.org/2026\u2014b_c.pdf"]),
    ("https://example.org/p?__cft__[0]=AZU&x=[b]-1",
        ["https://example.org/p?__cft__[0]=AZU&x=[b]-1"]),
    ("https://example.org/map/#m:a;d:today;l:x=[t],y;@3,4z",
        ["https://example.org/map/#m:a;d:today;l:x=[t],y;@3,4z"]),
    ("https://example.org/a?b=1;c=2", ["https://example.org/a?b=1;c=2"]),
    ("https://example.org/more.htm?id=1170@exNews",
        ["https://example.org/more.htm?id=1170@exNews"]),
    ("https://example.org/a?u=https://example.net/b&c=1",
        ["https://example.org/a?u=https://example.net/b&c=1"]),
    ("https://web.archive.org/web/20220101000000/https://example.net/b",
        ["https://web.archive.org/web/20220101000000/https://example.net/b"]),
    ("https://archive.ph/o/abc/https://example.net/b",
        ["https://archive.ph/o/abc/https://example.net/b"]),
    ("https://example.org/x 🇺🇦; https://example.org/y",
        ["https://example.org/x", "https://example.org/y"]),
    ("https://example.org/x[13]", ["https://example.org/x"]),
    ("http://[::1]:8080/page/1.", ["http://[::1]:8080/page/1"]),
    ("see http://[::1]/; (https://[2001:db8::5]/a?b=c)",
        ["http://[::1]/", "https://[2001:db8::5]/a?b=c"]),
    ("https://[2001:db8::5]:81/x[12] and http://[12]", ["https://[2001:db8::5]:81/x"]),
    ("https://xn--e1aybc.xn--p1ai and https://тест.рф and https://b.org/c",
        ["https://xn--e1aybc.xn--p1ai", "https://тест.рф", "https://b.org/c"]),
    ("https://wwwexample.org/misspelt", ["https://wwwexample.org/misspelt"]),
    ("\u200bhttps://example.org/\u200bx\ufeff", ["https://example.org/x"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PLAIN)
def test_urls_in_plain_text(text: str, wanted: list[str]) -> None:
    assert urls(text) == wanted


DEFANGED = [
    ("https://example dot media/12-x", "https://example.media/12-x"),
    ("https://example\u00a0dot\u00a0media/12-x", "https://example.media/12-x"),
    ("https://www dot example dot org/a", "https://www.example.org/a"),
    ("www dot example dot org", "https://www.example.org"),
    ("example dot org/a;", "https://example.org/a"),
    ("https://example Dot org/a", "https://example.org/a"),
    ("https://example DOT org/a", "https://example.org/a"),
    ("https://example (dot) org/a", "https://example.org/a"),
    ("https://example(dot)org/a", "https://example.org/a"),
    ("https://example(dot) org/a", "https://example.org/a"),
    ("https://example[.]org/a", "https://example.org/a"),
    ("https://example[dot]org/a", "https://example.org/a"),
    ("hxxps://example[.]org/a", "https://example.org/a"),
    ("https://example . org/a", "https://example.org/a"),
    ("https://example. dot org/a", "https://example.org/a"),
    ("https://example dot .org/a", "https://example.org/a"),
    ("https://exampledotorg/a", "https://example.org/a"),
    ("https://www.exampledot org/a", "https://www.example.org/a"),
    ("https://www.example.dot org/a", "https://www.example.org/a"),
    ("https://example dotorg/a", "https://example.org/a"),
    ("https://example dit org/a", "https://example.org/a"),
    ("https://example org/a", "https://example.org/a"),
    ("https://news.example.gov ua/a", "https://news.example.gov.ua/a"),
    ("https://example%20dot%20org/a", "https://example.org/a"),
    ("https://example.org/doc/3 dot html", "https://example.org/doc/3.html"),
    ("https://web.archive.org/web/2022/https://example dot org/a",
        "https://web.archive.org/web/2022/https://example.org/a"),
    ("https://t dot me /sample/5", "https://t.me/sample/5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), DEFANGED)
def test_defanged_hosts_are_restored(text: str, wanted: str) -> None:
    (cited,) = cited_urls([Run(text)])
    assert cited.url == wanted
    assert "refanged" in cited.repairs or "scheme" in cited.repairs


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a dot the i",
        "https://example.org/a; the dot matrix/printer",
        "A dot here and a dot there",
        "see the dot",
    ],
)
def test_a_dot_in_a_sentence_is_a_word(text: str) -> None:
    assert urls(text) in ([], ["https://example.org/a"])


SCHEMES = [
    ("ttps://example.org/a", "https://example.org/a"),
    ("tps://example.org/a", "https://example.org/a"),
    ("ps://example.org/a", "https://example.org/a"),
    ("://example.org/a", "https://example.org/a"),
    ("//example.org/a", "https://example.org/a"),
    ("htps://example.org/a", "https://example.org/a"),
    ("htttps://example.org/a", "https://example.org/a"),
    ("hhttps://example.org/a", "https://example.org/a"),
    ("https//example.org/a", "https://example.org/a"),
    ("https:/example.org/a", "https://example.org/a"),
    ("https///example.org/a", "https://example.org/a"),
    ("https;//example.org/a", "https://example.org/a"),
    ("https:\\\\example.org\\a", "https://example.org\\a"),
    ("https:www.example dot org/a", "https://www.example.org/a"),
    ("https:example dot org/a;", "https://example.org/a"),
    ("https:example.org/a", "https://example.org/a"),
    ("https:t.me/sample/1", "https://t.me/sample/1"),
    ("www dot example dot org;", "https://www.example.org"),
    ("https:www.example.org/a", "https://www.example.org/a"),
    ("http//example.org/a", "http://example.org/a"),
    ("http s://example.org/a", "https://example.org/a"),
    ("htt ps://example.org/a", "https://example.org/a"),
    ("https ://example.org/a", "https://example.org/a"),
    ("https; ://example.org/a", "https://example.org/a"),
    ("https%20://example.org/a", "https://example.org/a"),
    ("https:// example.org/a", "https://example.org/a"),
    ("https:// https://example.org/a", "https://example.org/a"),
    ("https://www dot https://www dot example dot org/a", "https://www.example.org/a"),
    ("t.me/sample/1", "https://t.me/sample/1"),
    ("www.example.org/a", "https://www.example.org/a"),
    ("Example.com/a", "https://Example.com/a"),
]


@pytest.mark.parametrize(("text", "wanted"), SCHEMES)
def test_broken_and_missing_schemes_are_restored(text: str, wanted: str) -> None:
    assert urls(text) == [wanted]


JOINED = [
    ("https://example.org/a?post -id=5", "https://example.org/a?post-id=5"),
    ("https://example.org /status/5", "https://example.org/status/5"),
    ("https://example.org/part- two/", "https://example.org/part-two/"),
    ("https://example.org/one\ntwo-three-four", "https://example.org/onetwo-three-four"),
    ("https://example.org/A%20\nB%2C%20C.pdf", "https://example.org/A%20B%2C%20C.pdf"),
    ("https://x.com/sample/status/18846280 60013461824",
        "https://x.com/sample/status/1884628060013461824"),
    ("https://example.org dot /feature/2", "https://example.org/feature/2"),
    ("https://t.me/ sample/123;", "https://t.me/sample/123"),
    ("https://t.me/sample/ 123;", "https://t.me/sample/123"),
    ("https://www.example.com/ watch?v=abc", "https://www.example.com/watch?v=abc"),
    ("https://example.org/a1 -7;", "https://example.org/a1-7"),
    ("https://example.org/news/2026/\n03/ferry-again.html;",
        "https://example.org/news/2026/03/ferry-again.html"),
    ("https://example.org/files/ order-of-the-day.pdf",
        "https://example.org/files/order-of-the-day.pdf"),
    ("https://example.org/news/\npolitics/500001", "https://example.org/news/politics/500001"),
    ("https://example.org/en/ Iraq/one-two-three", "https://example.org/en/Iraq/one-two-three"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), JOINED)
def test_blanks_inside_a_url_are_removed_where_that_is_plain(text: str, wanted: str) -> None:
    (cited,) = cited_urls([Run(text)])
    assert cited.url == wanted
    assert "joined" in cited.repairs


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://t.me/sample/123 sample_two/456", "https://t.me/sample/123"),
        ("https://t.me/sample/123 45678", "https://t.me/sample/123"),
        ("https://example.org/ and/or more", "https://example.org/"),
        ("https://example.org/news/ 12 May", "https://example.org/news/"),
        ("https://example.org/news/ index.html of May", "https://example.org/news/"),
        ("https://example.org/a (Eastern district)", "https://example.org/a"),
        ("https://example.org/a - a long-known well-kept page", "https://example.org/a"),
        ("https://example.org/ Author's archive", "https://example.org/"),
        ("https://example.org/en/ pages 10/12345", "https://example.org/en/"),
        ("https://example.org/en/ 10/12345", "https://example.org/en/"),
        ("https://example.org/a, second-to-last page", "https://example.org/a"),
        ("https://example.org/a GRAPHIC: and/or", "https://example.org/a"),
        ("https://example.org/a_4 -- seen twice", "https://example.org/a_4"),
    ],
)
def test_words_behind_a_url_are_not_joined(text: str, wanted: str) -> None:
    assert urls(text) == [wanted]


LINKS = [
    ([(CUT, LONG)], [LONG]),
    ([(CUT.replace("...", "…"), f"{LONG};")], [LONG]),
    ([("A report", "https://example.org/a")], ["https://example.org/a"]),
    ([("A report", "#_edn1")], []),
    ([("[1]", "https://office.example.org/x.docx#_ednref1")], []),
    ([("[1]", "file:///C:/x.docx#_ednref1"), (" https://example.org/a", None)],
        ["https://example.org/a"]),
    ([("↩", "https://example.org/report#fnref3")], []),
    ([("https://example.org/a#note5", "https://example.org/a#note5")],
        ["https://example.org/a#note5"]),
    ([("a@example.org", "mailto:a@example.org")], []),
    ([("[email protected]", "/cdn-cgi/l/email-protection#5a3b")], []),
    ([("x", "javascript:void(0)")], []),
    ([("https://example", "https://example"), (" dot media/1", None)], ["https://example.media/1"]),
    ([("https://example", "https://example/"), (" dot media/1", None)],
        ["https://example.media/1"]),
    ([("https://www.example dot", "https://www.example dot"), (" org/a ;", None)],
        ["https://www.example.org/a"]),
    ([("https://a", "https://a"), (" dot com", None), (" dot ua/x", None)], ["https://a.com.ua/x"]),
    ([("www.example", "http://www.example"), (" dot org/a", None)], ["https://www.example.org/a"]),
    ([("www.example.org/a", "http://www.example.org/a")], ["https://www.example.org/a"]),
    ([(f"www.{CUT[12:]}", LONG.replace("https", "http"))], [LONG]),
    ([("https://t.me/a/1; https://t.me/b/2;", "https://t.me/a/1; https://t.me/b/2;")],
        ["https://t.me/a/1", "https://t.me/b/2"]),
    ([("https://t.me/a/1;...", "https://t.me/a/1;\u00a0https://t.me/b/2; https://t.me/c/3;")],
        ["https://t.me/a/1", "https://t.me/b/2", "https://t.me/c/3"]),
    ([("https://t.me/a/1;https://t", "https://t.me/a/1;%20https://t.me/b/2")],
        ["https://t.me/a/1", "https://t.me/b/2"]),
    ([("", "https://example.org/a; https://example.org/b")],
        ["https://example.org/a", "https://example.org/b"]),
    ([("", "https://example dot"), (" org/a", None)], ["https://example.org/a"]),
    ([("https://example.org/a/b", "https://example.org/a")], ["https://example.org/a/b"]),
    ([("https://example.org/a", "https://example.org/a"), (".", None)], ["https://example.org/a"]),
    ([("https://example.org/a", "https://example.org/a"),
        ("https://example.org/b", "https://example.org/b")],
        ["https://example.org/a", "https://example.org/b"]),
    ([("https://example.org", "https://example.org/x"), ("/x", "https://example.org/x")],
        ["https://example.org/x"]),
    ([("https://example.org/?q=ї", "https://example.org/?q=%D1%97")],
        ["https://example.org/?q=%D1%97"]),
    ([("Gazette", "https://example.org/a"), (" dot the i", None)], ["https://example.org/a"]),
]  # fmt: skip


@pytest.mark.parametrize(("runs", "wanted"), LINKS)
def test_links_are_laid_into_the_text(
    runs: list[tuple[str, str | None]], wanted: list[str]
) -> None:
    assert linked(*runs) == wanted


@pytest.mark.parametrize(
    ("runs", "wanted"),
    [
        ([("https://example.org/a", "https://example.org/a")], ()),
        ([("https://example.org/a", None)], ()),
        ([(CUT, LONG)], ("from-href",)),
        ([("Gazette", "https://example.org/a")], ("from-href",)),
        ([("https://example.org/a/b", "https://example.org/a")], ("from-text",)),
        ([("https://example.org/a;", None)], ("trailing",)),
        ([("ttps://example.org/a", None)], ("scheme",)),
        ([("https://example dot org/a.", None)], ("refanged", "trailing")),
        ([("https://example.org/abc...", None)], ("cut",)),
        ([("https://example.org/abc…", None)], ("cut",)),
        ([("https:// example.org/a", None)], ("joined",)),
    ],
)
def test_every_repair_is_named(runs: list[tuple[str, str | None]], wanted: tuple[str, ...]) -> None:
    assert repairs(*runs) == [wanted]


def test_both_of_two_glued_urls_are_named_split() -> None:
    glued = repairs(("https://example.org/ahttps://example.org/b", None))
    assert glued == [("split",), ("split",)]


def test_as_printed_holds_the_characters_of_the_page() -> None:
    (cited,) = cited_urls([Run("See https://example dot org/a; there.")])
    assert cited.as_printed == "https://example dot org/a;"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://example.org/a; https://example.org/b", ""),
        (" ; . k 23 ", ""),
        ("https://example.org/a (Eastern district)", "(Eastern district)"),
        ("Data available upon request", "Data available upon request"),
    ],
)
def test_words_of_a_note_are_told_from_its_urls(text: str, words: str) -> None:
    assert lex([Run(text)]).words == words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # right to left: the separators of Arabic, and marks of direction
        ("https://t.me/s/verin/12\u200f؛ https://b.example/خبر",
            ["https://t.me/s/verin/12", "https://b.example/خبر"]),
        ("https://a.example/1، https://b.example/2؟",
            ["https://a.example/1", "https://b.example/2"]),
        ("\u2067https://port.example/x\u2069", ["https://port.example/x"]),
        # pictures behind an address are a reader's; a segment of pictures is the address's
        ("https://t.me/abc/1🔥 👉https://t.me/abc/2👈🏽",
            ["https://t.me/abc/1", "https://t.me/abc/2"]),
        ("https://x.example/🔥fire/❤️", ["https://x.example/🔥fire/❤️"]),
        # a bar between values, between addresses, and of a table
        ("https://a.example/w?titles=A|B&x=1", ["https://a.example/w?titles=A|B&x=1"]),
        ("https://a.example/?x=1|https://b.example/2|t.me/c/3",
            ["https://a.example/?x=1", "https://b.example/2", "https://t.me/c/3"]),
        ("|https://a.example/1|note|", ["https://a.example/1"]),
        ("https://a.example/?x=1|", ["https://a.example/?x=1"]),
        # defanged without scheme, a defanged scheme, a torn host
        ("t[.]me/abc/3 and meduza(.)io/feature/1",
            ["https://t.me/abc/3", "https://meduza.io/feature/1"]),
        ("www[dot]example[dot]co.uk/x", ["https://www.example.co.uk/x"]),
        ("https[:]//a.com/x hxxps[://]b[.]com/y", ["https://a.com/x", "https://b.com/y"]),
        ("http:// example .com/x", ["http://example.com/x"]),
        ("f(x)/2, array[.]length, (dot)/x", []),
        ("https:// and http:// are schemes", []),
        ("见→https://a.example/1←完", ["https://a.example/1"]),
        # ports, names, numbers for hosts
        ((
            "https://a.example:8443/x http://u:p@b.example/y http://192.0.2.7/z "
            "http://[2001:db8::1]/y"
        ), ["https://a.example:8443/x", "http://u:p@b.example/y", "http://192.0.2.7/z",
        "http://[2001:db8::1]/y"]),
    ],
)  # fmt: skip
def test_addresses_that_people_and_scripts_disguise(text: str, wanted: list[str]) -> None:
    assert urls(text) == wanted
