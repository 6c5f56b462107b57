"""`status` fits one screen, whatever there is to be said, and says first what needs a person."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.model.operations import Alarm
from archive.show.space import Space
from pipeline.cli.main import main
from pipeline.cli.status_screen import ROWS, WIDE, screen_lines
from pipeline.cli.status_text import space_words, status_lines
from tests import web_samples

LONG = "https://news.example/" + "a-long-way-" * 40


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("screen") / "data"
    web_samples.make(root)
    return root


@pytest.fixture(scope="module")
def answer(data: Path) -> dict:
    done = CliRunner().invoke(main, ["--data", str(data), "status", "--json"])
    return json.loads(done.stdout)


def needs(count: int) -> list[dict[str, str]]:
    return [asdict(Alarm(f"lost/{n}", f"wrong {n}: {LONG}", f"mend {n}")) for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 200])
@pytest.mark.parametrize("width", [80, 100, 300])
def test_it_fits_whatever_is_wrong(answer: dict, count: int, width: int) -> None:
    steps = [
        {
            "site": f"site{n}",
            "step": "feed",
            "ok": n % 2,
            "found": 0,
            "tried_at": "",
            "detail": LONG,
        }
        for n in range(40)
    ]
    events = [{"kind": f"kind-{n}", "events": 10**9} for n in range(40)]
    jobs = [{"planned_as": f"job-{n}", "outcome": None, "finished_at": None} for n in range(40)]
    more = {"needs": needs(count), "discovery": steps, "events_of_7_days": events, "jobs": jobs}
    lines = list(screen_lines({**answer, **more, "ledger": f"origin\n12\n{LONG}\n"}, width))
    assert len(lines) <= ROWS
    assert max(map(len, lines)) <= min(width, WIDE)
    assert "isw-archive status --all" in lines[-1]


def test_what_needs_a_person_comes_first_with_its_remedy(answer: dict) -> None:
    lines = list(screen_lines({**answer, "needs": needs(200)}))
    assert lines[0].startswith("! wrong 0")
    assert "  > mend 0" in lines[:4]
    shown = sum(line.startswith("! wrong") for line in lines)
    assert shown >= 2
    assert f"! {200 - shown} more: isw-archive status --all" in lines
    assert next(screen_lines({**answer, "needs": []})) == "nothing needs a person"


def test_no_control_character_reaches_the_terminal(answer: dict) -> None:
    odd = [asdict(Alarm("a", "\x1b[2Jgone", "\x07mend"))]
    steps = [{"site": "s\x1b", "step": "feed\r", "ok": 1}]
    text = "".join(screen_lines({**answer, "needs": odd, "discovery": steps}))
    assert text.isprintable()


def test_runs_by_hand_are_named_beside_those_of_the_schedule(answer: dict) -> None:
    hand = [
        {"job": "recrawl", "outcome": "done", "finished_at": "2026-03-09T10:00:00Z"},
        {"job": "check", "outcome": None, "finished_at": None},
    ]
    planned = [
        {"planned_as": "check", "outcome": "done", "finished_at": "2026-03-09T11:00:00Z"},
        {"planned_as": "collect-isw", "outcome": "failed", "finished_at": "2026-03-08T11:00:00Z"},
    ]

    def told(jobs: list) -> str:
        lines = screen_lines({**answer, "jobs": jobs, "by_hand": hand, "needs": []})
        return next(line.removeprefix("runs, UTC").strip() for line in lines if line[:4] == "runs")

    assert told(planned).startswith(
        "check by hand under way; check done 2026-03-09 11:00; recrawl by hand done 2026-03-09"
    )
    assert told([]) == "check under way; recrawl done 2026-03-09 10:00"


def test_what_is_not_understood_again_and_again_is_one_line(answer: dict) -> None:
    url = "https://a.example/feed"
    same = {"outcome": "ok", "url": url, "message": f"{url}: no feed; look at the page"}
    times = ("2026-03-09T10:00:00Z", "2026-03-08T10:00:00Z", "2026-03-07T10:00:00Z")
    failed = [
        *({**same, "captured_at": at} for at in times),
        {**same, "captured_at": times[0], "message": "torn"},
    ]
    lines = list(status_lines({**answer, "failed": failed}))
    first = lines.index("captures kept but not understood, the newest first:")
    assert lines[first + 1 : first + 3] == [
        f"  2026-03-09 10:00 UTC ok {url}: no feed; look at the page (3 times)",
        f"  2026-03-09 10:00 UTC ok {url}: torn",
    ]


def test_room_is_said_with_how_long_it_lasts() -> None:
    space = Space(80_000_000, 3_000_000, 1_000_000, 2_000_000.0, 40.0)
    assert space_words(asdict(space)) == (
        "3.0 MB of WARC files, 1.0 MB of database; 80.0 MB free, 40 days at 2.0 MB a day"
    )
    assert space_words(asdict(Space(80_000_000, 3, 1, None, None))).endswith("80.0 MB free")
    assert "over ten years at" in space_words(asdict(Space(80_000_000, 3, 1, 2.0, 4e7)))


def test_all_names_what_the_screen_counts_and_machines_get_both(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = [Alarm("space", "little room", "free some")]
    monkeypatch.setattr("pipeline.decide.alarms.alarms", lambda _: needs)
    run = CliRunner().invoke
    piped = run(main, ["--data", str(data), "status"])
    whole = run(main, ["--data", str(data), "status", "--all"])
    assert piped.stdout.startswith("! little room; free some\n")
    # what needs a person and is no fault of what is held ends with 0, as ever
    assert (piped.exit_code, whole.exit_code) == (0, 0)
    for text in ("! little room; free some", "reports by series:", "last runs:"):
        assert text in whole.stdout
    told = json.loads(run(main, ["--data", str(data), "status", "--json"]).stdout)
    assert [one["name"] for one in told["needs"]] == ["space"]
    assert {"free", "bytes_per_day", "days_left"} <= set(told["space"])
