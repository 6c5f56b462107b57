"""The page of a capture: a picture drawn anew, the record alone, the damage named."""

from __future__ import annotations

import gzip
import io
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from PIL import Image, PngImagePlugin

from archive.config import Settings
from archive.model.vocabulary import Kind
from archive.warc.reader import iter_records
from archive.web import draw
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, page
from tests.pdf_files import make_pdf
from tests.serving import in_process

HIDDEN = b"<script>alert(9)</script>"
PNG, PDF, FALSE = 101, 102, 103


def png(size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that carries a script, within and behind."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", HIDDEN.decode())
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG", pnginfo=told)
    return out.getvalue() + HIDDEN


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = samples.make(tmp_path_factory.mktemp("captures") / "data").root
    kept = (
        (PNG, "image/png", png()),
        (PDF, "application/pdf", make_pdf(["The first sheet.", "The second sheet."])),
        (FALSE, "image/png", b"<html>" + HIDDEN),
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


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root) as served:
        yield served


async def text_of(served: Datasette, path: str) -> str:
    found = await served.client.get(path)
    assert found.status_code == 200, found.text[:300]
    return str(found.text)


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
