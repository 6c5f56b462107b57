"""Files for systemd and cron; systemd's own checks where they are at hand."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.run.service import Installation, crontab, files

ODD = Path("/srv/isw 100% ü $HOME/data")
PLACE = Installation(
    Path(sys.executable), ODD, Path("/nowhere/isw-archive.toml"), "isw-archive",
    writes=(Path("/mnt/all copies"),),
)  # fmt: skip

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze"
)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    for name, text in files(PLACE).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@needs_systemd
@pytest.mark.parametrize(
    "unit", ["isw-archive.service", "isw-archive-due.service", "isw-archive-due.timer"]
)
def test_systemd_finds_nothing_wrong(units: Path, unit: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(units / unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    # that there is no such user on this machine is not the unit's fault
    said = [
        line
        for line in done.stderr.splitlines()
        if str(units) in line and "user" not in line.lower()
    ]
    assert (done.returncode, said) == (0, [])


@needs_systemd
def test_the_service_is_exposed_below_2(units: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20",
            str(units / "isw-archive.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-300:]
    assert float(re.findall(r"exposure level .*: ([\d.]+)", done.stdout)[0]) < 2.0


def test_paths_are_quoted_for_systemd_and_for_cron() -> None:
    service = files(PLACE)["isw-archive.service"]
    assert '"/srv/isw 100%% ü $$HOME/data" ' in service
    assert 'ReadWritePaths="/srv/isw 100%% ü $HOME/data"' in service
    assert "\nCacheDirectory=isw-archive\n" in service
    line = crontab(PLACE)
    assert line.startswith("*/15 * * * * ")
    assert not re.search(r"(?<!\\)%", line)
    assert "'/srv/isw 100\\% ü $HOME/data'" in line


@pytest.mark.parametrize(
    ("data", "home"), [("/srv/isw/data", "yes"), ("/home/ann/isw/data", "read-only")]
)
def test_homes_are_shut_unless_the_archive_is_in_one(data: str, home: str) -> None:
    place = Installation(Path("/usr/bin/python3"), Path(data), Path("/nowhere"), "ann")
    assert f"ProtectHome={home}\n" in files(place)["isw-archive.service"]


def test_the_units_may_write_where_the_settings_send_copies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else the nightly backup fails on a disk that is read-only to it."""
    monkeypatch.setenv("ISW_ARCHIVE_BACKUP_TO", "/home/ann/all copies")
    monkeypatch.setenv("ISW_ARCHIVE_DEPOT", "s3://bucket/prefix")
    done = CliRunner().invoke(main, ["--data", str(tmp_path / "data"), "install-service"])
    assert f'ReadWritePaths="{tmp_path}/data" "-/home/ann/all copies"\n' in done.output
    assert "ProtectHome=read-only\n" in done.output


def test_a_configuration_named_from_here_is_named_whole_in_the_units(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.toml").write_text("", encoding="utf-8")
    done = CliRunner().invoke(main, ["--config", "ours.toml", "install-service"])
    assert f'"--config" "{tmp_path}/ours.toml"' in done.output


def test_no_secret_stands_in_a_unit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", "mailto://user:s3cret@mail.example")
    result = CliRunner().invoke(main, ["--data", str(tmp_path / "data"), "install-service"])
    assert result.exit_code == 0
    assert "s3cret" not in result.output
    assert "EnvironmentFile=-/etc/isw-archive/secrets.env" in result.output


def test_the_files_are_written_where_asked(tmp_path: Path) -> None:
    words = [
        "--data",
        str(tmp_path / "data"),
        "install-service",
        "--output",
        str(tmp_path / "units"),
    ]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert {path.name for path in (tmp_path / "units").iterdir()} == set(files(PLACE))
