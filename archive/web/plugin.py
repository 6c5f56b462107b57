"""The datasette plugin: descriptions, cells, pages, security headers, folded search.

It acts only where one of the databases served is an archive of ours.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from datasette import hookimpl
from datasette.utils import escape_fts, tilde_encode
from datasette.utils.asgi import BadRequest, NotFound, asgi_static

from archive import clock
from archive.counted import counted
from archive.db.folding import index_is_folded
from archive.errors import BadUrlError
from archive.folding import fold
from archive.show import laid_out, operations_reading, plain, reading
from archive.urls.normal import source_key
from archive.web import as_of, cells, columns, errors, people, slim, titled
from archive.web.answering import feeds, read
from archive.web.bounded_counts import on_pages
from archive.web.datasette_fixes import improved
from archive.web.described import metadata_for, our_databases
from archive.web.excerpt import around, points
from archive.web.headers import page_policy, with_headers
from archive.web.links import Links
from archive.web.pages import routes
from archive.web.posted import forms_only
from archive.web.replaced import reopening_replaced
from archive.web.report import shares
from archive.web.uncounted import uncounted
from archive.web.withheld import is_allowed, withholding, without_withheld

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from jinja2 import Environment

    from archive.web.headers import App

_F = TypeVar("_F", bound="Callable[..., Any]")

HERE = Path(__file__).resolve().parent

STATIC = "/-/static-plugins/isw-archive/"
"""Where datasette serves a plugin's files; of modules in packages it finds none before Python 3.12,
so we do."""

NEWEST = 15
"""Reports on the home page: three days of five series."""


def _hook(function: _F) -> _F:
    """`hookimpl`, which has no types."""
    marked: _F = hookimpl(function)
    return marked


def _last_hook(function: _F) -> _F:
    """A hook that runs after datasette's own."""
    marked: _F = hookimpl(function, trylast=True)
    return marked


@_hook
def get_metadata(
    datasette: Datasette, key: str | None, database: str | None, table: str | None
) -> dict[str, Any]:
    """Describe our tables, so that `datasette data/archive.db` alone is pleasant."""
    return metadata_for(list(our_databases(datasette)), key, database, table)


@_hook
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Let our templates come before datasette's own and after the operator's."""
    env.filters["isw_link"] = cells.outer_link
    env.filters["isw_badge"] = cells.told_badge
    env.filters["isw_time"] = cells.moment
    env.filters["isw_prose"] = cells.prose
    env.filters["isw_list"] = cells.listing
    env.filters["isw_visible"] = cells.visible
    env.filters |= {"isw_improved": improved, "isw_narrowed": columns.narrowed}
    env.filters["isw_label"] = columns.label
    env.filters["isw_heading"] = columns.heading
    env.filters["isw_choice"] = columns.choice
    env.filters["isw_row_key"] = columns.row_key
    env.globals["isw_hidden"] = slim.hidden
    env.globals["isw_first_tables"] = slim.FIRST
    env.filters["isw_anchor"] = lambda label: laid_out.label_anchor(label) or ""
    env.filters["isw_points"] = points
    env.filters["isw_bare"] = cells.short_address
    env.filters["isw_now"] = as_of.as_it_is_now
    env.filters["isw_span"] = plain.span_told
    env.filters["isw_wait"] = plain.wait_told
    env.filters["isw_with"] = cells.with_arguments
    env.filters["isw_series"] = plain.series_name
    env.filters["isw_language"] = plain.language_name
    env.filters["isw_platform"] = plain.platform_name
    env.filters["isw_counted"] = counted
    env.filters["isw_status"] = plain.status_words
    env.filters["isw_tone"] = cells.tone
    if our_databases(datasette):
        folders = env.loader.loaders[0].searchpath  # type: ignore[union-attr]
        folders.insert(len(folders) - 1, str(HERE / "templates"))


@_hook
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Our pages and files."""
    if not our_databases(datasette):
        return []
    return [
        *routes(datasette.renderers),
        (rf"^{STATIC}(?P<path>.*)$", asgi_static(str(HERE / "static"))),
    ]


