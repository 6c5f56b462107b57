"""PDFs and Word files: pages, description, and every way in which they are broken."""

import io
import zipfile
from datetime import UTC, datetime

import pypdf
import pytest

from pipeline.read.page_text import page_text
from pipeline.read.text.formats.pdf_lines import (
    Glyph,
    as_letters,
    in_reading_order,
    joined_words,
    lines_of,
)
from pipeline.read.text.limits import TextLimits
from tests.pdf_files import make_pdf, make_unicode_pdf

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

WORD = (
    "<w:document><w:body><w:p><w:r><w:t>The ferry</w:t></w:r><w:r><w:t xml:space='preserve'> "
    "goes &amp; "
    "goes.</w:t></w:r></w:p><w:p><w:r><w:t>Again.</w:t></w:r></w:p></w:body></w:document>"
)
CORE = (
    "<cp:coreProperties><dc:title>Minutes</dc:title><dc:creator>Ana "
    "Brook</dc:creator><dcterms:created "
    "xsi:type='dcterms:W3CDTF'>2026-03-01T10:00:00Z</dcterms:created></cp:coreProperties>"
)


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


# --- Other scripts, ligatures, divided words ------------------------------------------------------

RIGHTWARD = {
    "Persian digits": ["۱۵ نفر در ۲۰ اسفند کشته شدند", "این رقم ۳۴٫۵ درصد است"],
    "Arabic": ["قال الوزير إن 15 شخصا وصلوا يوم 20 مارس", "الخسائر 1,250 جريحا و34.5 مليون دولار"],
    "a date and a percentage": ["ارتفعت الأسعار 15% هذا العام",
        "بتاريخ 12/03/2026 (الخميس) قتل 7 جنود"],
    "Latin names": ["أعلنت شركة Rosatom عن 15 مشروعا", "حركة M23 سيطرت على Goma يوم 27 يناير"],
    "Hebrew": ["ראש העיר אמר כי 15 בני אדם הגיעו ב-20 במרץ", 'צה"ל תקף 12 יעדים'],
    "Urdu": ["فوج نے 12 دہشت گرد ہلاک کیے", "بلوچستان میں 120 گھر تباہ"],
    "vowel signs": ["قُتِلَ 15 جُنديًّا يومَ الخميس"],
}  # fmt: skip


@pytest.mark.parametrize("lines", RIGHTWARD.values(), ids=RIGHTWARD)
def test_lines_from_the_right_keep_their_order_and_their_numbers(lines):
    assert read(make_unicode_pdf(lines)).text == "\n".join(lines)


def test_letters_placed_one_by_one_are_lines():
    lines = ["The ministry said 15 people arrived on 20 March", "and 12 of them left."]
    assert read(make_unicode_pdf(lines, glyph_by_glyph=True)).text == "\n".join(lines)


@pytest.mark.parametrize("name", ["Persian digits", "Arabic", "Hebrew", "Urdu"])
def test_lines_that_a_program_drew_from_the_left_are_read_so(name):
    lines = RIGHTWARD[name]
    assert read(make_unicode_pdf(lines, as_drawn=True)).text == "\n".join(lines)


@pytest.mark.parametrize(
    ("seen", "read_as"),
    [
        ("He said “اصخش 15 لاق” on 20 March", "He said “قال 15 شخصا” on 20 March"),
        ("(سيمخلا) 12/03/2026 خيراتب", "بتاريخ 12/03/2026 (الخميس)"),
        (")سيمخلا( خيراتب", "بتاريخ (الخميس)"),
        ("50 نم 15", "15 من 50"),
        ("15 50 ماقرأ", "أرقام 50 15"),
        ("F-16 ةرئاط", "طائرة F-16"),
        ("The plain line of 15 March (no. 2).", "The plain line of 15 March (no. 2)."),
    ],
)
def test_a_line_as_seen_is_put_into_reading_order(seen, read_as):
    assert in_reading_order(seen) == read_as


def test_a_line_of_latin_names_runs_as_its_page_does():
    assert (
        in_reading_order("Al Jazeera English ةانق", rightward_page=True)
        == "قناة Al Jazeera English"
    )
    assert in_reading_order("Al Jazeera English ةانق") == "Al Jazeera English قناة"


def test_columns_on_one_baseline_are_divided_by_a_blank():
    places = (("ب", 100, 700), ("ا", 106, 700.5), ("7", 40, 700))
    glyphs = [Glyph(letter, left, left + 6, baseline, 12) for letter, left, baseline in places]
    assert lines_of(glyphs) == ["اب 7"]


def test_ligatures_are_letters():
    assert as_letters("The oﬃcial ﬁrst ﬂeet, ﻻ and ﷲ") == "The official first fleet, لا and الله"
    found = read(make_unicode_pdf(["The oﬃcial ﬁrst ﬂeet goes out to sea again"]))
    assert found.text == "The official first fleet goes out to sea again"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (
            "asked for a cease-\nfire and for pris-\noners",
            "asked for a ceasefire and for prisoners",
        ),
        ("a cease-\nfire. The cease-fire holds", "a cease-fire. The cease-fire holds"),
        ("an anti-\ntank unit", "an anti-tank unit"),
        ("near Nagorno-\nKarabakh", "near Nagorno-Karabakh"),
        ("the T-\n72 tank", "the T-\n72 tank"),
        ("in 2025-\n2026", "in 2025-\n2026"),
        ("das Kriegs-\nschiff", "das Kriegsschiff"),
        ("сооб-\nщили о взры-\nве", "сообщили о взрыве"),
        ("inter-\ngovern-\nmental talks", "intergovernmental talks"),
        ("soft\u00ad\nly", "softly"),
    ],
)
def test_words_divided_at_line_ends_are_joined_as_the_document_writes_them(text, joined):
    assert joined_words(text) == joined


def test_a_divided_word_of_a_page_is_found_whole():
    found = read(make_pdf(["The parliament asked for a cease-\nfire and left."]))
    assert found.text == "The parliament asked for a ceasefire and left."


def test_what_the_library_says_of_a_broken_file_stays_within(capfd):
    read(make_pdf([PAGE]).replace(b"/Length", b"/Lenght").replace(b"obj", b"obi", 3))
    assert capfd.readouterr() == ("", "")
