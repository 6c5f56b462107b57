"""The process that runs a command's spiders, as the command sees it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.run.jobs.spider_process import SpiderProcess

PLAYED = """
import sys
print("first")
for line in sys.stdin:
    print('{"event": "free"}', flush=True)
    print(line.strip(), flush=True)
print('{"event": "free"}')
sys.exit(%d)
"""
"""What a process of spiders would say; it is free when the next is named."""

Played = Callable[[str], SpiderProcess]


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    """A process that plays one of spiders."""
    begun: list[subprocess.Popen[str]] = []

    def begin(code: str) -> SpiderProcess:
        log = tmp_path / "spider.log"
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=errors, text=True,
            )  # fmt: skip
        begun.append(process)
        return SpiderProcess(log, process)

    yield begin
    for process in begun:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            pipe.close()


def test_each_spider_is_heard_out_by_itself(played: Played, tmp_path: Path) -> None:
    spiders = played(PLAYED % 0)
    spiders.run("sources", tmp_path / "a job.json")
    assert list(spiders.lines()) == ["first\n"]
    assert spiders.free
    assert spiders.end() == 0
    assert not spiders.log.exists()


def test_one_that_is_dismissed_goes_while_nobody_waits(played: Played, tmp_path: Path) -> None:
    spiders = played(PLAYED % 4)
    spiders.run("sources", tmp_path / "job.json")
    assert list(spiders.lines()) == ["first\n"]
    spiders.dismiss()
    assert spiders.process.wait(60) == 4
    assert spiders.end() == 4


def test_it_is_told_what_workers_load_before_what_it_runs(played: Played, tmp_path: Path) -> None:
    spiders = played("import sys; print(sys.stdin.readline() + sys.stdin.readline())")
    spiders.prepare(())
    spiders.prepare(("a.module", "b.module"))
    spiders.run("sources", tmp_path / "job.json")
    said = list(spiders.lines())
    assert said[:2] == ['[["a.module", "b.module"]]\n', f'["sources", "{tmp_path}/job.json"]\n']


def test_one_that_dies_while_it_waits_is_heard_as_gone(played: Played, tmp_path: Path) -> None:
    spiders = played("import sys; print('last words', file=sys.stderr); sys.exit(3)")
    assert list(spiders.lines()) == []
    spiders.run("sources", tmp_path / "job.json")
    assert list(spiders.lines()) == []
    assert not spiders.free
    assert (spiders.end(), spiders.log.read_text()) == (3, "last words\n")


def test_one_under_way_ends_early_when_it_is_told_to(played: Played) -> None:
    spiders = played("import time; print('up', flush=True); time.sleep(60)")
    assert next(spiders.lines()) == "up\n"
    spiders.stop()
    assert not spiders.log.exists()