@_hook
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Security headers, on everything but other plugins' pages; and the file that stands there
    now."""
    if not our_databases(datasette):
        return lambda app: app
    policy = page_policy(datasette, sys.modules[__name__])

    def inner(app: App) -> App:
        counted = on_pages(uncounted(app, datasette), datasette)
        return forms_only(withholding(counted, datasette))

    return lambda app: reopening_replaced(with_headers(inner(app), policy), datasette)


@_hook
def filters_from_request(
    request: Request, database: str, table: str, datasette: Datasette
) -> Callable[[], Awaitable[Any]]:
    """Tables without what is withheld."""
    errors.mind_asked(request)
    return lambda: without_withheld(datasette, database, table)


@_hook
def permission_allowed(
    datasette: Datasette, actor: dict[str, Any] | None, action: str, resource: Any
) -> bool | Callable[[], Awaitable[bool | None]] | None:
    """No SQL of visitors and no copy of the database while something in it is withheld; and who may
    write."""
    if action == people.ACTION:
        return people.is_permitted(datasette, actor)
    return lambda: is_allowed(datasette, action, resource)


@_hook
def extra_css_urls(datasette: Datasette) -> list[str]:
    """Our style, after datasette's."""
    return [datasette.urls.path(f"{STATIC}isw.css")] if our_databases(datasette) else []


@_last_hook
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Functions that our queries use.

    Datasette's `escape_fts` also folds where the index is folded.
    """
    if database not in our_databases(datasette):
        return
    errors.limit(conn)
    conn.create_function("canonical_url", 1, _canonical_url, deterministic=True)
    folded = index_is_folded(conn)
    conn.create_function("escape_fts", 1, lambda words: _escape(words, folded=folded))
    conn.create_function("around", 2, around, deterministic=True)


def _canonical_url(url: Any) -> str | None:
    """The form under which a source is held, of an address as people type it.

    None for what is none.
    """
    text = str(url or "").strip()
    try:
        return source_key(text if "://" in text else f"https://{text}")
    except BadUrlError:
        return None


def _escape(words: Any, *, folded: bool) -> str:
    text = str(words or "").replace("\0", " ")  # which would end the expression
    escaped: str = escape_fts(fold(text) if folded else text)
    return escaped or '""'


@_hook
def render_cell(
    row: Mapping[str, Any],
    value: Any,
    column: str,
    table: str | None,
    database: str,
    datasette: Datasette,
) -> Any:
    """How values look, in tables and in answers of queries."""
    ours = our_databases(datasette)
    if database not in ours:
        return None
    return titled.cell(value, column, _links(datasette, database), row, table, ours[database])


def _links(datasette: Datasette, database: str, at: str | None = None) -> Links:
    return _links_of(datasette, database, next(iter(our_databases(datasette))), at)


def _own(database: str, first: str, at: str | None) -> dict[str, str]:
    """What links and forms of an archive's pages say: which archive, and as of when."""
    return {
        **({} if database == first else {"db": database}),
        **({} if at is None else {as_of.ARGUMENT: at}),
    }


# asked for every cell of a table
@lru_cache(maxsize=8)
def _links_of(datasette: Datasette, database: str, first: str, at: str | None) -> Links:
    argument = cells.with_arguments("", **_own(database, first, at))

    def path(start: str, rest: Any) -> str:
        return str(datasette.urls.path(f"/-/{start}/{quote(str(rest))}{argument}"))

    def source(number: Any, compared: int | None = None) -> str:
        where = path("source", number)
        sign = "&" if "?" in where else "?"
        return where if compared is None else f"{where}{sign}with={compared}"

    return Links(
        report=lambda name, about="": path("report", f"{name}/{about}" if about else name),
        version=lambda number: path("version", number),
        capture=lambda number, of="": path("capture", f"{number}/{of}" if of else number),
        source=source,
        geo=lambda name: str(datasette.urls.path(f"/-/geo/{quote(str(name))}.geojson")) + argument,
        rot=str(datasette.urls.path(f"/-/rot{argument}")),
        support=str(datasette.urls.path(f"/-/support{argument}")),
        series=lambda name: path("series", name),
        search=str(datasette.urls.path(f"/-/search{argument}")),
        runs=str(datasette.urls.path(f"/-/runs{argument}")),
        alarms=str(datasette.urls.path(f"/-/alarms{argument}")),
        run=lambda name: path("run", name),
        account=lambda platform, name: cells.with_arguments(
            str(datasette.urls.path(f"/-/account{argument}")), platform=platform, account=name
        ),
        host=lambda name: cells.with_arguments(
            str(datasette.urls.path(f"/-/host{argument}")), host=name
        ),
        card=lambda what, form: str(datasette.urls.path(f"/-/card/{what}.{form}{argument}")),
        corrections=str(datasette.urls.path(f"/-/corrections{argument}")),
        latency=str(datasette.urls.path(f"/-/latency{argument}")),
        held=str(datasette.urls.path(f"/-/held{argument}")),
        watches=str(datasette.urls.path(f"/-/watches{argument}")),
        queue=str(datasette.urls.path(f"/-/queue{argument}")),
        lists=str(datasette.urls.path(f"/-/lists{argument}")),
        about=str(datasette.urls.path(f"/-/about{argument}")),
        row=lambda table, key: str(datasette.urls.row(database, table, tilde_encode(str(key)))),
    )


