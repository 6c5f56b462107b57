"""What commands take that have little to do, beside a Python that does nothing."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench.measure import Usage, run
from tests.bench.reading import WARCS
from tests.bench.replicas import patient_with_nobody
from tests.bench.table import Spread, row
from tests.replica.server import Replica

COLUMNS = ("command", "ms on the clock", "from, to", "ms CPU (from, to)", "beside Python alone")
_NOTHING = [sys.executable, "-c", "pass"]


def start_up(runs: int = 5) -> None:
    """Medians of this many runs, each beside one of Python alone."""
    _shown("python -c pass", _NOTHING, runs)
    _shown("isw-archive --help", _ours("--help"), runs)
    with tempfile.TemporaryDirectory() as name:
        _on_saved(Path(name) / "saved", runs)
        _on_replica(Path(name) / "crawled", runs)


def _on_saved(data: Path, runs: int) -> None:
    """An archive of saved reports."""
    paths = [str(path) for path in WARCS if path.exists()]
    if not paths:
        row("isw-archive status", "no saved reports here")
        return
    run(_ours("--data", str(data), "import", *paths))
    _shown("isw-archive status, 471 reports", _ours("--data", str(data), "status"), runs)


def _on_replica(data: Path, runs: int) -> None:
    """An archive that has all that the small web of the tests has."""
    with Replica() as replica:
        env = patient_with_nobody(replica.env())
        for _ in range(2):  # the second takes what the first left for later
            run(_ours("--data", str(data), "collect"), env)
        for words in ("status", "check", "collect"):
            name = f"isw-archive {words}" + (
                ", nothing due" if words != "status" else ", small web"
            )
            _shown(name, _ours("--data", str(data), words), runs, env)


def _ours(*words: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", *words]


def _shown(name: str, words: list[str], runs: int, env: Mapping[str, str] | None = None) -> None:
    took: list[tuple[Usage, Usage]] = [(run(words, env), run(_NOTHING)) for _ in range(runs)]
    wall, around = Spread.of([1e3 * one.wall_s for one, _ in took]).shown(".0f")
    cpu, cpu_around = Spread.of([1e3 * one.cpu_s for one, _ in took]).shown(".0f")
    ratio = Spread.of([one.cpu_s / nothing.cpu_s for one, nothing in took])
    row(name, wall, around, f"{cpu} ({cpu_around})", f"{ratio.middle:.1f} times in processor time")
