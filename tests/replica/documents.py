"""Cited files that are not pages: PDFs, pictures, plain text, JSON, a spreadsheet as text, a Word
file."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache

from pypdf import PdfReader, PdfWriter

from archive.model.vocabulary import Outcome
from tests.replica.facts import SourceFact, fails
from tests.replica.files import pdf, png
from tests.replica.messages import Reply, Request, typed, with_validators
from tests.replica.prose import ENGLISH, rng_for
from tests.replica.reports import moment
from tests.replica.sites import Site, by_path

HOST = "files.river-office.gov"
ROOT = f"https://{HOST}"
TITLE = "State of the crossings, March 2026"


def _lines(seed: str, count: int = 12) -> str:
    rng = rng_for(seed)
    return "\n".join(ENGLISH.sentence(rng) for _ in range(count))


def good_pdf() -> bytes:
    """Three pages with a title and a date."""
    return pdf(TITLE, (_lines("page 1"), _lines("page 2"), _lines("page 3")))


@cache
def locked_pdf() -> bytes:
    """The same behind a password that nobody has."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(good_pdf())))
    writer.encrypt("nobody knows it", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf() -> bytes:
    """A page without a word, as scans have."""
    return pdf("Scan 0012", ("",))


def word_file() -> bytes:
    """The smallest Word file that opens."""
    text = f"<w:p><w:r><w:t>{_lines('word', 3)}</w:t></w:r></w:p>"
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',  # noqa: E501
        "word/document.xml": f'<w:document xmlns:w="{name}"><w:body>{text}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in parts.items():
            archive.writestr(zipfile.ZipInfo(path), content)  # ZipInfo: without the clock
    return out.getvalue()


def _files() -> dict[str, tuple[str, bytes]]:
    rows = [{"crossing": f"Dorn {i}", "lorries": 12 * i} for i in range(1, 9)]
    table = "crossing,lorries\n" + "".join(f"{r['crossing']},{r['lorries']}\n" for r in rows)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {
        "/reports/Crossings%202026_Tue%2010%20Mar.pdf": ("application/pdf", good_pdf()),
        "/reports/locked.pdf": ("application/pdf", locked_pdf()),
        "/reports/scan-0012.pdf": ("application/pdf", scanned_pdf()),
        "/reports/broken.pdf": ("application/pdf", good_pdf()[:700]),
        "/reports/not-a.pdf": ("application/pdf",
            b"<html><body><p>Not a PDF at all.</p></body></html>"),
        "/download?id=77": ("application/octet-stream", good_pdf()),
        "/images/map-of-crossings.png": ("image/png", png("map of crossings")),
        "/notices/2026-03-11.txt": ("text/plain; charset=utf-8", _lines("notice").encode()),
        "/api/crossings.json": ("application/json", json.dumps(rows).encode()),
        "/api/crossings.csv": ("text/csv", table.encode()),
        "/reports/minutes.docx": (word, word_file()),
        "/clips/dorn.mp4": ("video/mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64),
    }  # fmt: skip


def facts() -> list[SourceFact]:
    """What is true of the cited files."""
    text = _lines("notice").split("\n")[0]
    return [
        SourceFact(f"{ROOT}/reports/Crossings%202026_Tue%2010%20Mar.pdf", title=TITLE,
            published="2026-03-12", language="en", words=_lines("page 2").split("\n")[0],
            media="pdf", about="a PDF"),
        fails(f"{ROOT}/reports/locked.pdf", Outcome.OK, "an encrypted PDF", flag="encrypted",
            media="pdf"),
        fails(f"{ROOT}/reports/scan-0012.pdf", Outcome.OK, "a PDF without text", Outcome.THIN,
            media="pdf"),
        fails(f"{ROOT}/reports/broken.pdf", Outcome.OK, "half a PDF", flag="broken", media="pdf"),
        fails(f"{ROOT}/reports/not-a.pdf", Outcome.OK, "HTML that says it is a PDF",
            Outcome.UNSUPPORTED, Outcome.THIN, media="pdf"),
        SourceFact(f"{ROOT}/download?id=77", title=TITLE, media="pdf",
            about="a PDF without a type"),
        SourceFact(f"{ROOT}/images/map-of-crossings.png", media="image", about="a picture"),
        SourceFact(f"{ROOT}/notices/2026-03-11.txt", language="en", words=text, media="text",
            about="plain text"),
        SourceFact(f"{ROOT}/api/crossings.json", media="json", about="JSON"),
        SourceFact(f"{ROOT}/api/crossings.csv", media="text", about="CSV"),
        fails(f"{ROOT}/reports/minutes.docx", Outcome.OK, "a Word file", Outcome.UNSUPPORTED),
        fails(f"{ROOT}/clips/dorn.mp4", Outcome.OK, "a film", Outcome.UNSUPPORTED),
    ]  # fmt: skip


def sites() -> list[Site]:
    """The office that publishes them."""
    files = _files()
    since = moment("2026-03-10T08:00")
    look_up = by_path({path: typed(body, kind) for path, (kind, body) in files.items()})

    def answer(request: Request) -> Reply:
        return with_validators(look_up(request), request, since)

    return [Site((HOST,), answer)]