@_hook
def extra_template_vars(
    database: str | None,
    table: str | None,
    view_name: str,
    request: Request | None,
    datasette: Datasette,
) -> dict[str, Any] | Callable[[], Awaitable[dict[str, Any]]]:
    """What our templates need beyond datasette's own."""
    ours = our_databases(datasette)
    if view_name == "index" and ours:
        return _home(datasette, request)
    if not ours:
        return {}
    if database not in ours:
        ways = _links(datasette, next(iter(ours)))
        return {"isw_search": ways.search, "isw_about": ways.about, "isw_held": ways.held}
    at = as_of.asked_moment(request) if view_name == "isw" else None
    links = _links(datasette, str(database), at)

    return {
        "isw_links": links,
        "isw_own": _own(str(database), next(iter(ours)), at),
        **titled.template_cells(links, table, ours[str(database)]),
        "isw_search": links.search,
        "isw_about": links.about,
    }


def _home(datasette: Datasette, request: Request | None) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def variables() -> dict[str, Any]:
        homes = []
        today = clock.now().date()
        at = _asked_of_home(request)
        for name, served in our_databases(datasette).items():
            database = as_of.as_asked(datasette, request, served)
            homes.append(
                {
                    "name": name,
                    "links": _links(datasette, name, at),
                    "own": _own(name, next(iter(our_databases(datasette))), at),
                    "reports": await database.execute_fn(
                        lambda db: reading.newest_reports(db, NEWEST)
                    ),
                    "counts": await database.execute_fn(reading.counts),
                    "fates": shares(await database.execute_fn(reading.sources_by_status)),
                    "news": await read(
                        datasette, database, lambda db: operations_reading.news(db, today)
                    ),
                    "queries": list((await datasette.get_canned_queries(name, None)).values()),
                }
            )
        first = as_of.as_asked(datasette, request, next(iter(our_databases(datasette).values())))
        return {
            "isw_as_of": at,
            "isw_can_be_past": True,
            "isw_homes": homes,
            "isw_search": homes[0]["links"].search,
            "isw_about": homes[0]["links"].about,
            "isw_own": homes[0]["own"],
            "isw_feeds": feeds(datasette, first, None),
        }

    return variables


def _asked_of_home(request: Request | None) -> str | None:
    """The moment as which the home page is asked for.

    Raises:
        BadRequest: What is given is none; where `/` is not found, datasette leads back to `/`.
    """
    try:
        return as_of.asked_moment(request)
    except NotFound as error:
        raise BadRequest(str(error)) from error


def _wrapping_hook(function: _F) -> _F:
    """A hook that has the last word about what the others say."""
    marked: _F = hookimpl(function, hookwrapper=True)
    return marked


@_wrapping_hook
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Iterator[None]:
    """A plain page in place of datasette's own, which prints its stack for what a reader
    mistyped."""
    outcome: Any = yield
    if our_databases(datasette):
        others = [
            one
            for one in outcome.get_result() or ()
            if one.__module__ != "datasette.handle_exception"
        ]
        outcome.force_result([errors.answering(datasette, request, exception), *others])


@_hook
def menu_links(datasette: Datasette, request: Request) -> list[dict[str, str]]:
    """Ways that are wanted from every page; from one of the past, to pages of the same moment."""
    links, at = [], as_of.asked_rightly(request)
    for name in our_databases(datasette):
        ways = _links(datasette, name, at)
        links += [
            {"href": ways.search, "label": "Search"},
            {"href": ways.held, "label": "Is it held?"},
            {"href": ways.rot, "label": "How long sources last"},
            {"href": ways.support, "label": "What sentences rest on"},
            {"href": ways.corrections, "label": "What was edited"},
            {"href": ways.runs, "label": "Runs"},
            {"href": ways.alarms, "label": "Alarms"},
            {"href": ways.queue, "label": "Asked to be captured again"},
            {"href": ways.watches, "label": "Watches"},
            {"href": ways.about, "label": "About this archive"},
        ]
    return links
