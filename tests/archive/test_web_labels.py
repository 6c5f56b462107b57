"""Everything that a form asks has a name that can be read aloud, on our pages and on
datasette's."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from datasette.app import Datasette

from tests import web_samples as samples

PAGES = (
    "/", "/archive", "/archive/notes", "/archive/notes?_search=port&kind=cited",
    "/archive/captures", "/archive?sql=select+1",
    "/archive/sentences_citing_account?platform=telegram&account=portwatch", "/archive/captures/4",
    "/nope",
    f"/-/report/{samples.REPORT_ID}", f"/-/report/{samples.REPORT_ID}/changes",
    f"/-/report/{samples.REPORT_ID}/check",
    "/-/search?q=depot", "/-/rot", "/-/capture/4", "/-/host?host=t.me",
    "/-/account?platform=telegram&account=portwatch", "/-/allow-debug", "/-/messages",
    "/-/patterns", "/-/runs", "/-/alarms", "/archive/newest_edits?_show_sql=1",
    "/archive/sources?status=alive&_all=1",
)  # fmt: skip


class Forms(HTMLParser):
    """The controls of a page that have no name, and what its labels are for."""

    def __init__(self) -> None:
        super().__init__()
        self.controls: list[dict[str, str | None]] = []
        self.labelled: set[str | None] = set()
        self._in_label = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "label":
            self._in_label += 1
            self.labelled.add(found.get("for"))
        named = self._in_label or found.get("aria-label")
        unseen = found.get("type") in {"hidden", "submit", "button"}
        if tag in {"input", "select", "textarea"} and not unseen and not named:
            self.controls.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1

    def nameless(self) -> list[dict[str, str | None]]:
        return [one for one in self.controls if one.get("id") not in self.labelled]


@pytest.mark.parametrize("path", PAGES)
async def test_what_a_form_asks_has_a_name(root: Path, path: str) -> None:
    served = Datasette([str(root / "archive.db")])
    await served.invoke_startup()
    page = Forms()
    page.feed((await served.client.get(path)).text)
    served.executor.shutdown()
    assert page.nameless() == []


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("labels") / "data").root
