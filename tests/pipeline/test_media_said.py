"""What files say of themselves: kept as read, and nothing worse than unreadable."""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive.show.media_said import player_told, said_told
from pipeline.read.media.container import container_of
from pipeline.read.media.pictures import media_facts
from pipeline.read.media.said import said_by_picture

PLAIN = Image.new("RGB", (32, 16), "teal")
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-synta'
    'x-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:CreatorTool="Dark Room 3">'
    "<dc:creator><rdf:Seq><rdf:li>Ada Moss</rdf:li></rdf:Seq></dc:creator>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def picture(form: str = "JPEG", *, gps: dict[int, Any] | None = None, **how: Any) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Lumen", "L 2\0", "Dark Room 3"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 11:22:33"
    if gps:
        exif.get_ifd(0x8825).update(gps)
    out = io.BytesIO()
    PLAIN.save(out, form, exif=exif, **how)
    return out.getvalue()


def said(body: bytes, form: str = "jpeg") -> dict[str, Any]:
    return json.loads(said_by_picture(body, form) or "{}")  # type: ignore[no-any-return]


GPS = {1: "N", 2: (48.0, 30.0, 36.0), 3: "W", 4: (31.0, 12.0, 0.0)}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_camera_program_and_time_are_kept_as_written(form: str) -> None:
    told = said(picture(form), form.lower())["exif"]
    assert told == {
        "Make": "Lumen", "Model": "L 2", "Software": "Dark Room 3",
        "DateTimeOriginal": "2026:03:01 11:22:33",
    }  # fmt: skip


def test_a_place_is_told_in_degrees_and_in_words() -> None:
    found = said(picture(gps=GPS))
    assert (found["gps"]["latitude"], found["gps"]["longitude"]) == (48.51, -31.2)
    assert said_told(found)[0] == ("place", "48.510000° north, 31.200000° west")


