"""The pages of an account and of a host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from archive.show import group_reading, plain, rot
from archive.web import curves
from archive.web.answering import database_of, page
from archive.web.curves import Labels
from archive.web.report import shares

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

LEAST_DRAWN = 5
"""Sources that were followed; a curve of fewer says more of chance than of the account."""
_LABELS = Labels("Link rot of what is cited of it", "Days since first seen", "Share not dead")


async def account_page(request: Request, datasette: Datasette) -> Response:
    """What is cited of an account or channel, by whom, when, and what became of it."""
    database = await database_of(datasette, request)
    platform, name = request.args.get("platform") or "", request.args.get("account") or ""
    if not platform or not name:
        raise NotFound("Of which account? Name it: ?platform=telegram&account=NAME")
    found = await database.execute_fn(lambda db: group_reading.account(db, platform, name))
    if found is None:
        raise NotFound(f"No source of {name} on {platform} is cited")
    about = {"platform": platform, "account": name}
    told = {"name": name, "platform": platform, "filter": about}
    return await _shown(request, datasette, {"group": found, **told, "feed": about})


async def host_page(request: Request, datasette: Datasette) -> Response:
    """The page of a host: what is cited of it."""
    database = await database_of(datasette, request)
    name = request.args.get("host") or ""
    if not name:
        raise NotFound("Of which host? Name it: ?host=t.me")
    found = await database.execute_fn(lambda db: group_reading.host(db, name))
    if found is None:
        raise NotFound(f"No source on {name} is cited")
    told = {"name": name, "platform": None, "filter": {"host": name}}
    return await _shown(request, datasette, {"group": found, **told, "feed": {"host": name}})


async def _shown(request: Request, datasette: Datasette, context: dict[str, Any]) -> Response:
    database = await database_of(datasette, request)
    group = context["group"]
    most = max((one["citations"] for one in group["months"]), default=1)
    fates = shares(group["fates"])
    told = {**context["filter"], **group, "fates": fates}
    life = group["life"]
    drawn = life and life.told >= LEAST_DRAWN and curves.picture([life], _LABELS)
    shown = {
        **context, "plain": plain, "fates": fates, "most": most, "told": told,
        "curve": drawn or None, "half_life": life and rot.half_life_told(life, words=True),
    }  # fmt: skip
    return await page(datasette, request, database, "isw_group.html", shown)
