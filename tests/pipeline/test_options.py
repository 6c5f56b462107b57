"""Options that several commands share."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.cli.options import DAY


@pytest.mark.parametrize("given", ["", "2026", "yesterday", "2026-13-01", "01.03.2026"])
def test_what_is_no_day_is_refused_in_words_of_a_calendar(given: str) -> None:
    with pytest.raises(click.BadParameter, match=r"is no day \(YYYY-MM-DD\)"):
        DAY.convert(given, None, None)


def test_a_day_is_its_beginning() -> None:
    assert DAY.convert("2026-03-16", None, None).isoformat() == "2026-03-16T00:00:00"


@pytest.mark.parametrize(
    ("words", "usage"),
    [
        (["help"], "Usage: main [OPTIONS] COMMAND"),
        (["help", "collect"], "Usage: main collect"),
        (["help", "report", "rot"], "Usage: main report rot"),
    ],
)
def test_help_is_a_word_too(words: list[str], usage: str) -> None:
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.output.startswith(usage)) == (0, True), result.output
