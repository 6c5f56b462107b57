"""Alarms: each raised once, each recovering once; notices really sent to servers of our own."""

from __future__ import annotations

import email
import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result

from archive.db.database import open_readonly
from archive.model.operations import Alarm, AlarmState
from archive.urls.addresses import Allowed
from crawler.notify import shows_local
from pipeline.cli.main import main
from pipeline.decide.alarms import Measured, Platform, Share, alarms, changes, to_tell
from pipeline.run import alarm_round
from tests import web_samples

AT = "2026-03-20T12:00:00Z"
ALARM = Alarm("space", "little room", "free some")
QUIET = Measured()
S = TypeVar("S", bound=socketserver.TCPServer)


# --- what is an alarm -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "names"),
    [
        (QUIET, []),
        (replace(QUIET, missing=(("a", "2026-03-18"), ("a", "2026-03-19"), ("b", "2026-03-18"))),
            ["missing/a", "missing/b"]),
        (replace(QUIET, dead_steps=(("isw", "sitemap", "404"),)), ["discovery/isw/sitemap"]),
        (replace(QUIET, drops=("iran-update/2026-03-18: 2 notes, where 90 are usual",)),
            ["notes/iran-update"]),
        (replace(QUIET, fixity=("a.warc.gz is missing", "b")), ["fixity"]),
        (replace(QUIET, low_space="1 MB"), ["space"]),
        (replace(QUIET, broken_off=(("check", "power"),)), ["lost/check"]),
        (replace(QUIET, failed=(("check", "code 2"),)), ["failed/check"]),
        (replace(QUIET, imports=(("a.warc", "2026-03-18", "problems"),)), ["import/a.warc"]),
        (replace(QUIET, in_time=Share(44, 50)), ["latency"]),
        (replace(QUIET, in_time=Share(45, 50)), []),
        (replace(QUIET, in_time=Share(0, 49)), []),
        (replace(QUIET, unread=Share(2, 20)), ["parse"]),
        (replace(QUIET, unread=Share(1, 2)), []),
        (replace(QUIET, unread=Share(2, 21)), []),
        (replace(QUIET, platforms=(Platform("telegram", Share(10, 30), Share(90, 100)),)),
            ["platform/telegram"]),
        (replace(QUIET, hosts=(Platform("harbour.org", Share(10, 30), Share(90, 100)),)),
            ["host/harbour.org"]),
        (replace(QUIET, platforms=(Platform("telegram", Share(0, 29), Share(90, 100)),)), []),
        (replace(QUIET, platforms=(Platform("x", Share(0, 30), Share(10, 100)),)), []),
        (replace(QUIET, backup_age_days=3.0), []),
        (replace(QUIET, backup_age_days=float("inf")), ["backup"]),
        (replace(QUIET, watched=(("port", "2026-03-18", "watch port: 1 find"),)),
            ["watch/port/2026-03-18"]),
    ],
)  # fmt: skip
def test_what_is_an_alarm(measured: Measured, names: list[str]) -> None:
    found = alarms(measured)
    assert [alarm.name for alarm in found] == names
    assert all(alarm.text and alarm.remedy for alarm in found)


def test_a_series_of_changes_raises_once_and_recovers_once() -> None:
    """Two alarms over days, one of them twice, in changing words."""
    days = [[], ["space"], ["space", "clock"], ["clock"], [], ["space"], []]
    kept: list[AlarmState] = []
    for number, names in enumerate(days):
        seen = [Alarm(name, f"in words of day {number}", "do") for name in names]
        known = {state.alarm.name: state for state in kept}
        kept += changes(seen, known, f"2026-03-{number + 1:02d}T00:00:00Z")
    told = [(state.alarm.name, state.raised) for state in kept]
    assert told == [
        ("space", True), ("clock", True), ("space", False), ("clock", False), ("space", True),
        ("space", False),
    ]  # fmt: skip


RAISED, OVER = AlarmState(ALARM, True, AT), AlarmState(ALARM, False, AT)


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([], []),
        ([RAISED], [RAISED]),
        ([replace(RAISED, noticed=True)], []),
        ([RAISED, OVER], []),
        ([replace(RAISED, noticed=True), OVER], [OVER]),
        ([replace(RAISED, noticed=True), replace(OVER, noticed=True)], []),
        ([replace(RAISED, noticed=True), OVER, RAISED], [RAISED]),
        ([replace(RAISED, noticed=True), replace(OVER, noticed=True), RAISED, OVER], []),
    ],
)
def test_what_was_over_before_anybody_could_be_told_is_not_told(
    states: list[AlarmState], told: list[AlarmState]
) -> None:
    assert to_tell(states) == told


# --- servers of our own ---------------------------------------------------------------------------


