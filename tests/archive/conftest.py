"""What the tests of pages look at, unless they bring an archive of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette

from tests.rot_samples import make
from tests.serving import in_process


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with sources that died and drifted."""
    root = tmp_path_factory.mktemp("rot") / "data"
    make(root)
    return root


@pytest.fixture
async def datasette(folder: Path) -> AsyncIterator[Datasette]:
    """That archive, served."""
    async with in_process(folder) as served:
        yield served
