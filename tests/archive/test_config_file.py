from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.config import Settings, load
from archive.config_file import commented
from archive.errors import BadInputError
from pipeline.cli.main import main


def init(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(tmp_path / "data"), "init", *words])


def test_a_new_file_sets_the_contact_and_shows_every_other_setting_with_its_default(
    tmp_path: Path,
) -> None:
    assert init(tmp_path, "--contact", "mailto:a@b.example").exit_code == 0
    path = tmp_path / "isw-archive.toml"
    assert load(tmp_path / "data", environ={}) == Settings(contact="mailto:a@b.example")
    # and with every comment sign taken away, they are the same
    lines = path.read_text().splitlines()
    names = {f.name for f in fields(Settings)}
    bare = [
        line.removeprefix("# ")
        for line in lines
        if line.removeprefix("# ").split(" = ")[0] in names
    ]
    assert set(tomllib.loads("\n".join(bare))) == names
    path.write_text("\n".join(bare))
    assert load(tmp_path / "data", environ={}) == Settings(contact="mailto:a@b.example")


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "isw-archive.toml").write_text("workers = 2\n")
    result = init(tmp_path, "--contact", "mailto:a@b.example")
    assert (result.exit_code, "stays as it is" in result.output) == (2, True)
    assert (tmp_path / "isw-archive.toml").read_text() == "workers = 2\n"


def test_without_a_contact_and_without_anybody_to_ask_it_says_how(tmp_path: Path) -> None:
    result = init(tmp_path)
    assert (result.exit_code, "--contact" in result.output) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("contact", ["", "  ", "two words", "a\nb", "naïve@host.example"])
def test_what_cannot_stand_in_a_header_is_no_contact(contact: str) -> None:
    with pytest.raises(BadInputError, match="contact is"):
        commented(contact)


def test_a_file_that_is_not_there_is_named_without_numbers_of_errors(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"nowhere.toml: No such file or directory; check the"):
        load(tmp_path / "data", tmp_path / "nowhere.toml", environ={})


def test_the_file_goes_where_config_says(tmp_path: Path) -> None:
    path = tmp_path / "etc with blanks" / "ü.toml"
    words = [
        "--data",
        str(tmp_path / "data"),
        "--config",
        str(path),
        "init",
        "--contact",
        "a@b.example",
    ]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert load(tmp_path / "data", path, environ={}).contact == "a@b.example"


def test_the_example_of_our_guides_is_no_contact(tmp_path: Path) -> None:
    result = init(tmp_path, "--contact", "mailto:you@your.organisation")
    assert (result.exit_code, "name your own" in result.output) == (2, True)
    assert list(tmp_path.iterdir()) == []
