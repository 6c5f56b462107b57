"""PDFs and Word files: pages, description, and every way in which they are broken."""

import io
import zipfile
from datetime import UTC, datetime

import pypdf
import pytest

from pipeline.read.text import TextLimits, page_text
from tests.pdf_files import make_pdf

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
PAGE = "The ferry over the river goes again.\nThe first crossing is at 6:40 in the morning."
INFO = (
    "/Title (State of the crossings) /Author (River Office) /CreationDate (D:20260312093000+02'00')"
)


def read(body, limits=None):
    return page_text(body, "https://example.com/a.pdf", "application/pdf", AT, limits)


def encrypted(password):
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(make_pdf([PAGE], INFO))))
    writer.encrypt(password, owner_password="nobody knows", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_are_divided_by_form_feeds():
    found = read(make_pdf([PAGE, "Second page of it."], INFO))
    assert found.text == f"{PAGE}\fSecond page of it."
    assert found.title == "State of the crossings"
    assert found.author == "River Office"
    assert found.published == "2026-03-12"
    assert found.language == "en"
    assert found.flags == ()


@pytest.mark.parametrize(
    "title", ["Microsoft Word - draft.docx", "untitled", "report_final.indd", "Document1", ""]
)
def test_what_a_program_left_behind_is_no_title(title):
    assert read(make_pdf([PAGE], f"/Title ({title})")).title is None


def test_a_date_of_the_future_is_none():
    assert read(make_pdf([PAGE], "/CreationDate (D:20270101000000Z)")).published is None


def test_a_password_that_nobody_has():
    found = read(encrypted("secret"))
    assert (found.text, found.flags) == ("", ("encrypted",))


def test_an_empty_password_is_no_obstacle():
    assert "The ferry" in read(encrypted("")).text


def test_a_scan_has_no_text():
    found = read(make_pdf(["", ""]))
    assert (found.text, found.flags) == ("", ("no-text",))


@pytest.mark.parametrize("length", [9, 60, 400])
def test_half_a_pdf_is_broken_and_no_error(length):
    found = read(make_pdf([PAGE])[:length])
    assert found.text == ""
    assert "broken" in found.flags


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
        (b"/Type /Page /Parent", b"/Type /Pages /Kids [2 0 R] /P"),
    ],
)
def test_pages_that_hold_themselves_end(old, new):
    body = make_pdf([PAGE])
    assert old in body
    assert isinstance(read(body.replace(old, new)).text, str)


def test_limits_hold():
    many = make_pdf([f"Page {n} of many." for n in range(6)])
    cut = read(many, TextLimits(pdf_max_pages=2))
    assert cut.text == "Page 0 of many.\fPage 1 of many."
    assert cut.flags == ("pages-cut",)
    assert len(read(many, TextLimits(max_chars=20)).text) == 20
    assert read(many, TextLimits(pdf_max_bytes=10)).flags == ("too-large-for-extraction",)


# --- Word files -----------------------------------------------------------------------------------

WORD = "<w:document><w:body><w:p><w:r><w:t>The ferry</w:t></w:r><w:r><w:t xml:space='preserve'> goes &amp; goes.</w:t></w:r></w:p><w:p><w:r><w:t>Again.</w:t></w:r></w:p></w:body></w:document>"
CORE = "<cp:coreProperties><dc:title>Minutes</dc:title><dc:creator>Ana Brook</dc:creator><dcterms:created xsi:type='dcterms:W3CDTF'>2026-03-01T10:00:00Z</dcterms:created></cp:coreProperties>"


def package(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_a_word_file_has_paragraphs_and_a_description():
    found = read(package(word__document_xml=WORD, docProps__core_xml=CORE))
    assert found.text == "The ferry goes & goes.\n\nAgain."
    assert (found.title, found.author, found.published) == ("Minutes", "Ana Brook", "2026-03-01")


def test_a_word_file_that_unpacks_too_far_has_no_text():
    bomb = package(word__document_xml="<w:p>" + "a" * 300_000 + "</w:p>")
    assert read(bomb, TextLimits(max_chars=10_000)).flags == ("no-text", "binary")


@pytest.mark.parametrize(
    "body",
    [package(other_xml="x"), package(word__document_xml=WORD)[:60], b"PK\x03\x04rubbish"],
    ids=["other", "cut", "rubbish"],  # a zip holds the time it was made; test names must not
)
def test_other_packages_have_no_text(body):
    assert read(body).text == ""
