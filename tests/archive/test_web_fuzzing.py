"""Whatever is asked of any route, in any format, is answered: never by a fault of the server.

The routes are those that the plugin registers and those of datasette; more examples than in CI:
`ISW_ARCHIVE_TEST_FUZZ=20000 pytest -n 0 tests/archive/test_web_fuzzing.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest
from datasette.app import Datasette
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.web import plugin
from archive.web.serve import make_datasette
from tests import web_samples as samples

# datasette lets go of coroutines that it has not awaited when it stumbles over an argument
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning"),
]

EXAMPLES = int(os.environ.get("ISW_ARCHIVE_TEST_FUZZ", "400"))
HANGS_S = 300
"""An answer that takes longer never comes: a statement ends after five seconds, and a slow machine
is given its time."""

WEB = Path(plugin.__file__).parent
NAMED = re.compile(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)")
ANSWERS = frozenset({200, 302, 400, 403, 404, 405})

WORDS = (
    "", "0", "1", "2", "3", "4", "-1", "9" * 30, "1e9", "nope", "depot", "port* NEAR fire", '"',
    "'", "(", "a AND", "NOT", "NEAR/0", "*", "%", "%00", "\x00", "\ud7ff", "\u202e",
    "../../etc/passwd",
    "складе", "המחסן", "2026-03-03", "2026-13-99", "9999999999999999999", "id", "id desc", "--",
    "null", "true", "csv", "json", "isw", "ctp:1", "isw:2", "telegram", "portwatch", "t.me",
    "dead", "sentences", "select 1", "select randomblob(9)", "[]", "{", '{"a": 1}', "x" * 3000,
    samples.REPORT_ID, samples.BAD_ID, samples.SOURCE_URL, samples.SCRIPT, samples.QUOTES,
    "https://t.me/portwatch/12", "//evil.example", "javascript:alert(1)",
)  # fmt: skip
OURS = tuple(
    sorted(
        {
            name
            for path in WEB.glob("*.py")
            for name in re.findall(r'args(?:\.get\(|\[)"(\w+)"', path.read_text(encoding="utf-8"))
        }
        | {"q", "kind", "series", "sort", "since", "until", "language", "status", "all", "words"}
    )
)
"""What our pages ask of an address, as their code names it."""
DATASETTES = (
    "_sort", "_sort_desc", "_facet", "_facet_size", "_facet_date", "_facet_array", "_size", "_next",
    "_search", "_search_title", "_searchmode", "_where", "_through", "_shape", "_col", "_nocol",
    "_labels", "_label", "_json", "_stream", "_format", "_extra", "_trace", "_timelimit",
    "_nofacet", "_nosuggest", "_nocount", "_ttl", "_blob_column", "sql", "_hide_sql", "_show_sql",
    "id__exact",
    "id__gt", "title__contains", "title__glob", "status__in", "id__arraycontains", "id__isnull",
    "id",
)  # fmt: skip
ENDINGS = ("", "", "", ".json", ".csv", ".blob", ".nope", ".jsono")

VALUES = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=12))
QUERY = st.lists(st.tuples(st.sampled_from((*OURS, *DATASETTES)), VALUES), max_size=4).map(
    lambda pairs: urlencode(pairs, errors="replace")
)


@dataclass(frozen=True)
class Served:
    """A datasette, and the loop that its connections belong to."""

    datasette: Datasette
    loop: asyncio.AbstractEventLoop

    def answer(self, path: str, method: str = "GET") -> tuple[int, str]:
        """Status, and what came on standard error."""
        said = io.StringIO()

        async def ask() -> httpx.Response:
            asked = self.datasette.client.request(method, path)
            return await asyncio.wait_for(asked, HANGS_S)

        with contextlib.redirect_stderr(said):
            status = self.loop.run_until_complete(ask()).status_code
        return status, said.getvalue()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = samples.make(tmp_path_factory.mktemp("fuzz") / "data")
    datasette = make_datasette(folder)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(datasette.invoke_startup())
    yield Served(datasette, loop)
    datasette.executor.shutdown()
    loop.close()


def _filled(pattern: str, pieces: list[str]) -> str:
    """A path that a route may take, with something for each of its parts."""
    rest = iter(pieces)
    bare = NAMED.sub(lambda _: quote(next(rest, "1"), safe="/~", errors="replace"), pattern)
    return re.sub(r"\\(.)", r"\1", bare.strip("^$")).replace("/?", "/")


def _own(datasette: Datasette) -> list[str]:
    return [route for route, _ in plugin.register_routes(datasette)]


def check(served: Served, path: str) -> None:
    """It is answered, and nothing was wrong behind it."""
    try:
        status, said = served.answer(path)
    except httpx.InvalidURL:
        return  # no browser could ask for it
    assert status in ANSWERS, (status, path)
    assert "Traceback" not in said, (path, said)


def fuzzed(examples: int) -> settings:
    """Seeded; what fails names its address, so nothing is spent on a smaller one."""
    return settings(
        max_examples=examples, derandomize=True, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def test_each_of_our_routes_answers_whatever_is_asked(served: Served) -> None:
    routes = _own(served.datasette)
    assert len(routes) > 10

    @fuzzed(EXAMPLES)
    @given(
        route=st.sampled_from(routes),
        pieces=st.lists(VALUES.filter(bool), min_size=3, max_size=3),
        ending=st.sampled_from(ENDINGS),
        query=QUERY,
    )
    def ask(route: str, pieces: list[str], ending: str, query: str) -> None:
        check(served, f"{_filled(route, pieces)}{ending}?{query}")

    ask()


def test_each_of_datasettes_routes_answers_whatever_is_asked(served: Served) -> None:
    names = served.loop.run_until_complete(served.datasette.get_database().table_names())
    views = served.loop.run_until_complete(served.datasette.get_database().view_names())
    queries = served.loop.run_until_complete(served.datasette.get_canned_queries("archive", None))
    assert queries
    shown = [*names, *views, *queries]

    @fuzzed(EXAMPLES)
    @given(
        table=st.sampled_from(["", *shown]),
        row=st.one_of(st.none(), st.none(), VALUES),
        ending=st.sampled_from(ENDINGS),
        query=QUERY,
    )
    def ask(table: str, row: str | None, ending: str, query: str) -> None:
        path = f"/archive/{quote(table)}" if table else "/archive"
        if row is not None:
            path += "/" + quote(row, safe="~,", errors="replace")
        check(served, f"{path}{ending}?{query}")

    ask()


def test_no_address_at_all_is_a_fault(served: Served) -> None:
    @fuzzed(EXAMPLES // 4)
    @given(pieces=st.lists(VALUES, max_size=5), query=QUERY)
    def ask(pieces: list[str], query: str) -> None:
        path = "/".join(quote(piece, safe="~", errors="replace") for piece in pieces)
        check(served, f"/{path}?{query}")

    ask()


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_answered_plainly(served: Served, method: str) -> None:
    for path in ("/", "/-/search?q=depot", f"/-/report/{samples.REPORT_ID}", "/archive/reports"):
        status, said = served.answer(path, method)
        assert status < 500, (method, path, status)
        assert "Traceback" not in said
