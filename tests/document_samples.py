"""Documents made here, with fifty references each: a Word file, PDFs, a Markdown page."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

HOSTS = ("harbour-courier.com", "tolvarpost.co.uk", "river-office.gov", "t.me", "nadbrzezem.pl")
WORDS = ("barges", "seen", "again", "at", "the", "quay", "of", "osterlin")
PROSE = (
    "The harbour office counted {n} barges on day {n}. Node.js/Express and setup.py/main are no "
    "addresses, nor is and/or, e.g. this, or version 3.{n}."
)


def addresses(count: int = 50) -> list[str]:
    """So many addresses, none of them another's beginning."""
    made = []
    for n in range(1, count + 1):
        host = HOSTS[n % len(HOSTS)]
        if host == "t.me":
            made.append(f"https://t.me/portwatch{n}/{1000 + n}")
        else:
            slug = "-".join(
                ("barges", "seen", "again", "at", "the", "quay", "of", "osterlin")[: 2 + n % 7]
            )
            made.append(f"https://{host}/2024/{n:02}/{slug}-{n}.html?id={n}&lang=en")
    return made


# --- Word -----------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def _t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _rels(links: list[str]) -> str:
    one = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/hyperlink" TargetMode="External" '
        f'Target="{escape(url, {chr(34): "&quot;"})}"/>'
        for n, url in enumerate(links)
    )
    return f'<Relationships xmlns="{_RELS}">{one}</Relationships>'


def word_file(urls: list[str]) -> bytes:
    """Links as relations, as fields, in print, in footnotes and in endnotes, ten of each."""
    related, fields, printed, foot, end = (urls[at : at + 10] for at in range(0, 50, 10))
    body = [_p(_t(PROSE.format(n=n))) for n in range(5)]
    body += [_p(_t("As told ") + f'<w:hyperlink r:id="r{n}">{_t("there")}</w:hyperlink>' + _t("."))
             for n in range(10)]  # fmt: skip
    for url in fields:
        body.append(_p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText> HYPERLINK "{escape(url)}" </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_t("a field")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ))  # fmt: skip
    body += [_p(_t(f"In print: {url}.")) for url in printed]
    for kind in ("footnote", "endnote"):
        for n in range(10):
            mark = f'<w:r><w:{kind}Reference w:id="{n + 2}"/></w:r>'
            body.append(_p(_t("A claim.") + mark))
    gone = "<w:del><w:r><w:delText>https://deleted.example.org/x</w:delText></w:r></w:del>"
    body.append(_p(gone + _t("End.")))
    main = f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    in_foot = [_t(f"Harbour office, {url}, accessed May 3.") for url in foot]
    cut = [_t(url[:30] + "…") for url in end]
    in_end = [f'<w:hyperlink r:id="r{n}">{one}</w:hyperlink>' for n, one in enumerate(cut)]
    held = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELS}">{main}</Relationships>',
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _rels(related),
        "word/footnotes.xml": _notes("footnote", in_foot),
        "word/endnotes.xml": _notes("endnote", in_end),
        "word/_rels/endnotes.xml.rels": _rels(end),
    }  # fmt: skip
    return zipped(held)


def _notes(kind: str, inner: list[str]) -> str:
    notes = f'<w:{kind} w:type="separator" w:id="0">{_p("")}</w:{kind}>'
    for n, one in enumerate(inner):
        notes += f'<w:{kind} w:id="{n + 2}">{_p(one)}</w:{kind}>'
    return f"<w:{kind}s {_W} {_R}>{notes}</w:{kind}s>"


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


# --- PDF ------------------------------------------------------------------------------------------

_WIDTH = 80
"""Letters on a line of Courier at 10 points, 6 points each."""


def pdf_file(urls: list[str], *, linked: bool, at_signs: bool = False) -> bytes:
    """A list of notes after some prose, lines full and addresses broken at the margin.

    Args:
        urls: One a note.
        linked: With links over the addresses, which are then printed cut.
        at_signs: Addresses are broken behind a slash or hyphen, as TeX does.
    """
    lines: list[tuple[str, list[tuple[int, int, str]]]] = []
    for n in range(3):
        lines += [(line, []) for line in _wrapped(PROSE.format(n=n), at_signs=False)]
        lines.append(("", []))
    for n, url in enumerate(urls, 1):
        shown = f"{url[:40]}..." if linked else url
        text = f"[{n}] Harbour office of Osterlin, {shown}, accessed on May {n % 28 + 1}, 2024."
        at, begin = 0, text.index(shown)
        for line in _wrapped(text, at_signs=at_signs):
            start = text.index(line, at)
            first, last = (
                max(begin, start) - start,
                min(begin + len(shown), start + len(line)) - start,
            )
            lines.append((line, [(first, last, url)] if linked and first < last else []))
            at = start + len(line)
    return _pages([lines[at : at + 45] for at in range(0, len(lines), 45)])