@pytest.mark.parametrize(
    "gps",
    [
        {2: (48.0, 30.0, 36.0), 4: (31.0, 12.0, 0.0)},
        {1: "N", 2: (98.0, 0.0, 0.0), 3: "E", 4: (31.0, 0.0, 0.0)},
        {1: "N", 2: (48.0,), 3: "E", 4: (31.0, 0.0, 0.0)},
        {1: "W", 2: (48.0, 30.0, 0.0), 3: "N", 4: (31.0, 0.0, 0.0)},
        {1: "N", 2: (48.0, 99.0, 0.0), 3: "E", 4: (31.0, 0.0, 0.0)},
        {1: "N", 2: (48.0, 30.0, 61.0), 3: "E", 4: (31.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_is_not_whole_is_none(gps: dict[int, Any]) -> None:
    found = said(picture(gps=gps))
    assert {"latitude", "longitude"} - found["gps"].keys()
    assert said_told(found)[0] == ("place", "coordinates that are not whole")


@pytest.mark.parametrize(("form", "how"), [("JPEG", {"xmp": XMP.encode()}), ("WEBP", {"xmp": XMP})])
def test_properties_of_xmp_are_kept(form: str, how: dict[str, Any]) -> None:
    told = said(picture(form, **how), form.lower())["xmp"]
    assert told == {"xmp:CreatorTool": "Dark Room 3", "dc:creator": "Ada Moss"}


def with_segment(marker: int, data: bytes) -> bytes:
    plain = io.BytesIO()
    PLAIN.save(plain, "JPEG")
    body = plain.getvalue()
    return body[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + body[2:]


def test_iptc_and_content_credentials_are_noted() -> None:
    sets = b"".join(
        b"\x1c\x02" + struct.pack(">BH", number, len(value)) + value
        for number, value in ((120, "Міст".encode()), (80, b"Ada \xff Moss"))
    )
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(sets)) + sets
    assert said(with_segment(0xED, block)) == {
        "iptc": {"caption": "Міст", "by-line": "Ada \N{REPLACEMENT CHARACTER} Moss"}
    }
    jumbf = b"JP\0\1\0\0\0\1" + struct.pack(">I", 40) + b"jumb\0\0\0\x1ejumdc2pa" + bytes(20)
    found = said(with_segment(0xEB, jumbf))
    assert found == {"c2pa": True, "unreadable": ["credentials"]}
    assert said_told(found) == [
        ("content credentials", "there is a C2PA block; it was not opened or checked"),
        ("content credentials", "there, and unreadable"),
    ]


def with_chunk(name: bytes, data: bytes) -> bytes:
    out = io.BytesIO()
    PLAIN.save(out, "PNG")
    body = out.getvalue()
    chunk = struct.pack(">I", len(data)) + name + data
    return body[:33] + chunk + struct.pack(">I", zlib.crc32(name + data)) + body[33:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    packed = b"".join(n + struct.pack("<I", len(d)) + d + b"\0" * (len(d) % 2) for n, d in chunks)
    return b"RIFF" + struct.pack("<I", len(packed) + 4) + b"WEBP" + packed


@pytest.mark.parametrize(
    ("body", "form"),
    [(with_chunk(b"caBX", b"jumb"), "png"), (riff((b"VP8 ", b"odd"), (b"C2PA", b"jumb")), "webp")],
)
def test_content_credentials_are_noted_in_each_form(body: bytes, form: str) -> None:
    assert said(body, form) == {"c2pa": True, "unreadable": ["credentials"]}


def exif_of(entries: list[tuple[int, int, int, int]], rest: bytes = b"") -> bytes:
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + packed + bytes(4) + rest


def fraction(*parts: tuple[int, int]) -> bytes:
    return b"".join(struct.pack("<II", *part) for part in parts)


def block_of(place: list[tuple[int, int, int, bytes]], tag: int = 0x8825) -> bytes:
    """A block with one directory within another, its values behind them."""
    start = 8 + 2 + 12 + 4
    at = start + 2 + 12 * len(place) + 4
    packed, heap = b"", b""
    for name, kind, count, data in place:
        value = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack("<I", at + len(heap))
        heap += data if len(data) > 4 else b""
        packed += struct.pack("<HHI", name, kind, count) + value
    inner = struct.pack("<H", len(place)) + packed + bytes(4)
    return b"Exif\0\0" + exif_of([(tag, 4, 1, start)]) + inner + heap


def said_in(place: list[tuple[int, int, int, bytes]], tag: int = 0x8825) -> dict[str, Any]:
    found = said(with_segment(0xE1, block_of(place, tag)))
    assert "unreadable" not in found
    return found


@pytest.mark.parametrize(
    ("side", "metres", "words"),
    [(b"\0", 430.0, "430 m above the sea"), (b"\1", -430.0, "430 m below the sea")],
)
def test_a_height_is_told_with_its_side_of_the_sea(side: bytes, metres: float, words: str) -> None:
    found = said_in([(5, 1, 1, side), (6, 5, 1, fraction((430, 1)))])
    assert found["gps"]["altitude"] == metres
    assert said_told(found) == [("altitude", words)]


def test_a_fraction_of_nothing_is_a_gap_and_moves_no_other_number() -> None:
    found = said_in([(1, 2, 2, b"N\0"), (2, 5, 3, fraction((48, 1), (0, 0), (36, 1)))])
    assert found["gps"] == {"GPSLatitudeRef": "N", "GPSLatitude": "48.0, ?, 36.0"}
    assert said_in([(6, 5, 1, fraction((430, 0)))]) == {}


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("words", ["Hello", "Міст через річку"])
def test_a_comment_is_read_in_the_coding_that_it_names(coding: str, words: str) -> None:
    data = b"UNICODE\0" + words.encode(coding)
    assert said_in([(0x9286, 7, len(data), data)], 0x8769) == {"exif": {"UserComment": words}}


def test_words_in_utf8_and_those_of_windows_are_whole() -> None:
    title, artist = "Міст".encode("utf-16-le") + b"\0\0", "Ада Мох".encode() + b"\0"
    place = [(0x9C9B, 1, len(title), title), (0x013B, 2, len(artist), artist)]
    assert said_in(place, 0x8769)["exif"] == {"XPTitle": "Міст", "Artist": "Ада Мох"}


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
CYCLE = exif_of([(0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0x010F, 2, 4, 0x41424344)])
MANY = exif_of([(256 + n, 7, 40_000, 8) for n in range(500)], bytes(50_000))


@pytest.mark.parametrize(
    ("body", "groups"),
    [
        (with_segment(0xE1, b"Exif\0\0" + MANY), ["exif", "gps"]),
        (with_segment(0xE1, b"Exif\0\0" + exif_of([(1, 2, 3, 4)] * 600)), ["exif", "gps"]),
        (with_segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"), ["exif", "gps"]),
        (with_segment(0xE1, b"Exif\0\0garbage"), ["exif", "gps"]),
        (with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + BOMB), ["xmp"]),
        (with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<a>\xff\xfe</a>"), ["xmp"]),
        (with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 20_000), ["xmp"]),
    ],
    ids=["claims", "entries", "nowhere", "garbage", "entities", "utf-8", "deep"],
)
def test_hostile_blocks_are_unreadable_and_the_picture_is_one_all_the_same(
    body: bytes, groups: list[str]
) -> None:
    media_facts(picture())  # so that no library is read meanwhile
    tracemalloc.start()
    facts = media_facts(body)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert facts is not None
    assert (facts.width, facts.height) == (32, 16)
    assert json.loads(facts.said or "{}") == {"unreadable": groups}
    assert used < 20_000_000, "the Python side of it"
    assert ("EXIF" if groups[0] == "exif" else "XMP", "there, and unreadable") in said_told(
        {"unreadable": groups}
    )


_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def _spaces() -> str:
    spaces = " ".join(f'xmlns:p{n}="u{n}" p{n}:x="1"' for n in range(9_000))
    return f"<rdf:Description {_RDF} {spaces}/>"


def _within() -> str:
    begun = "<rdf:Description><a:c>" * 120
    ended = "</a:c></rdf:Description>" * 120
    return f'<r {_RDF} xmlns:a="urn:a">{begun}{"<a:d>y</a:d>" * 30_000}{ended}</r>'


@pytest.mark.parametrize("packet", [_spaces(), _within()], ids=["namespaces", "within"])
def test_work_on_a_packet_is_bounded_whatever_it_declares(packet: str) -> None:
    # without a bound these take minutes; the watch of all tests would end them
    body = with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode())
    assert len(json.dumps(said(body, "png"))) < 1_000


def test_a_document_type_in_another_coding_is_seen_too() -> None:
    packet = BOMB.decode().replace("<!D", '<?xml version="1.0" encoding="utf-16"?><!D')
    body = with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode("utf-16"))
    assert said(body) == {"unreadable": ["xmp"]}


def test_directories_that_lead_to_each_other_end() -> None:
    assert said(with_segment(0xE1, b"Exif\0\0" + CYCLE))["exif"] == {"Make": "DCBA"}


def test_a_compressed_text_is_unpacked_no_further_than_is_kept() -> None:
    body = with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a " * 5_000_000, 9))
    tracemalloc.start()
    told = said(body, "png")["texts"]["Comment"]
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told.startswith("a a a")
    assert len(told) <= 500
    assert used < 3_000_000


@given(st.binary(max_size=400), st.sampled_from(["jpeg", "png", "webp"]))
def test_any_bytes_are_walked_to_their_end(noise: bytes, form: str) -> None:
    start = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "webp": b"RIFF0000WEBP"}[form]
    said_by_picture(start + noise, form)
    said_by_picture(with_segment(0xE1, b"Exif\0\0II*\0" + noise), "jpeg")


# --- containers -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Videos of a second, by ffmpeg."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg makes the videos")
    folder = tmp_path_factory.mktemp("clips")
    made = {}
    for form, coder in (("mp4", "mpeg4"), ("webm", "libvpx")):
        path = Path(folder / f"a.{form}")
        how = ("-c:v", coder, "-metadata", "creation_time=2026-03-01T10:00:00Z")
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:d=1:r=5", *how, path],
            check=True,
        )
        made[form] = path.read_bytes()
    return made


@pytest.mark.parametrize(("form", "track"), [("mp4", "mp4v"), ("webm", "V_VP8")])
def test_a_video_says_its_size_its_length_and_what_made_it(
    clips: dict[str, bytes], form: str, track: str
) -> None:
    facts = media_facts(clips[form])
    assert facts is not None
    assert (facts.form, facts.width, facts.height) == (form, 64, 48)
    told = json.loads(facts.said or "{}")["container"]
    assert told["tracks"] == f"video {track} 64 x 48"
    assert told["duration_s"] == 1.0
    assert told["software"].startswith("Lavf")
    if form == "mp4":
        assert told["created"] == "2026-03-01T10:00:00Z"


def box(name: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return struct.pack(">I", 8 + len(data)) + name + data


def test_a_clock_that_was_never_set_is_no_date() -> None:
    header = box(b"mvhd", bytes(4), struct.pack(">IIII", 0, 0, 1000, 2500), bytes(80))
    found, _ = container_of(box(b"ftyp", b"isom") + box(b"moov", header), "mp4")
    assert found.told == {"brand": "isom", "duration_s": 2.5}


def test_the_place_that_a_telephone_writes_is_told_in_words() -> None:
    own = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", 17, 0x15C7), b"+48.5101-031.2000/"))
    found, said_ = container_of(box(b"ftyp", b"isom") + box(b"moov", own), "mp4")
    assert found.told["location"] == "+48.5101-031.2000/"
    assert said_told(json.loads(said_ or ""))[0] == ("place", "48.510100° north, 31.200000° west")


def test_content_credentials_of_a_video_are_noted() -> None:
    own = box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), b"jumb")
    found, _ = container_of(box(b"ftyp", b"isom") + own, "mp4")
    assert found.has_credentials


