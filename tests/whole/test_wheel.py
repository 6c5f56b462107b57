"""The wheel, built from the tree without a network, in an environment of its own, and the steps of
the container file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import web_samples
from tests.conftest import ROOT

pytestmark = pytest.mark.minutes(1)

BARE = {"PATH": "/usr/bin:/bin"}
"""`env -i`: no HOME, no LANG."""


@dataclass
class Installed:
    """A place with blanks and Unicode in its name, where nothing of the tree is."""

    bin: Path
    work: Path

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.bin / "isw-archive"), *words]
        return subprocess.run(
            command, cwd=self.work, env={**BARE, **env}, capture_output=True, text=True,
            encoding="utf-8",
            check=False, timeout=300, umask=0o077,
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


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("installed") / "with blanks ü"
    venv.create(place / "env", with_pip=False, symlinks=True)
    [site] = (place / "env").glob("lib/python*/site-packages")
    # the libraries are those of this environment; what is installed from the tree is not among them
    ours = Path(pytest.__file__).parent.parent
    for entry in ours.iterdir():
        if not re.search(r"isw[_-]archive", entry.name):
            (site / entry.name).symlink_to(entry)
    words = [
        "pip",
        "--python",
        str(place / "env" / "bin" / "python"),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True, timeout=300)
    work = place / "work"
    work.mkdir()
    return Installed(place / "env" / "bin", work)


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
