"""Which pages get our content security policy: all that show what strangers wrote, and no page of
another plugin."""

from __future__ import annotations

from pathlib import Path

from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Response

from archive.web.headers import PAGE_POLICY
from tests import web_samples as samples

OTHER = "/-/others-dashboard"


class OthersPlugin:
    """A page with a script in it, as plugins have them."""

    __name__ = "OthersPlugin"

    @hookimpl
    def register_routes(self) -> list[tuple[str, object]]:
        return [(f"^{OTHER}$", lambda: Response.html("<script>draw()</script>"))]


async def policies(folder: Path, *paths: str, **config: object) -> list[str | None]:
    """The policy of each page."""
    pm.register(OthersPlugin(), name="others")
    try:
        made = samples.make(folder / "data")
        shown = Datasette([str(made.database)], metadata={"plugins": config})
        await shown.invoke_startup()
        answers = [await shown.client.get(path) for path in paths]
        assert [answer.headers["x-content-type-options"] for answer in answers] == [
            "nosniff"
        ] * len(paths)
        return [answer.headers.get("content-security-policy") for answer in answers]
    finally:
        pm.unregister(name="others")


async def test_another_plugins_page_may_run_its_scripts(tmp_path: Path) -> None:
    found = await policies(tmp_path, OTHER, "/archive/reports", "/-/capture/1")
    assert found == [None, PAGE_POLICY, PAGE_POLICY]


async def test_an_operator_may_set_another_policy_or_none(tmp_path: Path) -> None:
    own = {"isw-archive": {"page_policy": "default-src 'self'"}}
    assert await policies(tmp_path, "/archive/reports", **own) == ["default-src 'self'"]
    assert await policies(tmp_path / "2", "/archive", **{"isw-archive": {"page_policy": ""}}) == [
        None
    ]
