"""Figures for Prometheus, read from the database when asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    generate_latest,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from archive import clock
from archive.db.database import open_readonly
from archive.db.tables import alarm_rows, planned_rows
from archive.errors import ArchiveError
from archive.model.times import format_time, parse_time
from archive.show.space import forecast
from archive.show.status import status
from pipeline.decide.due import YOUNG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    import sqlite_utils

    from archive.config import Settings
    from archive.folder import DataFolder

PREFIX = "isw_archive_"


class ArchiveCollector(Collector):
    """Asks the archive at each scrape."""

    def __init__(self, folder: DataFolder, settings: Settings | None = None) -> None:
        self._folder = folder
        self._settings = settings

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All figures; of an archive that cannot be read only that it cannot."""
        up = GaugeMetricFamily(f"{PREFIX}up", "1 when the database could be read.")
        try:
            with closing(open_readonly(self._folder.database)) as db:
                found = list(_figures(db, self._folder))
            up.add_metric([], 1)
            yield from found
        except (ArchiveError, sqlite3.DatabaseError):
            up.add_metric([], 0)
        yield up
        if self._settings is not None and self._settings.queue:
            yield from _cluster(self._settings)

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Give no figures at registration, so that nothing is asked for it."""
        return ()


def _figures(db: sqlite_utils.Database, folder: DataFolder) -> Iterator[GaugeMetricFamily]:
    now = clock.now()
    said = status(db, format_time(now), young=format_time(now - YOUNG))
    yield _labelled("held", "What the archive holds.", "what", said["held"])
    yield _labelled("due", "What is due now.", "what", said["due"])
    statuses = {row["status"]: row["sources"] for row in said["source_status"]}
    yield _labelled("sources", "Cited sources by status.", "status", statuses)
    captures = GaugeMetricFamily(f"{PREFIX}captures", "Captures.", labels=["kind", "outcome"])
    for row in said["outcomes"]:
        captures.add_metric([row["kind"], row["outcome"]], row["captures"])
    yield captures
    yield _steps(said["discovery"])
    yield from _runs(db)
    raised = [s for s in {s.alarm.name: s for s in alarm_rows.states(db)}.values() if s.raised]
    yield _labelled(
        "alarm", "1 for each alarm that is raised.", "alarm", {s.alarm.name: 1 for s in raised}
    )
    space = forecast(folder, now)
    parts = {"free": space.free, "evidence": space.evidence, "index": space.index}
    yield _labelled("bytes", "Room, and what is taken.", "what", parts)
    if space.bytes_per_day is not None and space.days_left is not None:
        yield GaugeMetricFamily(
            f"{PREFIX}growth_bytes_per_day", "In the last four weeks.", space.bytes_per_day
        )
        yield GaugeMetricFamily(f"{PREFIX}space_days_left", "At that pace.", space.days_left)


def _labelled(name: str, told: str, label: str, values: dict[str, Any]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{PREFIX}{name}", told, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _steps(rows: list[dict[str, Any]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        f"{PREFIX}discovery_ok", "1 when the step found what it should.", labels=["site", "step"]
    )
    for row in rows:
        family.add_metric([row["site"], row["step"]], row["ok"])
    return family


def _runs(db: sqlite_utils.Database) -> Iterator[GaugeMetricFamily]:
    ended = GaugeMetricFamily(
        f"{PREFIX}job_ended_timestamp_seconds",
        "When the newest planned run ended.",
        labels=["job", "outcome"],
    )
    for row in planned_rows.newest(db):
        if row["finished_at"]:
            labels = [str(row["planned_as"]), str(row["outcome"])]
            ended.add_metric(labels, parse_time(row["finished_at"]).timestamp())
    yield ended


def _cluster(settings: Settings) -> Iterator[GaugeMetricFamily]:
    """A cluster's figures; of a queue that does not answer only that it does not."""
    from pipeline.run.cluster.state import State, state

    up, found = 1, State()
    try:
        found = state(settings.queue)
    except ArchiveError:
        up = 0
    yield GaugeMetricFamily(f"{PREFIX}cluster_up", "1 when the queue could be read.", up)
    if not up:
        return
    workers = {"alive": found.workers, "silent": found.silent_workers}
    yield _labelled("cluster_workers", "Workers.", "state", workers)
    yield _labelled("cluster_jobs", "Jobs of the queue.", "status", found.jobs)
    for name, told, held in (
        ("lock", "Age of the oldest lock.", found.longest),
        ("wait", "Age of the job that waits for longest.", found.waits),
    ):
        seconds = held.seconds if held else 0
        yield GaugeMetricFamily(f"{PREFIX}cluster_oldest_{name}_seconds", told, seconds)
    resting = len(found.resting)
    yield GaugeMetricFamily(f"{PREFIX}cluster_resting", "Domains left alone for now.", resting)


def registry(folder: DataFolder, settings: Settings | None = None) -> CollectorRegistry:
    """All figures of an archive, and of its cluster where the settings name one; nothing of this
    process."""
    registry = CollectorRegistry()
    registry.register(ArchiveCollector(folder, settings))
    return registry


def text(folder: DataFolder, settings: Settings | None = None) -> str:
    """The metrics in Prometheus's text format."""
    return generate_latest(registry(folder, settings)).decode()


def serve(folder: DataFolder, host: str, port: int, settings: Settings | None = None) -> None:
    """Serve the metrics over HTTP until interrupted."""
    server, thread = start_http_server(port, host, registry(folder, settings))
    try:
        thread.join()
    finally:
        server.shutdown()
