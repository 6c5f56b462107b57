"""For tests of the spiders: the real engine in a process of its own, the replica as its web, a real
archive."""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.clock import TEST_CLOCK, offset_to
from archive.config import Settings
from archive.db.database import open_readonly
from archive.folder import DataFolder
from archive.warc.reader import WarcRecord, iter_records
from pipeline.run.job import SpiderJob
from pipeline.run.jobs.mending.recover import recover
from pipeline.run.jobs.spider_process import SpiderProcess
from tests.lasting import clock_beside
from tests.replica.citing_report import web_citing
from tests.replica.server import Replica
from tests.replica.sites import Site

ROOT = Path(__file__).parent.parent
AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
QUICK = {
    "ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32",
    "ISW_ARCHIVE_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_REPORT_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_TIMEOUT_S": "10",
    "ISW_ARCHIVE_WORKERS": "1",
    "SCRAPY_SETTINGS_MODULE": "crawler.settings",
}
_NOTHING_SET: Mapping[str, str] = {}


@dataclass
class Run:
    """What a spider said.

    Attributes:
        events: In order.
        log: Its standard error.
    """

    code: int
    events: list[dict[str, Any]]
    log: str

    @property
    def done(self) -> dict[str, Any]:
        return self.events[-1]

    def captures(self, kind: str) -> dict[str, str]:
        """Outcome of each URL of a kind, the last of several."""
        mine = [e for e in self.events if e["event"] == "capture" and e["kind"] == kind]
        return {event["url"]: event["outcome"] for event in mine}

    def steps(self) -> list[tuple[str, str, bool]]:
        found = [e for e in self.events if e["event"] == "discovery"]
        return [(event["site"], event["step"], event["ok"]) for event in found]


@dataclass
class Crawl:
    """A data folder and the spiders that write it."""

    data: Path
    replica: Replica
    env: dict[str, str] = field(default_factory=dict)
    lasting: Lasting | None = None

    def __post_init__(self) -> None:
        self.move_to(AT)

    def move_to(self, at: datetime) -> None:
        """From now on the spiders believe that it is `at`, and that time goes on from there."""
        self.replica.set_time(at)
        self.env = {**self.env, TEST_CLOCK: offset_to(at)}

    def start(
        self,
        spider: str,
        *,
        file_limit: int | None = None,
        before: tuple[str, ...] = (),
        entry: str = "scrapy",
        **job: Any,
    ) -> subprocess.Popen[str]:
        """A spider at work.

        Args:
            spider: Its name.
            before: The beginning of a command that starts it.
            entry: `crawler`: as commands start it, ending with its standard input.
            file_limit: No file grows beyond so many bytes: the nearest thing to a full disk.
            job: Fields of the job.
        """
        path = self.job(job)
        process = subprocess.Popen(
            [*before, sys.executable, "-m", *_entry(entry, spider, path)],
            cwd=ROOT,
            env={**self.replica.env(), **QUICK, **self.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if file_limit is not None:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (file_limit, file_limit))
        return process

    def job(self, job: dict[str, Any]) -> Path:
        """The file that says what a spider is to do."""
        path = self.data.parent / f"{self.data.name}-job.json"
        replace(SpiderJob(data=str(self.data), run="test"), **job).write(path)
        return path

    @contextlib.contextmanager
    def in_one_process(self) -> Iterator[None]:
        """Spiders run one after the other in one process, as those of a command do, which saves a
        second or two each; what `env` says otherwise than the time, it says for all."""
        self.lasting = Lasting(self)
        try:
            yield
        finally:
            self.lasting.end()
            self.lasting = None

    def run(self, spider: str, **job: Any) -> Run:
        if self.lasting is not None:
            return self.lasting.run(spider, self.job(job))
        with self.start(spider, **job) as process:
            out, log = process.communicate(timeout=600)
        return Run(process.returncode, [json.loads(line) for line in out.splitlines()], log)

    def recover(self) -> None:
        recover(DataFolder(self.data), Settings())

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        db = open_readonly(self.data / "archive.db")
        try:
            return [tuple(row) for row in db.execute(sql).fetchall()]
        finally:
            db.close()

    def records(self) -> Iterator[WarcRecord]:
        for path in sorted((self.data / "warc").glob("*.warc.gz")):
            yield from iter_records(path)

    def exchanges(self, uri: str) -> list[WarcRecord]:
        """Responses, revisits and failures of one URL, in the order of their captures."""
        found = [r for r in self.records() if r.uri == uri and r.context is not None]
        return sorted(
            found, key=lambda r: (r.context.capture_id, r.context.hop) if r.context else (0, 0)
        )


class Lasting:
    """A process that runs the spiders of a crawl, each at its time."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._spiders: SpiderProcess | None = None

    def run(self, spider: str, job: Path) -> Run:
        clock_beside(job).write_text(self._crawl.env[TEST_CLOCK])
        if self._spiders is None:
            self._spiders = self._start(spider, job)
        else:
            self._spiders.run(spider, job)
        events = [json.loads(line) for line in self._spiders.lines()]
        return Run(0, events, self._spiders.log.read_text())

    def end(self) -> None:
        if self._spiders is not None:
            self._spiders.end()

    def _start(self, spider: str, job: Path) -> SpiderProcess:
        log = job.with_suffix(".log")
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.lasting", spider, str(job)],
                cwd=ROOT,
                env={**self._crawl.replica.env(), **QUICK, **self._crawl.env},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        return SpiderProcess(log, process)


@contextlib.contextmanager
def crawl_citing(
    folder: Path, cited: Sequence[str], *sites: Site, env: Mapping[str, str] = _NOTHING_SET
) -> Iterator[Crawl]:
    """An archive that holds one report with these citations, five minutes after it was captured,
    and the web that it is in."""
    web, report = web_citing(cited, *sites)
    with Replica(at=AT, world=web) as replica:
        crawl = Crawl(folder / "data", replica, dict(env))
        crawl.run("reports", urls=(report.url,))
        crawl.move_to(AT + timedelta(minutes=5))
        yield crawl


def command(
    crawl: Crawl, *words: str, timeout_s: float = 600, **env: str
) -> subprocess.CompletedProcess[str]:
    """A command of the program over the folder of a crawl, in its web and at its time."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(crawl.data), *words],
        cwd=ROOT, env={**crawl.replica.env(), **QUICK, **crawl.env, **env}, capture_output=True,
        text=True, check=False,
        timeout=timeout_s,
    )  # fmt: skip


def _entry(entry: str, spider: str, job: Path) -> tuple[str, ...]:
    if entry == "crawler":
        return ("crawler", spider, str(job))
    return ("scrapy", "crawl", spider, "-a", f"job={job}")
