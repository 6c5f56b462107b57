"""Who is behind a handle is read from captured pages alone: `rebuild` finds the same."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

from tests.saved import record, rows, run
from tests.whole.conftest import Pages

SAID = "The bridge over the river is closed to all cars since this morning, the city says."
COINS = "Buy our coins today and win a holiday for two on an island that you never forget."


def widget(channel: str, number: str, account: int, text: str) -> bytes:
    told = json.dumps({"c": -account, "p": int(number), "t": 1, "h": "00"}).encode()
    view = base64.urlsafe_b64encode(told).decode().rstrip("=")
    return (
        '<html><body><div class="tgme_widget_message js-widget_message" '
        f'data-post="{channel}/{number}" data-view="{view}"><div class="js-message_text">{text}'
        "</div></div></body></html>"
    ).encode()


def test_an_address_that_changed_hands_is_found_again_by_rebuild(
    pages: Pages, data: Path, tmp_path: Path
) -> None:
    found = re.search(rb"https://t\.me/(\w+)/(\d+)", pages[0][1])
    assert found is not None
    channel, number = (part.decode() for part in found.groups())
    url = f"https://t.me/{channel}/{number}?embed=1&mode=tme"
    looks = ((1700000001, SAID, "2026-03-13"), (1700000002, COINS, "2026-04-13"))
    parts = (
        record(url, widget(channel, number, account, text), number=n, WARC_Date=f"{day}T10:00:00Z")
        for n, (account, text, day) in enumerate(looks, 2)
    )
    (tmp_path / "b.warc.gz").write_bytes(b"".join(parts))
    assert run(data, "import", tmp_path / "b.warc.gz").exit_code == 0

    asked = ("SELECT * FROM accounts", "SELECT * FROM verdicts", "SELECT * FROM events")
    before = [rows(data, sql) for sql in asked]
    assert [row[2] for row in before[0]] == ["1700000001", "1700000002"]
    assert [row[2] for row in before[2] if row[3] != "report"][-1] == "identity-changed"
    assert run(data, "rebuild").exit_code == 0
    assert [rows(data, sql) for sql in asked] == before