class Webhook(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.heard: list[dict[str, str]] = []


class Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(json.loads(body))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Mail(socketserver.ThreadingTCPServer):
    """As much SMTP (RFC 5321) as takes one message."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.heard: list[bytes] = []


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 mail.example ready\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                self.server.heard.append(b"".join(lines))  # type: ignore[attr-defined]
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 well\r\n")


@pytest.fixture
def hook() -> Iterator[Webhook]:
    yield from _served(Webhook())


@pytest.fixture
def mail() -> Iterator[Mail]:
    yield from _served(Mail())


def _served(server: S) -> Iterator[S]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def cli(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *words])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive; every network of this machine may be told of its alarms."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_NETWORKS", "127.0.0.1/32")
    return web_samples.make(tmp_path / "data").root


def test_a_test_notice_arrives_by_mail_and_by_webhook_and_shows_no_secret(
    data: Path, hook: Webhook, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [
        f"json://127.0.0.1:{hook.server_address[1]}/t0ken",
        f"mailto://127.0.0.1:{mail.server_address[1]}?from=isw@mail.example&to=s3cret@mail.example&mode=insecure",
        "nonsense-s3cret",
    ]
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", "\n".join(urls))
    result = cli(data, "alarms", "--test")
    assert result.exit_code == 1
    assert "address 1 (json): sent" in result.output
    assert "address 2 (mailto): sent" in result.output
    assert "address 3 (no address): not understood" in result.output
    assert [heard["title"] for heard in hook.heard] == ["isw-archive: a test"]
    message = email.message_from_bytes(mail.heard[0])
    assert message["Subject"] == "isw-archive: a test"
    assert not [secret for secret in ("t0ken", "s3cret") if secret in result.output]


def test_a_webhook_at_an_address_that_is_not_public_is_not_told(
    data: Path, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ISW_ARCHIVE_ALARM_NETWORKS")
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", f"json://127.0.0.1:{hook.server_address[1]}/t0ken")
    result = cli(data, "alarms", "--test")
    assert (result.exit_code, "alarm_networks" in result.output) == (1, True)
    assert hook.heard == []


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("json://127.0.0.1/x", True), ("json://[::1]/x", True), ("json://0x7f000001/x", True),
        ("json://localhost/x", True), ("json://printer.local/x", True), ("json://10.1.2.3/x", True),
        ("mailtos://user:word@mail.example.org", False), ("slack://T0KEN/B0KEN/C0KEN", False),
        ("tgram://123456789:abcdefg/12315544/", False),
    ],
)  # fmt: skip
def test_an_address_that_shows_a_local_host_is_known_also_behind_a_proxy(
    url: str, local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert shows_local(url, Allowed.of(())) is local


def test_without_an_address_a_test_says_how(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ISW_ARCHIVE_ALARM_URLS", raising=False)
    result = cli(data, "alarms", "--test")
    assert (result.exit_code, "ISW_ARCHIVE_ALARM_URLS" in result.output) == (2, True)


def test_an_alarm_is_told_once_and_its_recovery_once_though_an_address_was_down(
    data: Path, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Alarm] = [ALARM]
    monkeypatch.setattr(alarm_round, "look", lambda *_: list(seen))
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", "json://127.0.0.1:9/t0ken")
    down = cli(data, "alarms", "--notify", "--quiet")
    assert (down.exit_code, "t0ken" in down.output) == (0, False)
    assert "notice to address 1 (json): not sent" in down.output
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", f"json://127.0.0.1:{hook.server_address[1]}/t0ken")
    for seen_now in ([ALARM], [ALARM], [], []):
        seen[:] = seen_now
        cli(data, "alarms", "--notify", "--quiet")
    assert [heard["title"] for heard in hook.heard] == [
        "isw-archive: 1 raised",
        "isw-archive: 1 recovered",
    ]
    assert "little room" in hook.heard[0]["message"]
    assert "free some" in hook.heard[0]["message"]
    db = open_readonly(data / "archive.db")
    rows = db.execute(
        "SELECT alarm, state, noticed_at IS NOT NULL FROM alarms ORDER BY id"
    ).fetchall()
    assert rows == [("space", "raised", 1), ("space", "recovered", 1)]
    assert b"t0ken" not in (data / "archive.db").read_bytes()
    db.close()


def test_alarms_are_printed_with_their_remedies_and_end_with_1(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_round, "look", lambda *_: [ALARM])
    result = cli(data, "alarms")
    assert (result.exit_code, result.output) == (1, "! little room; free some\n")
    assert json.loads(cli(data, "alarms", "--json").stdout)["alarms"][0]["name"] == "space"
    monkeypatch.setattr(alarm_round, "look", lambda *_: [])
    assert cli(data, "alarms").exit_code == 0
