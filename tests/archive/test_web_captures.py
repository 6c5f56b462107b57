"""The page of a capture: a picture drawn anew, the record alone, the damage named."""

from __future__ import annotations

import gzip
import io
import sqlite3
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette
from PIL import Image, PngImagePlugin

from archive.config import Settings
from archive.model.vocabulary import Kind
from archive.warc.reader import iter_records
from archive.web import draw
from archive.web.streamed import Streamed
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, page
from tests.pdf_files import make_pdf
from tests.serving import text_of

HIDDEN = b"<script>alert(9)</script>"
PNG, PDF, FALSE, LARGE = 101, 102, 103, 104
VIDEO = b"\0\0\0\x18ftypmp42" + bytes(range(251)) * 8_000


def png(size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that carries a script, within and behind."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", HIDDEN.decode())
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG", pnginfo=told)
    return out.getvalue() + HIDDEN


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = samples.make(tmp_path_factory.mktemp("captures") / "data").root
    kept = (
        (PNG, "image/png", png()),
        (PDF, "application/pdf", make_pdf(["The first sheet.", "The second sheet."])),
        (FALSE, "image/png", b"<html>" + HIDDEN),
        (LARGE, "video/mp4", VIDEO),
    )
    with Archive.open(made, Settings(), run="20260305-test") as archive:
        for number, kind, body in kept:
            samples.keep(
                archive,
                page(
                    number, kind=Kind.FILE, uri_r=f"https://files.example/{number}",
                    final_url=f"https://files.example/{number}", captured_at=at(30),
                    headers={"content-type": kind}, body=body,
                ),
            )  # fmt: skip
    db = sqlite3.connect(made / "archive.db")
    db.execute(
        "INSERT INTO damages (found_at, kind, warc_file, first_byte, end_byte, captures, detail) "
        "SELECT '2026-03-06T00:00:00Z', 'altered', warc_file, warc_offset, warc_offset + 9, '[]', "
        "? FROM captures WHERE id = ?",
        [HIDDEN.decode(), PDF],
    )
    db.commit()
    db.close()
    return made


async def test_a_picture_is_shown_drawn_anew(datasette: Datasette) -> None:
    assert f'<img src="/-/capture/{PNG}/picture"' in await text_of(datasette, f"/-/capture/{PNG}")
    found = await datasette.client.get(f"/-/capture/{PNG}/picture")
    assert found.headers["content-type"] == "image/png"
    assert "sandbox" in found.headers["content-security-policy"]
    assert HIDDEN not in found.content
    assert Image.open(io.BytesIO(found.content)).size == (40, 20)


async def test_a_pdf_is_shown_sheet_by_sheet_as_pictures(datasette: Datasette) -> None:
    text = await text_of(datasette, f"/-/capture/{PDF}")
    assert "page 1 of 2" in text
    assert f'href="/-/capture/{PDF}?page=2" rel="next"' in text
    assert "page 2 of 2" in await text_of(datasette, f"/-/capture/{PDF}?page=2")
    found = await datasette.client.get(f"/-/capture/{PDF}/picture?page=2")
    assert found.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "rest",
    [f"{PDF}/picture?page=3", f"{PDF}/picture?page=x", f"{FALSE}/picture", f"{PDF}?page=0"],
)
async def test_what_cannot_be_drawn_is_a_plain_404(datasette: Datasette, rest: str) -> None:
    assert (await datasette.client.get(f"/-/capture/{rest}")).status_code == 404


async def test_what_only_says_that_it_is_a_picture_has_none(datasette: Datasette) -> None:
    assert "<img" not in await text_of(datasette, f"/-/capture/{FALSE}")


async def test_the_record_alone_is_a_file_that_warc_tools_read(
    datasette: Datasette, tmp_path: Path
) -> None:
    found = await datasette.client.get(f"/-/capture/{PNG}/record")
    assert found.headers["content-disposition"].endswith(f'"capture-{PNG}.warc.gz"')
    alone = tmp_path / "alone.warc.gz"
    alone.write_bytes(found.content)
    (record,) = iter_records(alone)
    assert record.uri == f"https://files.example/{PNG}"
    assert record.payload == png()
    assert gzip.decompress(found.content).startswith(b"WARC/1.1")


