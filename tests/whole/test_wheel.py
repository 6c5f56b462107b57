"""The wheel, built from the tree without a network, in an environment of its own, and the steps of
the container file.

Other interpreters, with libraries of their own from the package index, are tried where
ISW_ARCHIVE_TEST_PYTHONS names them, divided by blanks: python3.12 python3.13.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive.clock import TEST_CLOCK, offset_to
from tests import web_samples
from tests.conftest import ROOT
from tests.crash.program import SETTINGS
from tests.replica.server import Replica
from tests.replica.world import SMALL, build_world
from tests.spider_runs import AT

pytestmark = pytest.mark.minutes(2)

BARE = {"PATH": "/usr/bin:/bin"}
"""`env -i`: no HOME, no LANG."""
HERE = "this"
PYTHONS = [HERE, *os.environ.get("ISW_ARCHIVE_TEST_PYTHONS", "").split()]
NOBODY = 65534


@dataclass
class Installed:
    """A place with blanks and Unicode in its name, where nothing of the tree is."""

    bin: Path
    work: Path

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return self.run_as(None, *words, **env)

    def run_as(self, user: int | None, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.bin / "isw-archive"), *words]
        return subprocess.run(
            command, cwd=self.work, env={**BARE, **env}, capture_output=True, text=True,
            encoding="utf-8", check=False, timeout=600, umask=0o077,
            user=user, group=user, extra_groups=None if user is None else (),
        )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left in the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    listed = ("archive", "pipeline", "crawler")
    for name in listed:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    words = [
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        str(folder),
        str(tree),
    ]
    subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True, timeout=300)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module", params=PYTHONS)
def installed(request: pytest.FixtureRequest, wheel: Path) -> Iterator[Installed]:
    """Where another user can look, too: pytest's own folders are shut."""
    with tempfile.TemporaryDirectory(prefix="isw-archive-wheel-") as shut:
        Path(shut).chmod(0o755)
        place = Path(shut) / "with blanks ü"
        place.mkdir(mode=0o755)
        if request.param == HERE:
            _with_our_libraries(place, wheel)
        else:
            _with_its_own(place, wheel, request.param)
        work = place / "work"
        work.mkdir(mode=0o755)
        yield Installed(place / "env" / "bin", work)


def _with_our_libraries(place: Path, wheel: Path) -> None:
    """Nothing is fetched: the libraries are those of this environment, by links."""
    venv.create(place / "env", with_pip=False, symlinks=True)
    [site] = (place / "env").glob("lib/python*/site-packages")
    # what is installed from the tree is not among them
    ours = Path(pytest.__file__).parent.parent
    for entry in ours.iterdir():
        if not re.search(r"isw[_-]archive", entry.name):
            (site / entry.name).symlink_to(entry)
    python = str(place / "env" / "bin" / "python")
    words = ["--python", python, "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(
        [sys.executable, "-m", "pip", *words], check=True, capture_output=True, timeout=300
    )


def _with_its_own(place: Path, wheel: Path, python: str) -> None:
    """As a user installs it."""
    subprocess.run([python, "-m", "venv", str(place / "env")], check=True, capture_output=True)
    pins = str(ROOT / "constraints.txt")
    words = ["install", "--quiet", "--constraint", pins, str(wheel)]
    pip = [str(place / "env" / "bin" / "python"), "-m", "pip"]
    subprocess.run([*pip, *words], check=True, capture_output=True, timeout=1_200)


def test_help_and_version_come_from_the_wheel(installed: Installed) -> None:
    done = installed.run("--help")
    assert (done.returncode, "run-due" in done.stdout) == (0, True), done.stderr
    code = "import pipeline, archive, crawler; print(pipeline.__file__)"
    found = subprocess.run(
        [str(installed.bin / "python"), "-c", code],
        cwd=installed.work,
        env=BARE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed.bin.parent) in found.stdout


def test_in_a_bare_environment_it_is_set_up_and_examined(installed: Installed) -> None:
    assert installed.run("collect").returncode == 2
    done = installed.run("init", "--contact", "mailto:a@b.example")
    assert done.returncode == 0, done.stderr
    done = installed.run("doctor", "--offline", "--json", LANG="C")
    answer = json.loads(done.stdout)
    assert [f for f in answer["findings"] if f["state"] == "bad"] == []
    assert done.returncode == 0
    assert installed.run("daemon", "--list").returncode == 0


