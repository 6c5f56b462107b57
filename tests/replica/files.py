"""Small valid files made by hand: PNG and PDF."""

from __future__ import annotations

import hashlib
import struct
import zlib

SIDE = 32  # pixels


def png(seed: str) -> bytes:
    """A square picture whose pixels come from the text; equal texts give equal bytes."""
    digest = hashlib.sha256(seed.encode()).digest()
    row = b"\x00" + digest * 3  # filter 0, then 32 pixels of three bytes
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return png_of((b"IHDR", header), (b"IDAT", zlib.compress(row * SIDE)))


def png_of(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture of these chunks, and the one that ends it."""
    made = (_chunk(kind, data) for kind, data in (*chunks, (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc


def pdf(title: str, pages: tuple[str, ...], *, created: str = "20260312093000Z") -> bytes:
    """A PDF 1.4 with one line of Latin text or more on each page, a title and a date."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    info = f"<< /Title ({_escaped(title)}) /Author (River Office) /CreationDate (D:{created}) >>"
    objects.append(info.encode("latin-1"))
    for index, text in enumerate(pages):
        objects += _page(text, 6 + 2 * index)
    return _assemble(objects)


def _page(text: str, content: int) -> list[bytes]:
    lines = "".join(f"({_escaped(line)}) Tj T*\n" for line in text.split("\n"))
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{lines}ET".encode("latin-1")
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        f"/Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
    )
    return [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]


def _assemble(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    out += b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        start,
    )
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
