"""Wrong words on the command line: exit code 2, one clear line, nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.saved import kept, rows, run

Pages = list[tuple[str, bytes]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("collect", "--report", "https://news.example/story"), "no address of an ISW or CTP"),
        (("collect", "--since", "2026-05-01", "--until", "2026-04-01"), "later than --until"),
        (("recrawl", "--sql", "DELETE FROM captures"), "readonly"),
        (("recrawl", "--sql", "SELECT 1; DROP TABLE captures"), "one"),
        (("export", "--all", "--version", "2"), "one report"),
        (("export", "russian offensive 2026"), "nearest: russian-offensive"),
        (("export", "news.example/story"), "not held; capture it with"),
        (("import", "."), "not a file"),
        (("serve", "--port", "99999"), "0<=x<=65535"),
    ],
)
def test_wrong_words_end_with_2_and_change_nothing(
    data: Path, words: tuple[str, ...], said: str
) -> None:
    before = kept(data)
    result = run(data, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert kept(data) == before


def test_sql_for_recrawl_cannot_make_a_file(data: Path, tmp_path: Path) -> None:
    result = run(data, "recrawl", "--sql", f"ATTACH DATABASE '{tmp_path / 'evil.db'}' AS e")
    assert result.exit_code == 2
    assert not (tmp_path / "evil.db").exists()


def test_a_report_is_found_by_its_address_without_scheme(data: Path, pages: Pages) -> None:
    name = pages[0][0].removeprefix("https://")
    assert run(data, "export", name).exit_code == 0


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_version_that_is_not_there_is_refused_in_every_format(data: Path, form: str) -> None:
    name = str(rows(data, "SELECT id FROM reports")[0][0])
    result = run(data, "export", name, "--version", "9", "--format", form)
    assert (result.exit_code, "no version 9; it has 1 to 1" in result.output) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "concurrency = 0", "concurrency = 1.5", "timeout_s = nan", "timeout_s = inf",
        "max_bytes = 0",
        "workers = 100000", "daily_at = '25:99'", "allow_networks = ['nonsense']",
        "wayback = 'ftp://x'", 'contact = "a\\nX-Header: b"', "backfill_days = 99999999999",
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_meant_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "isw-archive.toml").write_text(text)
    result = run(tmp_path / "data", "status")
    assert result.exit_code == 2
    assert f": {text.split(maxsplit=1)[0]} is " in result.output


def test_a_series_that_is_none_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    result = run(tmp_path / "data", "collect", "--series", "nosuch")
    assert (result.exit_code, "iran-update" in result.output) == (2, True)
    assert not (tmp_path / "data").exists()
