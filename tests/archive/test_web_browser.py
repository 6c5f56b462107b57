"""The pages in a real browser: they show what they should, and nothing in them is refused or
fails."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.web.headers import PAGE_POLICY
from tests import web_samples as samples
from tests.browsing import CHROMIUM, shown
from tests.rot_samples import DIED, make, number
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("browser") / "data"
    make(root)
    with served(root) as (_, where):
        yield where


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "Newest reports"),
        ("archive", "CodeMirror"),
        ("archive/reports", "dropdown-menu"),
        ("archive/sources", "dropdown-menu"),
        ("archive/captures/4", "Look at this capture"),
        ("archive/search_everywhere?words=depot", "Iran Update, March 3, 2026"),
        (f"-/report/{samples.REPORT_ID}", "Interview with a port official."),
        (f"-/report/{samples.BAD_ID}", "invoice"),
        ("-/capture/4", samples.PERSIAN),
        ("-/capture/99", "Not here"),
        (f"-/source/{number(DIED)}", "3 checks over 6 days or more proved it absent"),
        (f"-/source/{number(samples.SOURCE_URL)}", "What changed in its text"),
        ("-/source/1", "Not here"),
        ("-/search?q=depot", "<mark>depot</mark>"),
        (f"-/report/{samples.REPORT_ID}/changes", "<ins>"),
        (f"-/report/{samples.REPORT_ID}/check", "Whether it bears out the sentence"),
        ("-/account?platform=telegram&account=portwatch", "Newest sentences that rest on it"),
        ("-/host?host=t.me", "Accounts on it"),
        ("-/a/b/c", "There is no page at this address."),
        ("-/rot?kind=reference-rot&by=host", "Reference rot (either)"),
        ("archive/rot_by_report", "share_dead"),
    ],
)
def test_a_page_shows_what_it_should_and_runs_nothing_else(
    address: str, tmp_path: Path, path: str, said: str
) -> None:
    text = shown(address + path, tmp_path)
    assert said in text
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/ld\+json))", text)
    assert "<img" not in text


class Refusing(BaseHTTPRequestHandler):
    """A page with a script that our policy forbids."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-security-policy", PAGE_POLICY)
        self.end_headers()
        self.wfile.write(
            b"<!doctype html><p>before</p><script>document.body.textContent = 'ran'</script>"
        )

    def log_message(self, *args: object) -> None:
        pass


def test_the_browser_would_say_what_it_refuses(tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with pytest.raises(AssertionError, match="violates"):
            shown(f"http://127.0.0.1:{server.server_port}/", tmp_path)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
