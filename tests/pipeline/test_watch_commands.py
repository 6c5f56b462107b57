"""`isw-archive watch`: added, listed, removed; what makes no sense gets one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.watch_commands import finds_told
from tests import web_samples as samples
from tests.saved import run


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("watching") / "data").root


def test_a_watch_is_added_listed_with_what_it_finds_and_removed(data: Path) -> None:
    added = run(data, "watch", "add", "depots", "depot OR کتابخانه", "--over", "sentences")
    assert (added.exit_code, added.output) == (0, "watch depots: /-/watch/depots.atom\n")
    [told] = json.loads(run(data, "watch", "list", "--json").output)["watches"]
    assert (told["name"], told["over"]) == ("depots", ["sentences"])
    assert told["finds"] > 0
    assert run(data, "rebuild").exit_code == 0
    assert "depots" in run(data, "watch", "list").output
    assert run(data, "watch", "remove", "depots").exit_code == 0
    assert run(data, "watch", "list").output.startswith("no watch")


def test_a_watch_of_which_not_all_finds_are_counted_says_so() -> None:
    assert [finds_told(number) for number in (0, 99, 100)] == [
        "0 found", "99 found", "100 or more found",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [("add", "No Name", "x"), ("add", "a"), ("add", "a", "***"),
     ("add", "a", "depot NOT"), ("add", "a", "--account", "x"),
     ("remove", "none")],
)  # fmt: skip
def test_what_makes_no_sense_gets_one_sentence(data: Path, words: tuple[str, ...]) -> None:
    result = run(data, "watch", *words)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
