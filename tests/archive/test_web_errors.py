"""What is not here, or not understood, is said plainly; nothing of it is a fault of the server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette

from tests import web_samples as samples
from tests.serving import in_process


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("errors") / "data").root


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root) as served:
        yield served


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/-/static-plugins/isw-archive/" + "x" * 300, 404),
        ("/-/static/" + "x" * 300, 404),
        ("/-/a/b/c/d", 404), ("/web/20260304000000/https://x.example", 404), ("/nope", 404),
        ("/archive/nope", 404),
        ("/archive/captures/zzz", 404), ("/archive/figures/1", 404),
        ("/-/nope.json", 404), ("/archive/reports?_sort=nope", 400),
        ("/archive/reports.csv?_sort=nope", 400), ("/archive/rot_by_host?_sort=nope", 400),
        ("/archive/reports?_through=x", 400), ("/archive/reports?_through=true", 400),
        ("/archive/reports?_timelimit=x", 400), ("/archive?sql=select+1&_timelimit=x", 400),
        ("/archive/reports?_facet={}", 400), ('/archive/reports?_facet_date={"column":1}', 400),
        ("/archive/reports?_facet={", 400), ("/archive/event_sentences?_next=x", 400),
        ("/archive/reports?_through=[]", 400), ('/archive/reports?_through={"table":1}', 400),
        ('/archive/reports?_through={"table":"notes","column":"id","value":[]}', 400),
        ("/archive/search_everywhere?words=%00", 200), ("/archive/notes?_search=%00", 200),
        ("/archive.json?sql=select+randomblob(1000000000)", 400),
        ("/archive?sql=select+zeroblob(2000000000)", 400),
        ("/archive?sql=select+hex(zeroblob(60000000))", 400), ("/-/rot?kind=%00", 404),
        ("/-/report/%00", 404), ("/archive/newest_edits.nope", 404),
        ("/archive/newest_edits/1", 404), ("/archive/-/query", 404), ("/-/runs?db=nope", 404),
        ("/-/corrections?page=000000001" + "9" * 30, 404), ("/-/card/edit/9/0.svg", 404),
        ("/-/rot.svg?kind=x", 404), ("/-/capture/99/record", 404),
        ("/archive/search_everywhere.csv?words=%00", 200), ("/archive/notes?_where=1=(", 400),
        ("/archive/newest_edits.json", 200), ("/archive/reports?%00=1", 400),
        ("/archive/reports.json?_where=%00", 400), ("/archive/reports?_facet=%00", 400),
    ],
)  # fmt: skip
async def test_a_wrong_address_is_answered_plainly(
    datasette: Datasette, path: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == status, answer.text[:300]
    assert "Traceback" not in "".join(capsys.readouterr())
    if not path.split("?", maxsplit=1)[0].endswith((".json", ".csv")):
        assert '<html lang="en">' in answer.text


@pytest.mark.parametrize(
    "path",
    ["/-/report/x", "/archive", "/", "/-/search", "/archive/sources", "/archive/newest_edits"],
)
async def test_nothing_can_be_posted(datasette: Datasette, path: str) -> None:
    assert (await datasette.client.post(path)).status_code in {403, 404, 405}


def test_errors_are_answered_also_by_the_program_itself(root: Path) -> None:
    """In a process of its own: which module is imported first decided it once."""
    program = f"""
import asyncio
from pathlib import Path
from archive.folder import DataFolder
from archive.web.serve import make_datasette

async def ask():
    served = make_datasette(DataFolder(Path({str(root)!r})))
    await served.invoke_startup()
    print((await served.client.get("/nope")).status_code)
    served.executor.shutdown()

asyncio.run(ask())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "404"
    assert "Traceback" not in done.stderr
