"""Programs of their own, sent through the replica by their environment alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.replica.server import Replica
from tests.replica.world import SMALL, build_world

ROOT = Path(__file__).resolve().parents[2]
URLLIB = """
import sys, urllib.request
for url in sys.argv[1:]:
    print(urllib.request.urlopen(url, timeout=30).status)
"""


def test_urllib_reaches_http_and_https_by_the_environment_alone() -> None:
    urls = ["https://understandingwar.org/robots.txt", "http://plain-http-replica.net/news/x"]
    with Replica(world=build_world(SMALL)) as replica:
        done = subprocess.run(
            [sys.executable, "-c", URLLIB, *urls],
            env=replica.env(),
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == ["200", "200"]
        assert [seen.url for seen in replica.requests] == urls


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_where_it_serves_and_ends_when_told(
    tmp_path: Path, ending: signal.Signals
) -> None:
    ready = tmp_path / "ready"
    trust = tmp_path / "ca.pem"
    command = [sys.executable, "-m", "tests.replica", "--small", "--at", "2026-03-12T00:00:00Z"]
    with subprocess.Popen(
        [*command, "--ca-file", trust, "--ready-file", ready],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        running.send_signal(ending)
        assert running.wait() == 0
    assert line.startswith("replica ready http_proxy=http://127.0.0.1:")
    assert line.endswith(f" ca={trust}\n")
    assert trust.read_text().startswith("-----BEGIN CERTIFICATE-----")
