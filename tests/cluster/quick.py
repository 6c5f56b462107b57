"""`python -m tests.cluster.quick …`: isw-archive, where a worker counts as gone after seconds."""

from __future__ import annotations

from pipeline.cli.main import main
from pipeline.run.cluster import queue

SILENT_S = 4.0

if __name__ == "__main__":
    queue.SILENT_S = SILENT_S
    main()
