"""What is said of addresses captured again by hand."""

from __future__ import annotations

from pipeline.cli.recrawl_text import captured_lines


def row(number: int, source: int | None, outcome: str, drift: str | None = None) -> dict:
    return {
        "id": number, "url": f"https://a.example/{number}?x=1&y=2", "source_id": source,
        "outcome": outcome, "http_status": 200 if outcome == "ok" else None, "drift": drift,
    }  # fmt: skip


def test_each_address_says_what_came_and_the_last_line_how_to_go_on() -> None:
    found = [row(1, None, "dns-failure"), row(2, 7, "ok", "same")]
    same = "the page came (HTTP 200); it says the same as at first"
    told = "what is thought of it: isw-archive check --explain --source"
    assert list(captured_lines(found)) == [
        "https://a.example/1?x=1&y=2: the host's name led to no address [capture 1]",
        f"https://a.example/2?x=1&y=2: {same} [capture 2]",
        f"{told} 'https://a.example/2?x=1&y=2'",
    ]
    assert list(captured_lines([])) == []
