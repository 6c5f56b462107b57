"""Documents of any format: every reference is found, none is invented, bad ones get a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest

from archive.errors import BadInputError
from archive.model.documents import ReadDocument
from pipeline.read.documents import unpacking
from pipeline.read.documents.read import read_document
from tests import document_samples as samples

URLS = samples.addresses()
FORMS: dict[str, Callable[[], bytes]] = {
    "paper.docx": lambda: samples.word_file(URLS),
    "linked.pdf": lambda: samples.pdf_file(URLS, linked=True),
    "printed.pdf": lambda: samples.pdf_file(URLS, linked=False),
    "set-by-tex.pdf": lambda: samples.pdf_file(URLS, linked=False, at_signs=True),
    "page.md": lambda: samples.markdown_page(URLS).encode(),
    "works.bib": lambda: samples.bibtex_file(URLS).encode(),
    "page.html": lambda: samples.html_page(URLS).encode(),
}


def urls_of(document: ReadDocument) -> list[str]:
    return [cited.url for reference in document.references for cited in reference.urls]


@pytest.mark.parametrize("name", FORMS)
def test_each_of_fifty_references_is_found_and_none_invented(name: str) -> None:
    found = read_document(FORMS[name](), name)
    assert sorted(urls_of(found)) == sorted(URLS)
    assert len(found.references) == 50


def test_a_documents_format_is_told_by_its_bytes() -> None:
    told = {name: read_document(make(), "file").format for name, make in FORMS.items()}
    assert told["paper.docx"] == "docx"
    assert told["linked.pdf"] == "pdf"
    assert told["page.html"] == "html"
    assert told["works.bib"] == "bibtex"


def test_plain_text_is_read_defanged_and_in_an_old_charset() -> None:
    text = "Größe: hxxps://harbour[.]org/a and t.me/portwatch/7, setup.py/main.".encode("cp1252")
    assert urls_of(read_document(text, "a.txt")) == [
        "https://harbour.org/a", "https://t.me/portwatch/7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Node.js/Express, setup.py/main, README.md/INSTALL, e.g./i.e., and/or, 24/7, 3.5/4.",
        "Пакет node.js/express і файл main.rs/lib, тощо. Див. також стор. 3.",
        "Le fichier config.pl/essai n'est pas une adresse, p.ex./etc.",
        "Ana@harbour.org wrote it; see section 2.1/3 and Fig.4/b.",
    ],
)
def test_words_of_running_text_are_no_addresses(words: str) -> None:
    assert urls_of(read_document(words.encode(), "a.txt")) == []


def test_an_address_without_scheme_is_one_where_its_domain_is_given_out() -> None:
    text = b"Retrieved from nadbrzezem.pl/2024/04/barges and harbour-courier.com/quay."
    assert urls_of(read_document(text, "a.txt")) == [
        "https://nadbrzezem.pl/2024/04/barges", "https://harbour-courier.com/quay",
    ]  # fmt: skip


def test_a_work_without_address_is_a_reference_too() -> None:
    document = read_document(b"A claim.[^1]\n\n[^1]: The Book of Barges, 1999.\n", "a.md")
    assert [(one.label, one.text, one.urls) for one in document.references] == [
        ("1", "The Book of Barges, 1999.", ())
    ]


def test_relative_links_of_a_page_are_whole() -> None:
    page = b"<html><title>a</title><body><p>As <a href='/b?c=1'>told</a> <a href='#x'>x</a>.</p>"
    found = read_document(page, "https://harbour.org/a", "https://harbour.org/a", "text/html")
    assert urls_of(found) == ["https://harbour.org/b?c=1"]


def test_a_number_of_bibtex_stands_for_an_address_where_there_is_none() -> None:
    entries = b"""@article{a, doi = {10.1000/182}}
    @misc{b, eprint = {2101.00001}, archivePrefix = {arXiv}}
    @misc{a, doi = {10.1000/7}, url = {https://harbour.org/twice}}
    @misc{c, title = {unclosed"""
    found = read_document(entries, "a.bib")
    assert urls_of(found) == [
        "https://doi.org/10.1000/182", "https://arxiv.org/abs/2101.00001",
        "https://harbour.org/twice",
    ]  # fmt: skip
    assert len(found.doubts) == 1


def _locked() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        (b" \n", "a.md", "empty"),
        (b"%PDF-1.4\nnothing", "a.pdf", "broken PDF"),
        (_locked(), "a.pdf", "password"),
        (b"PK\x03\x04 cut off", "a.docx", "broken package"),
        (samples.zipped({"a.txt": "x"}), "a.docx", "without a Word document"),
        (samples.zipped({"word/document.xml": "no xml"}), "a.docx", "no XML"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "old or encrypted"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "a picture"),
        (bytes(range(256)) * 8, "a.md", "a binary file"),
        (b"@misc{x, title = {a", "a.bib", "no BibTeX entry"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(body: bytes, name: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as raised:
        read_document(body, name)
    assert "\n" not in str(raised.value)


def test_a_package_that_unpacks_to_more_than_is_read_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1_000)
    bomb = samples.zipped({"word/document.xml": "<a>" + "x" * 5_000 + "</a>"})
    with pytest.raises(BadInputError, match="unpacks to more than 1,000 bytes"):
        read_document(bomb, "a.docx")
