"""How a report and a source are cited: the forms, what would break them, and what pages say."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from datasette.app import Datasette
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.show.citing.forms import FORMS, bibtex, csl, csl_json, ris, robust_link
from archive.show.citing.metadata import json_ld, json_ld_text, tags
from archive.show.citing.record import Citation, Name, Work, day_of, name_parts, on_one_line
from tests import web_samples as samples
from tests.rot_samples import BEFORE, DIED, number

REPORT = Citation(
    key="some-update-2026-03-16",
    work=Work.REPORT,
    title="Some Update, March 16, 2026",
    authors=("Ada Brandt", "Jan van der Berg", "Harbour Desk Team"),
    publisher="A House of Studies",
    series="Some Update",
    issued="2026-03-16",
    url="https://house.example/some-update?a=1&b=%20",
    language="en",
    version=2,
    archived="http://a.example/web/20260317120003/https://house.example/some-update?a=1&b=%20",
    captured_at="2026-03-17T12:00:03Z",
    digest="ab" * 32,
)
POST = replace(REPORT, work=Work.POST, authors=("Берегова варта",), series=None, version=None)


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Ada Brandt", "Brandt", "Ada"), ("Jan van der Berg", "van der Berg", "Jan"),
        ("Марія де ла Круз", "Круз", "Марія де ла"), ("Mary-Ann O'Neill", "O'Neill", "Mary-Ann"),
        ("Harbour Desk Team", "Harbour Desk Team", None), ("AFP", "AFP", None),
        ("Institute of Things", "Institute of Things", None),
        ("Brandt, Ada", "Brandt, Ada", None), ("Ada Brandt and Jan Berg and Eva Lind Sol", None,
        None), ("", "", None),
    ],
)  # fmt: skip
def test_a_persons_name_is_parted_and_others_stay_whole(
    name: str, family: str | None, given: str | None
) -> None:
    found = name_parts(name)
    assert found == Name(family if family is not None else name, given)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-16", "2026-03-16"),
        ("2026-03-16T22:05:13Z", "2026-03-16"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("yesterday", None),
        (None, None),
        ("20260316", None),
    ],
)
def test_a_day_is_what_a_date_begins_with(moment: str | None, day: str | None) -> None:
    assert day_of(moment) == day


def test_marks_that_turn_hide_or_end_a_line_are_left_out() -> None:
    assert on_one_line("a\r\nTY  - X\x00\u202eb\u200b  c") == "a TY - X b c"
    assert on_one_line("נמל  чорний\tمیناء") == "נמל чорний میناء"


# --- BibTeX ---------------------------------------------------------------------------------------


def fields(entry: str) -> dict[str, str]:
    """A BibTeX entry's fields, by counting braces as BibTeX does."""
    found, place = {}, entry.index(",") + 1
    while match := re.compile(r"\s*(\w+) = ").match(entry, place):
        start = place = match.end()
        depth = 0
        while entry[place] not in ",\n" or depth:
            depth += {"{": 1, "}": -1}.get(entry[place], 0)
            assert depth >= 0
            place += 1
        found[match[1]] = entry[start:place].strip()
        place += 1
    assert entry[place:].strip() in {"}", ""}
    return found


def test_bibtex_has_our_copy_its_moment_and_its_digest() -> None:
    said = fields(bibtex([REPORT]))
    assert bibtex([REPORT]).startswith("@techreport{some-update-2026-03-16,\n")
    assert said["title"] == "{{Some Update, March 16, 2026}}"
    assert said["author"] == "{Ada Brandt and Jan van der Berg and {Harbour Desk Team}}"
    assert (said["institution"], said["year"], said["month"]) == ("{A House of Studies}", "{2026}",
        "mar")  # fmt: skip
    assert said["url"] == "{https://house.example/some-update?a=1&b=%20}"
    assert f"\\url{{{REPORT.archived}}}" in said["note"]
    assert "captured 2026-03-17T12:00:03Z" in said["note"]
    assert f"SHA-256 {'ab' * 32}" in said["note"]


