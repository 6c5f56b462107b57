"""The page of a source and the page of figures, over sources that drifted, died and were cited by
somebody ill-disposed."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from archive.config import Settings
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.marked_up import OURS, URL_ATTRIBUTES, read
from tests.rot_samples import DIED, DRIFTED, NEVER, number


def words(text: str) -> str:
    return " ".join(" ".join(read(text).words).split())


@pytest.mark.parametrize(
    "path",
    [
        *(f"/-/source/{number(url)}" for url in (DIED, DRIFTED, NEVER)),
        f"/-/source/{number(DIED)}?with=9",
        *(f"/-/rot?kind={kind}&by=host&from={start}" for kind in ("rot", "drift",
            "reference-rot") for start in ("first-seen", "citation")),
        *(f"/-/rot?by={by}" for by in ("report", "series", "platform", "year")),
        "/archive/rot_by_report", "/archive/rot_by_host", "/archive/verdicts", "/archive/events",
        "/archive/event_sentences",
        f"/archive/sources/{number(DIED)}",
    ],
)  # fmt: skip
async def test_a_page_answers_and_nothing_hostile_in_it_runs(
    datasette: Datasette, path: str
) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    marked = read(answer.text)
    assert not "".join(marked.scripts).strip()
    for tag, attributes in marked.elements:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert tag not in {"img", "iframe", "object", "embed", "base", "b"}, (tag, attributes)
        for name in URL_ATTRIBUTES & set(attributes) - {"d"}:
            value = attributes[name] or ""
            assert value.startswith(("/", "?", "#", "http://", "https://")), value
    for link in (a for tag, a in marked.elements if tag == "a"):
        if urlsplit(link.get("href") or "").netloc not in OURS:
            assert "noreferrer" in str(link.get("rel"))
    assert NEVER not in re.sub(r'(href|value)="[^"]*"', "", answer.text), "an address that turns"


@pytest.mark.parametrize(
    "spelt", [DIED, DIED.replace("://", ":/"), DIED.partition("://")[2], quote(DIED, safe="")]
)
async def test_an_address_behind_source_leads_to_the_sources_page(
    datasette: Datasette, spelt: str
) -> None:
    answer = await datasette.client.get(f"/-/source/{spelt}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/-/source/{number(DIED)}"


async def test_an_address_of_no_source_leads_to_what_is_held_beside_it(
    datasette: Datasette,
) -> None:
    answer = await datasette.client.get("/-/source/https://nowhere.example/a?b=1&as_of=x")
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked == {"q": ["https://nowhere.example/a?b=1&as_of=x"]}
    assert (await datasette.client.get(f"/-/source/{number(DIED)}.json")).status_code == 200
    assert (await datasette.client.get("/-/source/12x")).status_code == 404


async def test_a_dead_source_says_by_which_rule_since_when_and_on_what(
    datasette: Datasette,
) -> None:
    text = (await datasette.client.get(f"/-/source/{number(DIED)}")).text
    said = words(text)
    assert "dead It is gone; that is proved. Found absent first on 2026-03-14 02:00" in said
    assert "3 checks over 6 days or more proved it absent" in said
    assert "So since the check of 2026-03-24 02:00" in said
    assert "Proof of absence: 3 checks over 10 days." in said
    for capture in (10, 11, 12):
        assert f'href="/-/capture/{capture}"' in text
    assert "the server said that there is no such page" in said
    assert "the host's name led to no address" in said, "the first try of all"


async def test_the_sentences_that_rest_on_a_source_lead_to_their_notes(
    datasette: Datasette,
) -> None:
    text = (await datasette.client.get(f"/-/source/{number(DIED)}")).text
    assert '<blockquote dir="auto">Officials denied it.</blockquote>' in text
    assert 'href="/-/version/2#note-2"' in text, "the newest version"
    assert "Iran Update, March 3, 2026" in text


async def test_what_changed_is_shown_word_by_word_and_escaped(datasette: Datasette) -> None:
    text = html.unescape((await datasette.client.get(f"/-/source/{number(DIED)}")).text)
    raw = (await datasette.client.get(f"/-/source/{number(DIED)}")).text
    assert "<del>stays open.</del>" in text
    assert "<ins>was closed.</ins>" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    assert "No such" not in text
    chosen = (await datasette.client.get(f"/-/source/{number(DIED)}?with=9")).text
    first, second = (
        text[text.index("<article>") :].partition('<form class="isw-as-of"')[0]
        for text in (chosen, raw)
    )
    assert first == second


@pytest.mark.parametrize("asked", ["?with=8", "?with=4", "?with=99", "?with=x"])
async def test_a_capture_that_cannot_be_compared_is_said_so(
    datasette: Datasette, asked: str
) -> None:
    answer = await datasette.client.get(f"/-/source/{number(DIED)}{asked}")
    assert answer.status_code == 404
    assert "Not here" in answer.text


@pytest.mark.parametrize("path", ["/-/source/1", "/-/source/x", "/-/source/99999999999999999999",
                                  "/-/rot?kind=rust", "/-/rot?by=colour", "/-/rot?from=birth",
                                  "/-/rot?db=none"])  # fmt: skip
async def test_what_is_not_held_is_said_so(datasette: Datasette, path: str) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 404
    assert "Not here" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/archive/sources", "/archive/verdicts", "/archive/events", f"/-/report/{samples.REPORT_ID}",
        "/-/capture/8",
     f"/archive/sources/{number(DIED)}"],
)  # fmt: skip
async def test_tables_and_pages_lead_to_the_source(datasette: Datasette, path: str) -> None:
    text = (await datasette.client.get(path)).text
    assert f'href="/-/source/{number(DIED)}"' in text


async def test_home_leads_to_the_figures(datasette: Datasette) -> None:
    text = (await datasette.client.get("/")).text
    assert 'href="/-/rot"' in text
    assert "dead" in words(text)


async def test_the_figures_are_drawn_and_told(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/rot?by=platform")).text
    start = text.index('<svg class="isw-curves"')
    picture = text[start : text.index("</svg>", start)]
    assert 'role="img"' in picture
    assert '<title id="curves-title">Link rot</title>' in picture
    assert re.search(r"<desc id=\"curves-text\">all: 100 % after day", picture)
    assert picture.count('class="isw-line ') == 3
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
    assert [words(row).split()[0] for row in rows[:1]] == ["all"]
    drift = words((await datasette.client.get("/-/rot?kind=drift")).text)
    assert "Share not drifted" in drift


async def test_an_archive_without_citations_has_no_figures(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test"):
        pass
    served = Datasette([str(tmp_path / "data" / "archive.db")])
    await served.invoke_startup()
    answer = await served.client.get("/-/rot")
    assert answer.status_code == 200
    assert "No source is cited yet" in answer.text
    served.executor.shutdown()


@pytest.mark.parametrize("rest", ["", "?kind=drift&by=host", "?kind=reference-rot&by=series"])
async def test_the_figures_are_to_be_had_as_files(datasette: Datasette, rest: str) -> None:
    table = await datasette.client.get(f"/-/rot.csv{rest}")
    assert table.headers["content-disposition"].startswith('attachment; filename="rot')
    assert table.text.startswith("group,sources,told,untold")
    drawn = await datasette.client.get(f"/-/rot.svg{rest}")
    if drawn.status_code == 200:
        assert ElementTree.fromstring(drawn.text).tag == "{http://www.w3.org/2000/svg}svg"
        assert drawn.headers["content-type"] == "image/svg+xml"


async def test_a_file_of_no_such_figures_is_a_plain_404(datasette: Datasette) -> None:
    for path in ("/-/rot.csv?kind=x", "/-/rot.svg?by=%00", "/-/rot.exe"):
        assert (await datasette.client.get(path)).status_code == 404