def test_a_size_that_no_picture_has_is_none() -> None:
    def element(number: str, data: bytes) -> bytes:
        return bytes.fromhex(number) + b"\x01" + len(data).to_bytes(7, "big") + data

    size = element("b0", b"\xff" * 8) + element("ba", b"\xff" * 8)
    track = element("ae", element("83", b"\1") + element("e0", size))
    body = element("1a45dfa3", element("4282", b"webm"))
    facts = media_facts(body + element("18538067", element("1654ae6b", track)))
    assert facts is not None
    assert (facts.width, facts.height) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"\0")),
        box(b"ftyp", b"isom") + b"\0\0\0\1moov" + b"\xff" * 8 + b"\0\0\0\x08trak" * 10_000,
        box(b"ftyp", b"isom") + box(b"moov", box(b"trak")) * 10_000,
    ],
    ids=["short", "size", "many"],
)
def test_a_broken_container_is_a_video_that_says_less(body: bytes) -> None:
    facts = media_facts(body)
    assert facts is not None
    assert facts.form == "mp4"


@given(st.binary(max_size=300), st.sampled_from(["mp4", "webm"]))
def test_any_container_is_walked_to_its_end(noise: bytes, form: str) -> None:
    head = {"mp4": b"\0\0\0\x18ftypisom", "webm": b"\x1aE\xdf\xa3"}[form]
    container_of(head + noise, form)


def test_a_player_is_told_as_far_as_it_said_anything() -> None:
    refused = [["10.0.0.9:80", "not public: private"]]
    assert player_told({"width": 640, "refused": refused, "limit": "more than 9 seconds"}) == [
        ("fetched by", "yt-dlp"),
        ("size, as the platform says", "640 pixels"),
        ("not reached", "10.0.0.9:80: not public: private"),
        ("ended by a limit", "more than 9 seconds"),
    ]
