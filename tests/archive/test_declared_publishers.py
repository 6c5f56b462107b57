"""Publishers that a user declares: what their files may say, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.errors import BadInputError
from archive.urls.platforms.registry import taken
from archive.urls.publishers.files import FOLDER, declared_files, folder_digest, read_publisher
from pipeline.cli.main import main
from pipeline.read.publishers.declared import site_of
from pipeline.run import publisher_page
from tests.spider_runs import ROOT

EXAMPLES = ROOT / "docs" / "publishers"
PAGES = ROOT / "tests" / "fixtures" / "publishers"
GOOD = """
title = "Mill Pond"
home = "www.mill-pond.example"
[reports]
"mill-pond.example" = '/notes/[^/]+'
[discovery]
[[discovery.steps]]
name = "feed"
pages = ["https://www.mill-pond.example/feed"]
"""


def declared(folder: Path, text: str = GOOD, name: str = "mill-pond") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_says_where_reports_stand_and_how_they_are_found(tmp_path: Path) -> None:
    file = read_publisher(declared(tmp_path))
    assert file is not None
    assert (file.publisher.name, file.publisher.domain) == ("mill-pond", "mill-pond.example")
    site = site_of(file)
    assert site is not None
    assert [(step.name, step.pages[0].url) for step in site.steps] == [
        ("feed", "https://www.mill-pond.example/feed")
    ]
    assert site.hosts == {"www.mill-pond.example"}
    assert len(site.looks) == 2


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_can_be_read(path: Path) -> None:
    file = read_publisher(path)
    assert file is not None
    assert site_of(file) is not None


def test_what_is_not_enabled_is_not_there(tmp_path: Path) -> None:
    assert read_publisher(declared(tmp_path, "enabled = false\nnonsense = 1\n")) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Mill Pond"', "", "title is a text"),
        ('"www.mill-pond.example"', '"http://mill-pond.example"', "home is the host"),
        ('"www.mill-pond.example"', '"other.example"', "home is none of the hosts"),
        ("'/notes/[^/]+'", "'/notes/('", "regular expression"),
        ("'/notes/[^/]+'", "7", "regular expression"),
        ('"mill-pond.example" =', '"www.mill-pond.example" =', "without www."),
        ("[reports]", "[pages]", "unknown entry 'pages'"),
        ("title", "titel", "unknown entry 'titel'"),
        ('name = "feed"', 'name = "wayback"', "name is one of sitemap"),
        ("pages = [", "pages = [7, ", "is no http(s) address"),
        ("https://www.mill", "https://else", "is of no host in [reports]"),
        ("pages =", "page =", "has no 'page'"),
        ('name = "feed"', 'name = "feed"\ndepth = 9999', "depth is a number"),
        ('name = "feed"', 'name = "feed"\nfollow = "("', "follow is a regular"),
        ("[discovery]", '[discovery]\nlooks = ["02:30"]', "looks are times"),
        ("[discovery]", '[discovery]\nlook = ["09:30"]', "[discovery] has no 'look'"),
        ("[[discovery.steps]]", "[[discovery.other]]", "has no 'other'"),
        (GOOD[GOOD.index("[[") :], "", "either [[discovery.steps]] or named"),
        (GOOD[GOOD.index("[[") :], 'named = ["https://mill-pond.example/{x}"]', "whole addresses"),
        ("title", "= =", "Invalid"),
        ("'/notes/[^/]+'", "'/a{99999999999999999999}'", "regular expression"),
        ("'/notes/[^/]+'", f"'{'(' * 5_000}{')' * 5_000}'", "nested too deeply"),
        ('"Mill Pond"', "[" * 20_000, "nested too deeply"),
        ('"Mill Pond"', "1" * 5_000, "limit"),
        ('name = "feed"', 'name = "feed"\nfollow = "a{99999999999999999999}"', "follow is a"),
        ("https://www.mill-pond.example/", "https://[www.mill-pond.example/", "no http(s) address"),
        ("https://www.", "https://me:secret@www.", "no http(s) address"),
        (".example/feed", ".example:99999/feed", "no http(s) address"),
        (".example/feed", ".example/fe\\ned", "no http(s) address"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = declared(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(BadInputError) as refused:
        site_of(read_publisher(path))  # type: ignore[arg-type]
    assert str(refused.value).startswith(f"publisher {path}: ")
    assert said in str(refused.value)


def test_what_only_looks_like_a_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "weir.toml"
    os.mkfifo(path)
    with pytest.raises(BadInputError, match="not a file"):
        read_publisher(path)


def test_names_and_hosts_are_one_publishers_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    declared(tmp_path)
    assert [one.publisher.name for one in declared_files(frozenset())] == ["mill-pond"]
    before = folder_digest()
    declared(tmp_path, name="weir")
    assert folder_digest() != before
    with pytest.raises(BadInputError, match="another publisher's already"):
        declared_files(frozenset())
    (tmp_path / "weir.toml").unlink()
    with pytest.raises(BadInputError, match="another publisher's already"):
        declared_files(frozenset({"mill-pond"}))


def test_without_a_folder_nothing_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    assert (declared_files(frozenset()), folder_digest()) == ((), "")
    monkeypatch.setenv(FOLDER, "/nowhere/at/all")
    with pytest.raises(BadInputError, match="make the folder, or mend the setting"):
        declared_files(frozenset())


@pytest.mark.parametrize(
    ("name", "host", "theirs"),
    [
        ("web", "pond.example", "web"), ("telegram", "pond.example", "telegram"),
        ("pond", "t.me", "t.me"), ("pond", "pond.example", None),
        ("unknown", "a.example", "unknown"),
    ],
)  # fmt: skip
def test_no_publisher_has_a_platforms_name_or_host(
    name: str, host: str, theirs: str | None
) -> None:
    assert taken(name, [host]) == theirs


def test_a_new_publisher_takes_nobodys_name_or_host(tmp_path: Path) -> None:
    page = str(PAGES / "wikipedia.html")
    for name, address in (("isw", "https://pond.example/x/y"), ("pond", "https://t.me/pond/7")):
        answer = make(tmp_path, name, page, "--address", address)
        assert answer.exit_code == 2
        assert "nothing was written" in answer.output
    assert not (tmp_path / "publishers").exists()


def test_a_wrong_file_stops_every_command_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    declared(tmp_path / "mine", "title = 7\n", "weir")
    (tmp_path / "isw-archive.toml").write_text('publishers = "mine"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(tmp_path / "data"), "status"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "weir.toml: " in done.stderr


# --- new-publisher --------------------------------------------------------------------------------


def make(folder: Path, *words: str) -> Any:
    line = ["--data", str(folder / "data"), "new-publisher", *words]
    return CliRunner().invoke(main, line, prog_name="isw-archive")


def test_a_new_publisher_has_a_file_a_page_and_a_test_that_fails_until_it_is_filled_in(
    tmp_path: Path,
) -> None:
    answer = make(tmp_path, "news-site", str(PAGES / "news_sources.html"), "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    path, page, expected, test = map(Path, told["files"])
    assert [one["label"] for one in told["read"]["references"]] == ["1", "2", "3", "4"]
    assert page.read_bytes() == (PAGES / "news_sources.html").read_bytes()
    assert read_publisher(path) is None  # off
    on = path.read_text(encoding="utf-8").replace("enabled = false", "")
    assert "/\\\\d{4}/\\\\d{2}/\\\\d{2}/[^/]+/?" in on
    assert site_of(read_publisher(declared(tmp_path, on)))  # type: ignore[arg-type]
    written: dict[str, Any] = {"__file__": str(test), "__name__": "written"}
    exec(compile(test.read_text(encoding="utf-8"), str(test), "exec"), written)
    check = written["test_the_references_are_those_that_a_person_counted"]
    with pytest.raises(AssertionError, match="fill in news-site/expected"):
        check()
    filled = {**json.loads(expected.read_text()), "references": told["read"]["references"]}
    expected.write_text(json.dumps(filled), encoding="utf-8")
    written["read_page"] = lambda *given: told["read"] if given == (path, page, filled["address"]) else {}  # fmt: skip # noqa: E501
    check()


def test_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "publishers").mkdir()
    kept = declared(tmp_path / "publishers")
    answer = make(tmp_path, "mill-pond", str(PAGES / "wikipedia.html"))
    assert answer.exit_code == 2
    assert "is there already; nothing was written" in answer.output
    assert kept.read_text() == GOOD
    assert sorted(kept.parent.iterdir()) == [kept]


@pytest.mark.parametrize("name", ["", "x", "Mill", "../weir", "a/b", "mühle", "1st", "a" * 41])
def test_bad_names_are_refused(tmp_path: Path, name: str) -> None:
    answer = make(tmp_path, name, str(PAGES / "wikipedia.html"))
    assert answer.exit_code == 2
    assert "a name is of lower-case letters" in answer.output
    assert not (tmp_path / "publishers").exists()


def test_a_page_that_does_not_say_where_it_stands_needs_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "saved.html"
    page.write_text("<title>Notes</title><p>Words of the pond.</p>", encoding="utf-8")
    answer = make(tmp_path, "mill-pond", str(page))
    assert answer.exit_code == 2
    assert "name it with --address" in answer.output
    monkeypatch.setattr(publisher_page, "read_page", lambda *_: {})
    assert make(tmp_path, "mill-pond", str(tmp_path / "none.html")).exit_code == 2
    assert make(tmp_path, "mill-pond", "https://a.example/x", "--address", "https://b.example/").exit_code == 2  # fmt: skip # noqa: E501
    assert not (tmp_path / "publishers").exists()
