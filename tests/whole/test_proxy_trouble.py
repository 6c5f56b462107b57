"""The operator's own proxy in trouble: what it says is never kept as a site's word."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from archive.db.database import open_readonly
from tests.fetching import Answer, Asked, Server, reply
from tests.saved import ledger, warcs
from tests.spider_runs import QUICK, ROOT

SITES = ("http://paper.example/a", "http://paper.example/b", "https://other.example/c")


def recrawl(data: Path, proxy: Server) -> subprocess.CompletedProcess[str]:
    address = f"http://me:secret@127.0.0.1:{proxy.port}"
    env = {
        **os.environ, **QUICK, "http_proxy": address, "https_proxy": address, "no_proxy": "",
        "ISW_ARCHIVE_RETRIES": "0", "ISW_ARCHIVE_CONTACT": "a@example.org",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(data), "recrawl", *SITES],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


def captures(data: Path, where: str) -> list[str]:
    db = open_readonly(data / "archive.db")
    try:
        return [row[0] for row in db.execute(f"SELECT url FROM captures WHERE {where}").fetchall()]
    finally:
        db.close()


def test_a_proxy_that_wants_another_password_ends_the_run_and_nothing_is_kept(
    tmp_path: Path,
) -> None:
    asks = {"Proxy_Authenticate": 'Basic realm="office"'}
    with Server(lambda c, _: reply(c, 407, b"<h1>Log in</h1>", **asks)).running() as proxy:
        done = recrawl(tmp_path / "data", proxy)
    assert done.returncode == 1
    assert captures(tmp_path / "data", "1") == []
    assert not warcs(tmp_path / "data")
    entered = [entry["kind"] for entry in ledger(tmp_path / "data")]
    assert entered == ["ledger", "run", "end", "database"]
    problems = [line for line in done.stderr.splitlines() if line.startswith("!")]
    assert len(problems) == 1
    assert f"the proxy 127.0.0.1:{proxy.port} wants another user name or password" in problems[0]
    assert "secret" not in done.stderr


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_that_reaches_no_site_speaks_for_none(tmp_path: Path, status: int) -> None:
    table = {"http://paper.example/robots.txt": b"User-agent: *\nDisallow:\n"}
    with Server(_proxy(status, table)).running() as proxy:
        done = recrawl(tmp_path / "data", proxy)
    assert done.returncode == 1
    assert captures(tmp_path / "data", "http_status >= 500 OR outcome = 'server-error'") == []


def _proxy(status: int, table: dict[str, bytes]) -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        body = table.get(asked.target)
        if body is None:
            reply(connection, status, b"<h1>Gateway</h1>", Content_Type="text/html")
        else:
            reply(connection, 200, body, Content_Type="text/plain")

    return answer
