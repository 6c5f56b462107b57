"""The datasette plugin: descriptions, readable cells, report and capture pages, security headers, folded search.

It acts only where one of the databases served is an archive of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from datasette import hookimpl

from archive.web.described import metadata_for, our_databases

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette

_F = TypeVar("_F", bound="Callable[..., Any]")


def _hook(function: _F) -> _F:
    """`hookimpl`, which has no types."""
    marked: _F = hookimpl(function)
    return marked


@_hook
def get_metadata(
    datasette: Datasette, key: str | None, database: str | None, table: str | None
) -> dict[str, Any]:
    """Describe our tables, so that `datasette data/archive.db` alone is pleasant."""
    top_only = database is None and key not in {None, "databases"}
    return metadata_for(list(our_databases(datasette)), top_only=top_only, table=table)
