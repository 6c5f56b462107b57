"""Captured pages made fit to be looked at: what is harmless stays, all else goes."""

from __future__ import annotations

import pytest

from archive.show.replay_html import Held, as_text, decoded, parsed, rewritten, safe_css, wanted

URL = "https://news.example/a/page.html"
NONE = Held({}, {}, {})


def shown(html: str, held: Held = NONE) -> str:
    tree = parsed(html)
    assert tree is not None
    return rewritten(tree, URL, held).partition("<body>")[2].removesuffix("</body></html>")


def test_words_and_their_form_stay_in_their_order() -> None:
    inner = "one <b>two</b> three<script>x</script> four<noscript>five <i>six</i></noscript>!"
    assert shown(f"<div>{inner}</div>") == "<div>one <b>two</b> three fourfive <i>six</i>!</div>"


def test_of_unknown_elements_the_words_stay() -> None:
    html = "a<form action=/x>b<input name=q>c<my-tag>d</my-tag>e</form>f"
    assert shown(f"<div>{html}</div>") == "<div>abcdef</div>"


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x" ping="https://evil.example/">x</a>',
    '<iframe src="https://evil.example/"></iframe>',
    '<object data="https://evil.example/"></object><embed src="https://evil.example/">',
    '<link rel="prefetch" href="https://evil.example/"><meta http-equiv=refresh content="0;url=/">',
    '<base href="https://evil.example/"><a href="x">x</a>',
    '<form action="https://evil.example/"><button formaction="https://evil.example/">x</button>',
    '<video src="https://evil.example/" poster="https://evil.example/"></video>',
    '<img srcset="https://evil.example/ 2x"><picture><source srcset="https://evil.example/">',
    '<table background="https://evil.example/"><td style="background:url(//evil.example)">x',
    '<p style="background-image:u\\72l(//evil.example)">x</p>',
    "<style>@import 'https://evil.example/';p{background:url(//evil.example/)}</style><p>x",
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    '<p onclick="alert(1)" autofocus tabindex=1 onfocus=alert(1)>x</p>',
    "<textarea><img src=x onerror=alert(1)></textarea><xmp><script>alert(1)</script></xmp>",
)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_or_reaches_out_stays(html: str) -> None:
    tree = parsed(f"<html><head></head><body>{html}</body></html>")
    assert tree is not None
    again = parsed(rewritten(tree, URL, NONE))
    assert again is not None
    for one in again.iter():
        assert one.tag not in {"script", "iframe", "object", "embed", "svg", "form", "link", "base"}
        names = {name.lower() for name in one.attrib}
        assert not any(name.startswith("on") for name in names)
        assert not names & {"src", "srcset", "href", "action", "formaction", "ping", "background",
                            "http-equiv", "poster", "data"}  # fmt: skip
        assert "url" not in (one.get("style") or "")
        assert one.tag != "style" or "evil" not in (one.text or "")


def test_links_lead_to_what_is_held_and_else_nowhere() -> None:
    held = Held({"https://t.me/x/1": "/-/capture/4/replay"}, {}, {})
    html = (
        '<p><a href="https://t.me/x/1#a">held</a> <a href="/b">not</a> <a href="#n">in it</a></p>'
    )
    assert shown(html, held) == (
        '<p><a href="/-/capture/4/replay" target="_top">held</a> '
        '<a title="not held: https://news.example/b">not</a> <a href="#n">in it</a></p>'
    )


def test_held_pictures_and_stylesheets_stand_in_the_page() -> None:
    css = "p { color: red } i { background: url(x) }"
    pictures = {"https://news.example/i.png": "data:image/png;base64,AA"}
    held = Held({}, pictures, {"https://news.example/a/s.css": css})
    tree = parsed('<link rel=stylesheet href=s.css><img src="/i.png" alt=x><img src="/j.png">')
    assert tree is not None
    html = rewritten(tree, URL, held)
    assert "<style>p { color: red } i {}</style>" in html
    assert 'src="data:image/png;base64,AA"' in html
    assert "j.png" not in html
    found = wanted(tree, URL)
    assert found.pictures == ("https://news.example/i.png", "https://news.example/j.png")
    assert found.styles == ("https://news.example/a/s.css",)


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("p{color:red;background:url(x);margin:0}", "p{color:red;;margin:0}"),
        ("@import 'x';p{color:red}", ";p{color:red}"),
        ("p{background:image-set('x' 1x)}", "p{}"),
        ("p{b\\61 ckground:red}", "p{}"),
        ("@font-face{font-family:x;src:url(y)}", "@font-face{font-family:x;}"),
    ],
)
def test_declarations_that_fetch_are_left_out_of_stylesheets(css: str, kept: str) -> None:
    assert safe_css(css) == kept


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Звіт".encode("cp1251"), "text/html; charset=windows-1251"),
        ('<meta charset="windows-1251">Звіт'.encode("cp1251"), "text/html"),
        ("Звіт".encode(), "text/html"),
        ("\ufeffЗвіт".encode("utf-16-le"), "text/html; charset=nonsense"),
        ("Звіт".encode(), 'text/html; charset="no such"'),
    ],
)
def test_a_page_is_read_in_its_own_letters(body: bytes, kind: str) -> None:
    assert decoded(body, kind).endswith("Звіт")


def test_deep_pages_and_pages_of_nothing_are_shown_all_the_same() -> None:
    assert "end" in shown("<div>" * 1_000 + "end")
    assert parsed("") is None
    assert as_text("<b>\x00").endswith("&lt;b&gt;</pre></body></html>")
