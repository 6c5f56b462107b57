"""Our dossiers in wacz 0.6 and ReplayWeb.page 2.4: found valid, opened, shown.

The tools live in `.venv-interop`; `make test` builds it, the viewer where npm is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.config import Settings
from archive.dossier.package import PAGES
from archive.folder import DataFolder
from archive.model.understood import PageText
from archive.model.vocabulary import Kind
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.browsing import CHROMIUM, LOADS_S
from tests.dossier_samples import files_of, make_archive, make_dossier
from tests.factories import at, page
from tests.fixity_samples import make_archive as make_reports
from tests.saved import rows

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".venv-interop" / "bin"
CITED, WORDS = "https://news.example/denied", "The cited page, as it was."
VIEWER = ROOT / ".venv-interop" / "replaywebpage" / "package"

pytestmark = [
    pytest.mark.skipif(
        not (TOOLS / "wacz").exists() and "CI" not in os.environ,
        reason="no .venv-interop; `make test` builds it",
    ),
]


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Three dossiers, and what each shows: two of reports alone, one with a cited page."""
    home = tmp_path_factory.mktemp("dossiers")
    folder = DataFolder(make_reports(home))
    shown = {}
    reports = rows(folder.root, "SELECT id, title FROM reports ORDER BY id LIMIT 2")
    for number, (report, title) in enumerate(reports):
        path = make_dossier(folder, home / f"{number}.wacz", str(report))
        shown[str(path)] = str(title)
    folder = make_archive(home / "cited")
    with Archive.open(folder.root, Settings(), run="20260304-more") as archive:
        one = page(
            20, kind=Kind.SOURCE, uri_r=CITED, captured_at=at(20), body=f"<p>{WORDS}".encode()
        )
        samples.keep(archive, one, text=PageText(WORDS))
    shown[str(make_dossier(folder, home / "cited.wacz"))] = WORDS
    return shown


def test_another_program_finds_a_dossier_valid(dossiers: dict[str, str]) -> None:
    for path in dossiers:
        done = subprocess.run(
            [TOOLS / "wacz", "validate", "--file", path],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert "Validation succeeded" in done.stdout, done.stdout + done.stderr
        assert done.returncode == 0


PAGE = """<!doctype html><meta charset="utf-8"><script src="/ui.js"></script>
<replay-web-page source="/{name}" url="{url}" ts="{ts}" replayBase="/replay/" embed="replayonly"
  style="display: block; height: 600px"></replay-web-page>
<script>
function frames(node, found) {{
  if (node.tagName === "IFRAME") found.push(node);
  if (node.shadowRoot) frames(node.shadowRoot, found);
  for (const child of node.children || []) frames(child, found);
  return found;
}}
function words(node) {{
  return frames(node, []).map((frame) => {{
    const body = frame.contentDocument && frame.contentDocument.body;
    return body ? body.innerText + words(body) : "";
  }}).join(" ");
}}
setInterval(() => fetch("/shown", {{method: "POST", body: words(document.body)}}), 500);
</script>"""


class Viewer(ThreadingHTTPServer):
    """Serves the viewer and a dossier, and is told what the viewer shows."""

    def __init__(self, path: Path, wanted: str) -> None:
        self.path, self.wanted = path, wanted
        self.found = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def page(self) -> bytes:
        _, *listed = [json.loads(line) for line in files_of(self.path)[PAGES].splitlines()]
        entry = next((one for one in listed if one["url"] == CITED), listed[0])
        digits = "".join(filter(str.isdigit, entry["ts"]))
        url = entry["url"].replace("&", "&amp;")
        return PAGE.format(name=self.path.name, url=url, ts=digits).encode()


class Handler(BaseHTTPRequestHandler):
    server: Viewer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = self.path.partition("?")[0]
        if name == "/":
            self.give(self.server.page(), "text/html")
        elif name in {"/ui.js", "/replay/sw.js"}:
            self.give((VIEWER / name.rpartition("/")[2]).read_bytes(), "text/javascript")
        elif name.endswith(".wacz"):
            self.give_part(self.server.path.read_bytes())
        else:
            self.give(b"", "text/plain", 404)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        words = self.rfile.read(int(self.headers["content-length"])).decode()
        if self.server.wanted in words:
            self.server.found.set()
        self.give(b"", "text/plain")

    def give_part(self, content: bytes) -> None:
        asked = self.headers.get("range")
        if asked is None:
            self.give(content, "application/wacz")
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        begin = int(first) if first else len(content) - int(last)
        end = min(int(last) + 1 if first and last else len(content), len(content))
        where = f"bytes {begin}-{end - 1}/{len(content)}"
        self.give(content[begin:end], "application/wacz", 206, where)

    def give(self, body: bytes, kind: str, status: int = 200, part: str | None = None) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("accept-ranges", "bytes")
        if part:
            self.send_header("content-range", part)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


BROWSERS = 2
"""One of some hundred hangs as it starts, whatever it is to show."""


def is_shown(server: Viewer, folder: Path) -> bool:
    """Whether a browser gets to see what is looked for."""
    assert CHROMIUM is not None
    for number in range(BROWSERS):
        browser = [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-proxy-server",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--remote-debugging-port=0", f"--user-data-dir={folder / str(number)}",
            f"http://127.0.0.1:{server.server_port}/",
        ]  # fmt: skip
        with subprocess.Popen(
            browser, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                if server.found.wait(LOADS_S):
                    return True
            finally:
                process.terminate()
    return False


@pytest.mark.browser
@pytest.mark.skipif(
    CHROMIUM is None or shutil.which("npm") is None or not (VIEWER / "sw.js").exists(),
    reason="no Chromium, or no ReplayWeb.page from npm",
)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_replayweb_page_shows_report_and_cited_page(
    dossiers: dict[str, str], tmp_path: Path, number: int
) -> None:
    path, wanted = list(dossiers.items())[number]
    server = Viewer(Path(path), wanted)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        assert is_shown(server, tmp_path), f"{wanted!r} was not shown"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
