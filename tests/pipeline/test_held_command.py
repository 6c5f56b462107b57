"""`isw-archive held`: what it answers at the shell, and its exit codes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests import web_samples as samples
from tests.saved import run


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("asked") / "data").root


def test_the_exit_code_says_whether_a_copy_of_each_is_held(data: Path) -> None:
    assert run(data, "held", samples.SOURCE_URL).exit_code == 0
    missing = run(data, "held", samples.SOURCE_URL, "https://nowhere.example/")
    assert missing.exit_code == 1
    assert "not held\n  understood: the address https://nowhere.example/" in missing.output
    cited = run(data, "held", "https://news.example/denied")
    assert cited.exit_code == 1
    assert cited.output.startswith("cited, but no good copy is held")


def test_a_file_is_compared_by_bytes_and_by_text(data: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_text(samples.PERSIAN, encoding="utf-8")
    told = json.loads(run(data, "held", saved, "--json").output)
    assert told["asked"]["what"] == "file"
    assert [one["url"] for one in told["texts"]] == [samples.SOURCE_URL]
    saved.write_bytes(gzip.compress(samples.HTML_BODY, mtime=0))
    told = json.loads(run(data, "held", saved, "--json").output)
    assert [one["id"] for one in told["captures"]] == [4]


@pytest.mark.parametrize("given", ["/no/such/file.docx", "/dev/null", "/"])
def test_what_is_no_file_gets_one_sentence(data: Path, given: str) -> None:
    result = run(data, "held", given)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("words", [("diff",), ("held", "--json"), ("custody",)])
def test_an_argument_that_is_no_utf8_is_no_crash(data: Path, words: tuple[str, ...]) -> None:
    done = run(data, *words, "\udcff")
    assert isinstance(done.exception, SystemExit)
    assert "\udcff" not in done.output
