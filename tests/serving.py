"""An archive served: `isw-archive serve` as a process, and datasette within this one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from datasette.app import Datasette

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def served(root: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running `serve`, and its address."""
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "--data",
        str(root),
        "serve",
        "--port",
        "0",
        *options,
    ]
    environment = {**os.environ, "PYTHONUNBUFFERED": "", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"serving (http://\S+:\d+/) \(Ctrl-C ends it\)\n", line)
        assert found, f"{line!r} {process.stderr.read() if process.stderr and not line else ''}"
        yield process, found[1]
    finally:
        process.kill()
        process.communicate(timeout=120)


@asynccontextmanager
async def in_process(root: Path, **settings: int) -> AsyncIterator[Datasette]:
    """Datasette over the archive in a folder, to be asked through its client."""
    served = Datasette([str(root / "archive.db")], settings=settings)
    await served.invoke_startup()
    yield served
    served.executor.shutdown()


async def text_of(served: Datasette, path: str) -> str:
    """What is answered to who asks for a page that is there."""
    answer = await served.client.get(path)
    assert answer.status_code == 200, answer.text[:400]
    return str(answer.text)
