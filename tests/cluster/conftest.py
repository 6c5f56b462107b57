"""A PostgreSQL for all tests of a cluster; each has a database of its own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.postgres import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with server() as made:
        yield made


@pytest.fixture
def queue_at(postgres: Server) -> str:
    """Words for libpq."""
    return postgres.database()
