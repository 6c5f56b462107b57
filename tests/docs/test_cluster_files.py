"""What docs/cluster.md says to write down can be read by whom it is for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from pipeline.cli.main import main

TEXT = (Path(__file__).parents[2] / "docs" / "cluster.md").read_text(encoding="utf-8")
PROGRAM = "/opt/isw-archive/bin/isw-archive"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    """Words of each call of ours, as containers and units have them."""
    [compose] = map(yaml.safe_load, blocks("yaml"))
    called = [
        one["command"] for one in compose["services"].values() if one["image"] == "isw-archive"
    ]
    units = [line for unit in blocks("ini") for line in unit.splitlines() if PROGRAM in line]
    return [*called, *(line.partition(PROGRAM)[2].replace("%i", "1").split() for line in units)]


def test_the_compose_file_names_services_and_volumes_that_there_are() -> None:
    [compose] = map(yaml.safe_load, blocks("yaml"))
    services, volumes = compose["services"], compose["volumes"]
    assert {"postgres", "home", "worker"} == set(services)
    assert services["worker"]["environment"] == services["home"]["environment"]
    for one in services.values():
        assert set(one.get("depends_on", ())) <= set(services)
        assert {volume.partition(":")[0] for volume in one.get("volumes", ())} <= set(volumes)


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_each_command_is_one_of_ours(words: list[str]) -> None:
    result = CliRunner().invoke(main, [*words, "--help"])
    assert result.exit_code == 0, result.output


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    home, worker = blocks("ini")
    paths = [tmp_path / "isw-archive-home.service", tmp_path / "isw-archive-worker@1.service"]
    for path, text in zip(paths, (home, worker), strict=True):
        # the program is not installed there, nor is its user
        path.write_text(
            re.sub(r"^User=.*\n", "", text.replace(PROGRAM, "/bin/true"), flags=re.MULTILINE)
        )
    words = ["systemd-analyze", "verify", "--man=no", *map(str, paths)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "isw-archive" in line]
    assert (done.returncode, ours) == (0, [])