def test_what_tex_would_act_on_is_escaped_and_letters_are_kept() -> None:
    title = r"50 % of #1 & $x_{i}^2$ ~ \input{evil} }{ «Звіт» 港"
    said = fields(bibtex([replace(REPORT, title=title)]))["title"]
    for sign in "%#&$_":
        assert re.findall(rf"(?<!\\){re.escape(sign)}", said) == []
    assert r"\input" not in said
    assert "«Звіт» 港" in said


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_no_text_breaks_an_entry(title: str, name: str) -> None:
    one = replace(
        REPORT, title=on_one_line(title), authors=tuple(filter(None, [on_one_line(name)]))
    )
    assert set(fields(bibtex([one]))) >= {"note", "url"}
    lines = ris([one]).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert [line[:2] for line in lines].count("ER") == 1
    assert json.loads(csl_json([one]))[0] == csl(one)
    assert "</script" not in json_ld_text(one).lower()
    assert json.loads(json_ld_text(one)) == json_ld(one)


# --- the other forms ------------------------------------------------------------------------------


def test_csl_has_only_fields_of_its_schema_and_the_digest_in_the_note() -> None:
    told = csl(REPORT)
    assert told["type"] == "report"
    assert told["author"] == [
        {"family": "Brandt", "given": "Ada"},
        {"family": "van der Berg", "given": "Jan"},
        {"literal": "Harbour Desk Team"},
    ]
    assert told["issued"] == {"date-parts": [[2026, 3, 16]]}
    assert told["accessed"] == {"date-parts": [[2026, 3, 17]]}
    assert (told["archive"], told["archive_location"]) == ("isw-archive", REPORT.archived)
    assert "ab" * 32 in told["note"]
    assert set(told) <= {
        "id", "type", "title", "author", "issued", "accessed", "publisher", "container-title",
        "collection-title", "version", "URL", "archive", "archive_location", "language", "note",
    }  # fmt: skip


def test_an_account_is_no_family() -> None:
    assert csl(POST)["author"] == [{"literal": "Берегова варта"}]
    assert "AU  - Берегова варта\r\n" in ris([POST])
    assert "author = {{Берегова варта}}" in bibtex([POST])


def test_ris_has_a_tag_a_line_and_ends_each_entry() -> None:
    text = ris([REPORT, POST])
    assert text.startswith("TY  - RPRT\r\n")
    assert text.count("ER  - \r\n\r\n") == 2
    assert "AU  - van der Berg, Jan\r\n" in text
    assert "DA  - 2026/03/16/\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


def test_a_robust_link_names_original_copy_and_day() -> None:
    link = str(robust_link(replace(REPORT, title='<b> & "c"')))
    assert 'data-originalurl="https://house.example/some-update?a=1&amp;b=%20"' in link
    assert 'data-versionurl="http://a.example/web/20260317120003/https://' in link
    assert 'data-versiondate="2026-03-17"' in link
    assert "<b>" not in link


def test_without_a_copy_nothing_is_claimed() -> None:
    bare = replace(REPORT, archived=None, captured_at=None, digest=None)
    assert "data-version" not in str(robust_link(bare))
    assert "archive" not in csl(bare)
    assert "No archived copy is held." in ris([bare])
    assert "archivedAt" not in json_ld(bare)


def test_what_is_no_web_address_is_no_link() -> None:
    assert "href" not in str(robust_link(replace(REPORT, url="javascript:alert(1)")))


# --- on the pages ---------------------------------------------------------------------------------


