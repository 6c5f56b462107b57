"""PDFs made by hand for tests: pages of plain text in one font, and one of any script."""

import re
import unicodedata


def make_pdf(pages, info=""):
    """A PDF with one page for each text of `pages`; `info` is the inside of its description."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        (
            f"<< /Type /Pages /Count {len(pages)} /Kids "
            f"[{' '.join(f'{5 + 2 * i} 0 R' for i in range(len(pages)))}] >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    for i, text in enumerate(pages):
        lines = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {lines} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _file(objects, "/Info 4 0 R")


def _file(objects, more=""):
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R "
        f"{more} >>\n"
    )
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def make_unicode_pdf(lines, *, glyph_by_glyph=False, as_drawn=False):
    """A PDF of one page whose font maps glyphs to any letters, as for other scripts.

    Args:
        lines: Texts as they are read; what runs from right to left is written as seen on paper.
        as_drawn: Whether the first letter stands at the left, as careless programs set it.
        glyph_by_glyph: Whether each letter is placed by itself, in the order in which it is read.
    """
    letters = sorted(set("".join(lines)))
    glyphs = {letter: f"{number:04x}" for number, letter in enumerate(letters, 1)}
    rows = []
    for row, line in enumerate(lines):
        shown, y = line if as_drawn else as_on_paper(line), 720 - 16 * row
        if glyph_by_glyph:
            places = places_of(line)
            rows += [
                f"1 0 0 1 {72 + 6 * places[i]} {y} Tm <{glyphs[c]}> Tj" for i, c in enumerate(line)
            ]
        else:
            rows.append(f"1 0 0 1 72 {y} Tm <{''.join(glyphs[c] for c in shown)}> Tj")
    stream = f"BT /F1 12 Tf {' '.join(rows)} ET"
    pairs = " ".join(f"<{g}> <{c.encode('utf-16-be').hex()}>" for c, g in glyphs.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "/CMapType 2 def "
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(glyphs)} beginbfchar {pairs} "
        "endbfchar endcmap end end"
    )
    font = "/Type /Font /BaseFont /Ar"
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    measures = (
        "/FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight "
        "700 /StemV 80"
    )
    return _file(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources "
                "<< /Font << /F1 5 0 R >> >> >>"
            ),
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            (
                f"<< {font} /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [6 0 R] "
                "/ToUnicode 7 0 R >>"
            ),
            (
                f"<< {font} /Subtype /CIDFontType2 /CIDSystemInfo {system} /DW 500 "
                "/FontDescriptor 8 0 R >>"
            ),
            f"<< /Length {len(to_unicode)} >>\nstream\n{to_unicode}\nendstream",
            f"<< /Type /FontDescriptor /FontName /Ar /Flags 4 {measures} >>",
        ]
    )


def places_of(line):
    """The column of each letter of `line` on paper, numbers and Latin words from the left."""
    if not any(_rightward(c) for c in line):
        return list(range(len(line)))
    columns = [0] * len(line)
    end = len(line)
    for run in re.finditer(
        r"[A-Za-z0-9۰-۹٠-٩]+(?:[ .,:/%٫٬-][A-Za-z0-9۰-۹٠-٩]+)*|.", line, re.DOTALL
    ):
        end -= len(run.group())
        for offset in range(len(run.group())):
            columns[run.start() + offset] = end + offset
    return columns


def as_on_paper(line):
    """`line` from left to right as it is seen."""
    return "".join(c for _, c in sorted(zip(places_of(line), line, strict=True)))


def _rightward(letter):
    return unicodedata.bidirectional(letter) in {"R", "AL"}