def _wrapped(text: str, *, at_signs: bool) -> list[str]:
    lines, rest = [], text
    while len(rest) > _WIDTH:
        cut = _cut(rest, at_signs=at_signs)
        lines.append(rest[:cut].rstrip(" "))
        rest = rest[cut:].lstrip(" ")
    return [*lines, rest]


def _cut(rest: str, *, at_signs: bool) -> int:
    """Where a line ends: before a word, but within an address."""
    word = rest.rfind(" ", 0, _WIDTH + 1) + 1
    if word and not rest.startswith("https://", word):
        return word
    if not at_signs:
        return _WIDTH
    signs = [found.end() for found in re.finditer(r"[/?&-]", rest[:_WIDTH])]
    return signs[-1] if signs and signs[-1] > word + 12 else word or _WIDTH


def _pages(pages: list[list[tuple[str, list[tuple[int, int, str]]]]]) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"]  # fmt: skip
    kids = []
    for lines in pages:
        shown = [("The running head of a paper, www.paper-of-the-harbour.org", []), *lines]
        text = " ".join(f"({_escaped(line)}) Tj T*" for line, _ in shown)
        stream = f"BT /F1 10 Tf 14 TL 50 760 Td {text} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        contents = len(objects)
        annotations = []
        for row, (_, links) in enumerate(shown):
            for first, last, url in links:
                y = 760 - 14 * row
                box = f"{50 + 6 * first} {y - 3} {50 + 6 * last} {y + 9}"
                objects.append(
                    f"<< /Type /Annot /Subtype /Link /Rect [{box}] "
                    f"/Border [0 0 0] /A << /S /URI /URI ({_escaped(url)}) >> >>"
                )
                annotations.append(f"{len(objects)} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {contents} 0 R "
            f"/Annots [{' '.join(annotations)}] /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


# --- Markdown and HTML ----------------------------------------------------------------------------


def markdown_page(urls: list[str]) -> str:
    """Inline links, autolinks, references by label, footnotes and bare addresses, ten of each."""
    inline, auto, labelled, foot, bare = (urls[at : at + 10] for at in range(0, 50, 10))
    parts = ["---\nsource: https://front-matter.example.org/x\n---\n\n# Barges of Osterlin\n"]
    parts += [PROSE.format(n=n) for n in range(3)]
    parts += [f'As [they say]({url} "a title"), so it is.' for url in inline]
    parts += [f"See <{url}>." for url in auto]
    parts += [f"And [more of it][m{n}]." for n in range(10)]
    parts += [f"A claim.[^{n}]" for n in range(9)]  # nobody refers to the last
    parts += [f"- printed: {url}" for url in bare]
    parts.append("```sh\ncurl https://code.example.org/not-a-reference\n```")
    parts.append("![a picture](https://pictures.example.org/quay.png)")
    parts += [f"[m{n}]: {url}" for n, url in enumerate(labelled)]
    parts += [f"[^{n}]: Harbour office, {url}." for n, url in enumerate(foot)]
    return "\n\n".join(parts) + "\n"


def bibtex_file(urls: list[str]) -> str:
    """Fifty entries: addresses as fields, in TeX's commands, and as numbers."""
    forms = (
        "url = {{{0}}}", 'url = "{0}"', "howpublished = {{\\url{{{0}}}}}",
        "note = {{Available at \\href{{{0}}}{{here}}, accessed May 3}}", "url = {{{1}}}",
    )  # fmt: skip
    parts = ["@comment{not https://comment.example.org/x}\n"]
    for n, url in enumerate(urls):
        said = forms[n % 5].format(url, url.replace("_", "\\_").replace("&", "\\&"))
        title = f"title = {{The {{P}}ort \\& its barges {n}}}"
        parts.append(f"@misc{{key{n},\n  {title},\n  {said},\n  year = 2024\n}}\n")
    return "".join(parts)


def html_page(urls: list[str]) -> str:
    """Links in the text, and a list of notes; menus and a footer around them."""
    linked, noted = ([url.replace("&", "&amp;") for url in half] for half in (urls[:25], urls[25:]))
    prose = notes = ""
    for n, url in enumerate(linked, 1):
        mark = f'<sup><a href="#fn{n}">[{n}]</a></sup>'
        prose += f'<p>{PROSE.format(n=n)} It is <a href="{url}">told</a>.{mark}</p>'
    for n, url in enumerate(noted, 1):
        back = f'<a href="#r{n}">\N{LEFTWARDS ARROW WITH HOOK}</a>'
        notes += f'<li id="fn{n}">Harbour office, <a href="{url}">{url[:20]}</a> {back}</li>'
    return (
        "<!doctype html><html><head><title>Barges</title></head><body>"
        '<nav><a href="https://menu.example.org/">menu</a></nav>'
        f"<article><h1>Barges of Osterlin</h1>{prose}<h2>Notes</h2><ol>{notes}</ol></article>"
        '<footer><a href="https://imprint.example.org/">imprint</a></footer></body></html>'
    )