class Head(HTMLParser):
    """What a reference manager reads."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.data = ""
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("name"):
            self.meta.append((str(found["name"]), str(found["content"])))
        self._in_data = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


async def head(datasette: Datasette, path: str) -> tuple[dict[str, str], dict[str, object]]:
    read = Head()
    read.feed((await datasette.client.get(path)).text)
    return dict(read.meta), json.loads(read.data)


async def test_a_reports_page_gives_a_reference_manager_the_report(datasette: Datasette) -> None:
    """As Zotero's "Embedded Metadata" takes it: `z:itemType` first, then Highwire's names."""
    meta, told = await head(datasette, f"/-/report/{samples.REPORT_ID}")
    assert meta["z:itemType"] == "report"
    assert meta["citation_title"] == "Iran Update, March 3, 2026"
    assert meta["citation_publication_date"] == "2026/03/03"
    assert meta["citation_technical_report_institution"] == "Institute for the Study of War"
    assert meta["citation_technical_report_number"] == "Version 2"
    assert told["@type"] == "Report"
    archived = str(told["archivedAt"])
    assert archived.startswith("http://localhost/web/2026")
    answer = await datasette.client.get(archived.removeprefix("http://localhost"))
    assert answer.status_code == 200
    old, _ = await head(datasette, f"/-/report/{samples.REPORT_ID}?v=1")
    assert old["citation_technical_report_number"] == "Version 1"


async def test_a_sources_page_gives_the_source_and_its_first_good_copy(
    datasette: Datasette,
) -> None:
    meta, told = await head(datasette, f"/-/source/{number(DIED)}")
    assert meta["z:itemType"] == "webpage"
    assert meta["citation_public_url"] == told["url"] == DIED
    assert told["archivedAt"] == f"http://localhost/web/20260305020000/{DIED}"
    body = await datasette.client.get(f"/web/20260305020000id_/{DIED}")
    assert body.text == BEFORE


@pytest.mark.parametrize("form", FORMS)
async def test_each_form_is_on_the_page_and_a_file(datasette: Datasette, form: str) -> None:
    for about in (f"report/{samples.BAD_ID}", f"source/{number(samples.SOURCE_URL)}"):
        shown = (await datasette.client.get(f"/-/{about}")).text
        assert f'href="/-/{about}/cite/{form}"' in shown
        answer = await datasette.client.get(f"/-/{about}/cite/{form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="')
        assert samples.SCRIPT not in answer.text or form != "robust-links"


@pytest.mark.parametrize("path", ["report/nope/cite/ris", "source/1/cite/ris", "source/x/cite/ris",
    f"report/{samples.REPORT_ID}/cite/word"])  # fmt: skip
async def test_nothing_is_cited_that_is_not_held(datasette: Datasette, path: str) -> None:
    assert (await datasette.client.get(f"/-/{path}")).status_code == 404


def test_tags_that_say_nothing_are_left_out() -> None:
    bare = replace(REPORT, publisher=None, issued=None, series=None, language=None, version=None)
    assert {name for name, _ in tags(bare)} == {
        "z:itemType", "citation_title", "citation_author", "citation_public_url",
    }  # fmt: skip


async def test_what_is_withheld_is_not_cited_and_in_no_feed(folder: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(folder, tmp_path / "data"))
    with sqlite3.connect(root / "archive.db") as db:
        db.execute(
            "INSERT INTO withheld SELECT record_id, id, '2026-04-01T00:00:00Z', NULL, 'x' "
            "FROM captures WHERE id IN (1, 8)"
        )
    db.close()
    served = Datasette([str(root / "archive.db")])
    await served.invoke_startup()
    try:
        page = await served.client.get(f"/-/source/{number(DIED)}")
        assert page.status_code == 200
        assert "Cite this" not in page.text
        for path in (f"source/{number(DIED)}/cite/ris", f"report/{samples.REPORT_ID}/cite/ris?v=1",
            f"report/{samples.REPORT_ID}.json?v=1"):  # fmt: skip
            assert (await served.client.get(f"/-/{path}")).status_code == 451
        feed = (await served.client.get("/-/atom?kind=new-report")).text
        assert "March 3" not in feed
        assert "March 4" in feed or feed.count("<entry>") == 1
    finally:
        served.executor.shutdown()
