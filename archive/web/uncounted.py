"""Views of joins, whose rows nobody counts for a page that shows the first of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from archive.web.described import our_databases

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from datasette.app import Datasette

    from archive.web.headers import App, Receive, Send

UNCOUNTED = (
    "cited_sources", "event_sentences", "missing_days", "only_copies", "report_links",
    "rot_by_report", "same_texts",
)  # fmt: skip
"""Counting one takes as long as making all of it: seconds for a million citations."""
_PAGE = re.compile(rf"/([^/.]+)/({'|'.join(UNCOUNTED)})$")
_ARGUMENT = "_nocount"


def uncounted(app: App, datasette: Datasette) -> App:
    """`app`, whose pages of whole views are answered without the number of their rows.

    With a filter, and as data, they are counted as ever.
    """

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        found = _PAGE.search(scope["path"]) if scope["type"] == "http" else None
        if found and found[1] in our_databases(datasette):
            asked = scope["query_string"].decode("latin-1")
            names = {name for name, _ in parse_qsl(asked, keep_blank_values=True)}
            if all(name.startswith("_") for name in names) and "_search" not in names:
                more = f"{asked}&{_ARGUMENT}=1" if asked else f"{_ARGUMENT}=1"
                scope = {**scope, "query_string": more.encode("latin-1")}
        await app(scope, receive, send)

    return wrapped