async def asked(served: Datasette, part: str | None, rest: str = "body") -> httpx.Response:
    headers = {"range": part} if part else {}
    found: httpx.Response = await served.client.get(f"/-/capture/{LARGE}/{rest}", headers=headers)
    return found


@pytest.mark.parametrize(
    ("part", "first", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=1500000-", 1_500_000, len(VIDEO)),
        ("bytes=-10", len(VIDEO) - 10, len(VIDEO)),
        ("bytes=1-99999999999", 1, len(VIDEO)),
    ],
)
async def test_a_part_of_a_large_body_is_given(
    datasette: Datasette, part: str, first: int, end: int
) -> None:
    found = await asked(datasette, part)
    assert found.status_code == 206
    assert found.content == VIDEO[first:end]
    assert found.headers["content-range"] == f"bytes {first}-{end - 1}/{len(VIDEO)}"
    assert found.headers["content-length"] == str(end - first)
    assert "sandbox" in found.headers["content-security-policy"]


@pytest.mark.parametrize("part", [None, "bytes=1-2,5-6", "bytes=-", "lines=1-2", "bytes=a-b"])
async def test_a_large_body_is_given_whole_where_no_part_is_asked_for(
    datasette: Datasette, part: str | None
) -> None:
    found = await asked(datasette, part)
    assert (found.status_code, found.content) == (200, VIDEO)
    assert found.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("part", [f"bytes={len(VIDEO)}-", "bytes=9-8", "bytes=-0"])
async def test_a_part_that_is_not_there_is_refused(datasette: Datasette, part: str) -> None:
    found = await asked(datasette, part)
    assert found.status_code == 416
    assert found.headers["content-range"] == f"bytes */{len(VIDEO)}"


async def test_the_rest_of_another_body_is_the_whole_of_this_one(datasette: Datasette) -> None:
    path = f"/-/capture/{LARGE}/body"
    etag = (await datasette.client.get(path)).headers["etag"]
    told = [
        (await datasette.client.get(path, headers={"range": "bytes=1-2", "if-range": name}))
        for name in (etag, '"another"')
    ]
    assert [one.status_code for one in told] == [206, 200]


async def test_of_a_large_body_the_head_alone_is_asked_for(datasette: Datasette) -> None:
    found = await datasette.client.head(f"/-/capture/{LARGE}/body")
    assert (found.content, found.headers["content-length"]) == (b"", str(len(VIDEO)))


async def test_a_large_record_alone_is_a_file_too(datasette: Datasette, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes((await asked(datasette, None, "record")).content)
    assert [one.payload for one in iter_records(tmp_path / "a.warc.gz")] == [VIDEO]


async def test_a_large_body_is_not_in_memory_while_it_is_sent(datasette: Datasette) -> None:
    answered = Streamed(iter([VIDEO[:7], VIDEO[7:9]]), {"a": "b"}, "video/mp4")
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await answered.asgi_send(send)
    assert [one.get("body") for one in sent] == [None, VIDEO[:7], VIDEO[7:9], b""]
    assert [one.get("more_body") for one in sent] == [None, True, True, None]


async def test_damage_is_named(datasette: Datasette) -> None:
    text = await text_of(datasette, f"/-/capture/{PDF}")
    assert "the bytes are not those that were written" in text
    assert HIDDEN.decode() not in text
    assert "Damaged" not in await text_of(datasette, f"/-/capture/{PNG}")


async def test_how_a_fetch_ended_is_said_in_words(datasette: Datasette) -> None:
    assert "led to no address" in await text_of(datasette, "/-/capture/7")


def test_a_picture_larger_than_may_be_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "_MOST_PIXELS", 100)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)  # which drawing sets, for its process
    with pytest.raises(Image.DecompressionBombError):
        draw.picture(png())


def test_a_large_picture_is_made_as_large_as_a_screen() -> None:
    drawn = Image.open(io.BytesIO(draw.picture(png((3_000, 1_500)))))
    assert drawn.size == (draw.WIDEST, draw.WIDEST // 2)
    assert not drawn.info