def test_it_collects_in_a_bare_environment(installed: Installed) -> None:
    """No HOME, LANG=C, nothing readable for others, blanks and Unicode in the data folder's name;
    as an ordinary user where there is one to become."""
    user = _ordinary_user(installed)
    data = installed.work / "Daten für später"
    data.mkdir()
    if user is not None:
        os.chown(data, user, user)
    with Replica(at=AT, world=build_world(SMALL)) as replica:
        env = {
            **replica.env(), **SETTINGS, "LANG": "C", TEST_CLOCK: offset_to(AT),
            "ISW_ARCHIVE_DATA": str(data / "archive"),
        }  # fmt: skip
        done = installed.run_as(user, "collect", "--since", "2026-03-16", **env)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in {0, 1}, done.stderr
    said = installed.run_as(user, "status", "--json", ISW_ARCHIVE_DATA=str(data / "archive"))
    held = json.loads(said.stdout)["held"]
    assert held["reports"] > 0
    assert held["sources_captured"] > 0
    files = [path for path in (data / "archive").rglob("*") if path.is_file()]
    assert [path for path in files if path.stat().st_mode & 0o077] == []


def _ordinary_user(installed: Installed) -> int | None:
    """Nobody, where we are root and nobody may read what is installed; else who we are."""
    if os.geteuid() != 0:
        return None
    words = [str(installed.bin / "python"), "-c", "import scrapy, pipeline.cli.main"]
    try:
        tried = subprocess.run(
            words, cwd="/", env=BARE, user=NOBODY, group=NOBODY, check=False, capture_output=True
        )
    except OSError:  # the interpreter itself is in somebody's home
        return None
    return None if tried.returncode else NOBODY


def test_it_serves_pages_with_its_plugin_and_templates(installed: Installed) -> None:
    web_samples.make(installed.work / "served")
    words = [str(installed.bin / "isw-archive"), "--data", "served", "serve", "--port", "0"]
    with subprocess.Popen(
        words,
        cwd=installed.work,
        env=BARE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            address = next(
                found[0]
                for line in server.stdout or ()
                if (found := re.findall(r"http://127\.0\.0\.1:\d+", line))
            )
            with urlopen(address, timeout=600) as answer:
                page = answer.read().decode()
            with urlopen(f"{address}/-/plugins.json", timeout=600) as answer:
                plugins = json.load(answer)
        finally:
            server.terminate()
    assert "isw-archive" in {plugin["name"] for plugin in plugins}
    assert "isw.css" in page


# --- the container file ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    word: str
    rest: str


def steps() -> list[Step]:
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [Step(*line.split(maxsplit=1)) for line in lines]


def test_each_step_of_the_container_file_does_what_it_says(
    wheel: Path, installed: Installed
) -> None:
    """No builder is needed: copies are of files that are there, commands are those tried above, the
    entry point starts."""
    walked = steps()
    known = {
        "FROM",
        "WORKDIR",
        "COPY",
        "RUN",
        "ARG",
        "ENV",
        "USER",
        "VOLUME",
        "ENTRYPOINT",
        "CMD",
        "EXPOSE",
        "STOPSIGNAL",
    }
    assert {step.word for step in walked} <= known
    for step in walked:
        if step.word == "COPY" and "--from" not in step.rest:
            *names, _ = step.rest.split()
            assert [name for name in names if not (ROOT / name).exists()] == []
    runs = " ; ".join(step.rest for step in walked if step.word == "RUN")
    assert "pip wheel --no-deps" in runs
    assert "--constraint constraints.txt" in runs
    assert [step.rest for step in walked if step.word == "USER"] == ["isw-archive"]
    [entry] = [json.loads(step.rest) for step in walked if step.word == "ENTRYPOINT"]
    [command] = [json.loads(step.rest) for step in walked if step.word == "CMD"]
    assert command == ["daemon"]
    env = dict(
        word.split("=", 1) for step in walked if step.word == "ENV" for word in step.rest.split()
    )
    env["ISW_ARCHIVE_DATA"] = str(installed.work / "in the container")
    done = subprocess.run(
        [str(installed.bin / entry[0]), *entry[1:], "daemon", "--list"],
        env={**BARE, **env},
        cwd=installed.work,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_what_the_container_copies_is_what_the_wheel_needs(wheel: Path) -> None:
    copied = {
        name
        for step in steps()
        if step.word == "COPY" and "--from" not in step.rest
        for name in step.rest.split()[:-1]
    }
    assert {"archive", "pipeline", "crawler", "pyproject.toml", "README.md", "LICENSE"} <= copied
    assert os.path.basename(wheel).startswith("isw_archive-")  # noqa: PTH119
