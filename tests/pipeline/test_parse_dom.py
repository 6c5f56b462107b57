"""Bytes to tree, tree to blocks."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from pipeline.read.blanks import collapsed
from pipeline.read.blocks import Block, BlockKind
from pipeline.read.parse import page
from pipeline.read.parse.lines import clean
from pipeline.read.parse.tree import dom


def blocks(html: str) -> tuple[Block, ...]:
    root = dom.parse(f"<html><body>{html}</body></html>".encode())
    assert root is not None
    return dom.blocks_of(root.find("body"), "https://example.org/a/b")


def texts(html: str) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks(html)]


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("<p>Зеленський — “є”</p>".encode(), None),
        ("\ufeff<p>Зеленський — “є”</p>".encode(), "text/html; charset=iso-8859-1"),
        ("<p>Зеленський — “є”</p>".encode("utf-16"), None),
        ("<p>Зеленський — “є”</p>".encode("windows-1251"), "text/html; charset=windows-1251"),
        (
            '<meta charset="windows-1251"><p>Зеленський — “є”</p>'.encode("windows-1251"),
            "text/html",
        ),
    ],
)
def test_text_survives_whichever_way_its_encoding_is_told(body: bytes, header: str | None) -> None:
    root = dom.parse(body, header)
    assert root is not None
    assert dom.text_of(root) == "Зеленський — “є”"


def test_a_broken_byte_costs_one_character_only() -> None:
    root = dom.parse(b'<meta charset="utf-8"><p>caf\xc3\xa9 \xff\xfe bar \x00end</p>', None)
    assert root is not None
    text = dom.text_of(root)
    assert text.startswith("café ")
    assert text.endswith("bar end")


@pytest.mark.parametrize("body", [b"", b"  \n ", b"\x00\x00", b"<!-- nothing -->"])
def test_a_page_without_elements_has_no_tree(body: bytes) -> None:
    assert dom.parse(body) is None


def test_nested_blocks_become_blocks_in_a_row() -> None:
    assert texts("<div>one<p>two</p>three<div><p>four<p>five</div></div>six") == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    ]


def test_a_line_break_is_a_newline_and_source_white_space_is_a_blank() -> None:
    (block,) = blocks("<p>one\n   two<br/>three\xa0four</p>")
    assert block.text == "one two\nthree\xa0four"


def test_runs_know_their_link_and_style() -> None:
    (block,) = blocks(
        '<p>a <b>bold</b> <a href="https://e.org/x y;">t…</a><sup><a href="#n1">1</a></sup></p>'
    )
    assert [(r.text, r.href, r.sup, r.bold) for r in block.runs] == [
        ("a ", None, False, False),
        ("bold", None, False, True),
        (" ", None, False, False),
        ("t…", "https://e.org/x y;", False, False),
        ("1", "#n1", True, False),
    ]


def test_a_link_without_text_keeps_its_address() -> None:
    (block,) = blocks('<p>[3] <a href="https://a.org/1 https://b.org/2"></a></p>')
    assert block.runs[-1].href == "https://a.org/1 https://b.org/2"
    assert block.runs[-1].text == ""


def test_scripts_forms_buttons_and_hidden_texts_are_skipped_but_not_what_follows_them() -> None:
    assert texts(
        "<p>a<script>x</script>b</p><form>no<p>no</p></form>c<button>no</button>"
        '<span class="x rdf-meta">no</span>d<style>p{}</style>'
    ) == ["ab", "cd"]


def test_a_form_around_the_whole_page_is_content() -> None:
    assert texts("<form><h1>Title</h1><p>Text</p></form>") == ["Title", "Text"]


def test_hidden_mail_is_text_again() -> None:
    html = (
        '<p>?id=<a href="/cdn-cgi/l/email-protection#12"><span class="__cf_email__" '
        'data-cfemail="21101361444655">[email&#160;protected]</span></a>.</p>'
    )
    (block,) = blocks(html)
    assert block.text == "?id=12@egt."
    assert block.runs[0].href is None


def test_mail_links_leave_only_their_text() -> None:
    (block,) = blocks('<p>x<a href="mailto:a@b.c">a@b.c</a></p>')
    assert [(r.text, r.href) for r in block.runs] == [("xa@b.c", None)]


def test_lists_give_items_their_depth_order_and_label() -> None:
    found = blocks(
        '<ul><li>a<ul><li>b</li></ul></li></ul><ol start="4" type="i"><li>c<li value="9"><p>d</p>'
        "<p>more</p></li></ol>"
    )
    assert [(b.kind, b.level, b.ordered, b.label, b.text.strip()) for b in found] == [
        (BlockKind.ITEM, 1, False, None, "a"),
        (BlockKind.ITEM, 2, False, None, "b"),
        (BlockKind.ITEM, 1, True, "iv", "c"),
        (BlockKind.ITEM, 1, True, "ix", "d"),
        (BlockKind.PARAGRAPH, 0, False, None, "more"),
    ]


def test_a_row_is_one_block_with_its_cells_divided_by_tabs() -> None:
    found = blocks(
        "<table><tr><td>1</td><td>https://a.org</td></tr><tr><td>2</td><td><p>b</p><p>c</p></td></tr></table>"
    )
    assert [b.text for b in found] == ["1\thttps://a.org", "2\tb", "c"]


def test_a_term_and_its_definition_are_one_block() -> None:
    found = blocks("<dl><dt>[1]</dt><dd>one</dd><dt>[2]</dt><dd><p>two</p></dd></dl>")
    assert [" ".join(b.text.split()) for b in found] == ["[1] one", "[2] two"]


def test_figures_and_captions() -> None:
    found = blocks(
        '<figure><img data-src="/m.png" '
        'src="data:image/gif;base64,x"><figcaption>Map</figcaption></figure><p><img '
        'src="../n.png">text</p><p class="wp-caption-text">Cap</p><img width="1" src="/t.gif">'
    )
    assert [(b.kind, b.text, b.image) for b in found] == [
        (BlockKind.FIGURE, "", "https://example.org/m.png"),
        (BlockKind.CAPTION, "Map", None),
        (BlockKind.FIGURE, "", "https://example.org/n.png"),
        (BlockKind.PARAGRAPH, "text", None),
        (BlockKind.CAPTION, "Cap", None),
    ]


def test_rules_headings_sections_and_anchors_are_kept() -> None:
    found = blocks(
        '<div data-id="key-takeaways" title="Key Takeaways"><h2>Key</h2></div><hr/>'
        '<p id="fn1"><a name="_edn1"></a>[1] x</p>'
    )
    assert [b.kind for b in found] == [BlockKind.HEADING, BlockKind.RULE, BlockKind.PARAGRAPH]
    assert found[0].section == "Key Takeaways"
    assert found[0].level == 2
    assert found[2].section is None
    assert found[2].anchors == ("fn1", "_edn1")


def test_word_leftovers_do_not_show() -> None:
    assert texts(
        "<!--[if gte mso 9]><xml><w:x>no</w:x></xml><![endif]-->"
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p><span '
        'style="mso-x:y">Text<o:p></o:p></span></p>'
    ) == ["", "Text"] or texts("<p><o:p></o:p>Text</p>") == ["Text"]


@pytest.mark.parametrize("depth", [300, 3000, 50_000])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    html = "<div>" * depth + "<p>deep</p>" + "</div>" * depth + "<p>after</p>"
    assert texts(html) == ["deep", "after"]


def test_a_paragraph_of_many_pieces_is_read_in_one_pass() -> None:
    (block,) = blocks("<p>" + "<b>x</b><br>" * 50_000 + "</p>")
    assert block.text.count("x") == 50_000


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/backgrounder/x", "https://site.example/backgrounder/x"),
        ("../y?z=1", "https://site.example/y?z=1"),
        ("?page=2", "https://site.example/a/report?page=2"),
        ("files/map.pdf", "https://site.example/a/files/map.pdf"),
        ("other/report-2/", "https://site.example/a/other/report-2/"),
        ("https://site.example/a/report#fn3", "#fn3"),
        ("#fn3", "#fn3"),
        # schemes that were lost are the lexer's: it knows what was printed around them
        *((href, href) for href in ("t.me/a/1", "//t.me/a/1", "ttps://t.me/a", "https//t.me/a")),
        *(
            (href, href)
            for href in ("www.site.example/a", "suspilne dot media/1", "javascript:x()")
        ),
    ],
)
def test_plainly_relative_links_are_absolute(written: str, meant: str) -> None:
    root = dom.parse(f'<p><a href="{written}">x</a></p>'.encode())
    assert root is not None
    (block,) = dom.blocks_of(root, "https://site.example/a/report")
    assert block.runs[0].href == meant


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/a", "https://example.org/a/../b", "HTTPS://example.org/", "/a",
        "https://example.org/a?", "http://example.org", "https://example.org/a;p?q=1", "?b=1",
        "mailto:a@example.org",
    ],
)  # fmt: skip
def test_an_address_in_its_one_spelling_is_resolved_as_any(href: str) -> None:
    joined = urljoin("https://example.org/c/d", href)
    assert page.resolve("https://example.org/c/d", href) == (
        joined if joined.startswith("http") else None
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a b",
        " a  b ",
        "a\u00a0b",
        "\u00a0a\u00a0 b",
        "a\u200b b",
        "\ufeffa",
        "a\tb\n",
        "a\u2003b",
    ],
)
def test_white_space_is_one_blank_and_signs_without_width_are_none(text: str) -> None:
    bare = text.replace("\u200b", "").replace("\ufeff", "")
    assert clean(text) == " ".join(bare.split())
    assert collapsed(text) == " ".join(text.split())


def test_paragraphs_of_a_caption_are_captions() -> None:
    found = blocks(
        "<figure><img "
        "src='/a.png'><figcaption><p>One</p><p>Two</p></figcaption></figure><p>Three</p>"
    )  # fmt: skip
    assert [b.kind.value for b in found] == ["figure", "caption", "caption", "paragraph"]
