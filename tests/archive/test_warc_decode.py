from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import WarcError
from archive.warc.decode import (
    BodyTooLargeError,
    BrokenEncodingError,
    Decoded,
    UnknownEncodingError,
    decode_body,
    decoded_body,
)

TEXT = "Рядок тексту, a line of text. ".encode() * 5000
LIMIT = 10**6


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


PACK = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def labelled(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple(("content-encoding", name) for name in names)


@pytest.mark.parametrize("name", PACK)
def test_each_coding_is_undone(name):
    assert decoded_body(PACK[name](TEXT), labelled(name), LIMIT) == TEXT


@given(st.binary(), st.sampled_from(sorted(PACK)))
def test_any_body_in_any_coding_comes_back(body, name):
    assert decoded_body(PACK[name](body), labelled(name), LIMIT) == body


def test_bare_deflate_is_undone_too():
    assert decoded_body(raw_deflate(TEXT), labelled("deflate"), LIMIT) == TEXT


def test_gzip_members_in_a_row_are_one_body():
    body = gzip.compress(TEXT) + gzip.compress(b"more") + b"\0\0padding"
    assert decoded_body(body, labelled("gzip"), LIMIT) == TEXT + b"more"


@pytest.mark.parametrize(
    "headers",
    [labelled("gzip, br"), labelled("gzip", "br"), labelled(" GZIP ,identity,", "BR")],
)
def test_codings_in_one_another_are_undone_from_the_last(headers):
    assert decoded_body(brotli.compress(gzip.compress(TEXT)), headers, LIMIT) == TEXT


def test_headers_may_be_a_mapping():
    assert decoded_body(gzip.compress(b"x"), {"content-encoding": "gzip"}, LIMIT) == b"x"


@pytest.mark.parametrize("headers", [(), labelled("identity"), labelled(""), labelled("gzip")])
def test_a_plain_body_stays_as_it_is_also_when_it_says_it_is_gzip(headers):
    assert decoded_body(b"<p>plain</p>", headers, LIMIT) == b"<p>plain</p>"


@pytest.mark.parametrize("name", PACK)
def test_an_empty_body_is_empty_in_every_coding(name):
    assert decoded_body(b"", labelled(name), LIMIT) == b""


@pytest.mark.parametrize("name", PACK)
def test_a_bomb_is_stopped_at_the_limit(name):
    bomb = PACK[name](bytes(50_000_000))
    tracemalloc.start()
    with pytest.raises(BodyTooLargeError, match="more than 100000 bytes") as caught:
        decoded_body(bomb, labelled(name), 100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.partial == bytes(100_000)
    assert peak < 5_000_000
    assert decode_body(bomb, labelled(name), 100_000) == Decoded(bytes(100_000), "too-large")


def test_a_bomb_within_a_bomb_is_stopped():
    bomb = gzip.compress(gzip.compress(bytes(50_000_000)))
    assert decode_body(bomb, labelled("gzip", "gzip"), 100_000).flag == "too-large"


@pytest.mark.parametrize("name", PACK)
def test_a_body_of_just_the_limit_is_whole(name):
    packed = PACK[name](b"x" * 1000)
    assert decode_body(packed, labelled(name), 1000) == Decoded(b"x" * 1000)
    assert decode_body(packed, labelled(name), 999) == Decoded(b"x" * 999, "too-large")


def test_a_plain_body_over_the_limit_is_cut_as_well():
    assert decode_body(b"12345", (), 4) == Decoded(b"1234", "too-large")


@pytest.mark.parametrize("name", PACK)
def test_a_body_cut_short_gives_what_was_there(name):
    noisy = bytes(value * value % 251 for value in range(200_000))
    packed = PACK[name](noisy)
    found = decode_body(packed[: len(packed) // 2], labelled(name), LIMIT)
    assert found.flag == "broken"
    assert noisy.startswith(found.body)
    with pytest.raises(BrokenEncodingError, match="ends early"):
        decoded_body(packed[:-1], labelled(name), LIMIT)


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_a_damaged_body_gives_what_came_before_the_damage(name):
    import random

    noise = random.Random(7).randbytes(150_000)
    packed = bytearray(PACK[name](noise + TEXT))
    packed[-4:] = b"\0\0\0\0"
    found = decode_body(bytes(packed), labelled(name), LIMIT)
    assert found.flag == "broken"
    assert len(found.body) > 0.9 * len(noise + TEXT)
    assert (noise + TEXT).startswith(found.body)


NOISE = bytes(value * value * 7919 % 256 for value in range(1, 3000))
PLAIN = {
    "latin": b"<p>plain text</p>" * 99,
    "cyrillic": "<p>Паром ходит снова</p>".encode("cp1251") * 99,
    "chinese": "<p>渡船</p>".encode("gb18030") * 99,
    "japanese": "<p>渡し船</p>".encode("iso2022_jp") * 99,
    "short": b"ok",
    "pdf": b"%PDF-1.7\n" + NOISE,
}


@pytest.mark.parametrize("name", ["deflate", "br", "zstd", "gzip", "compress", "x-new", "binary"])
@pytest.mark.parametrize("body", PLAIN.values(), ids=PLAIN)
def test_a_plain_body_is_read_as_it_is_whatever_its_headers_say(body, name):
    assert decode_body(body, labelled(name), LIMIT) == Decoded(body, "untrue")


@pytest.mark.parametrize("name", ["binary", "aws-chunked", "windows-1251", "UTF-16", "8bit"])
def test_what_is_no_coding_has_encoded_nothing(name):
    assert decode_body(NOISE, labelled(name), LIMIT).body == NOISE
    assert decode_body(NOISE, labelled(name), LIMIT).flag in {"untrue", None}


@pytest.mark.parametrize("name", ["deflate", "br", "zstd"])
def test_noise_in_the_place_of_a_stream_is_broken(name):
    assert decode_body(b"\xff\x01" + NOISE, labelled(name), LIMIT).flag == "broken"


@pytest.mark.parametrize(
    "headers", [labelled("compress"), labelled("sdch"), labelled(*["gzip"] * 6)], ids=str
)
def test_a_coding_that_cannot_be_undone_is_named_and_the_body_given(headers):
    with pytest.raises(UnknownEncodingError, match="coding") as caught:
        decoded_body(b"\x1f\x8bwhatever", headers, LIMIT)
    assert isinstance(caught.value, WarcError)
    assert decode_body(b"\x1f\x8bwhatever", headers, LIMIT) == Decoded(
        b"\x1f\x8bwhatever", "unknown-encoding"
    )


@given(st.binary(), st.sampled_from(sorted(PACK)), st.integers(0, 100))
def test_no_bytes_whatever_raise_anything_unknown(body, name, limit):
    found = decode_body(body, labelled(name), limit)
    assert len(found.body) <= limit


PAGE = b"<!DOCTYPE html><title>Mill</title><p>The wheel turns.</p>" * 40
CHUNKED = b"400\r\n" + PAGE[:1024] + b"\r\n%x\r\n" % (len(PAGE) - 1024) + PAGE[1024:]


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(PAGE, mtime=0), ""),
        (gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0), "gzip"),
        (gzip.compress(PAGE, mtime=0), "deflate"),
        (CHUNKED + b"\r\n0\r\n\r\n", ""),
    ],
)
def test_what_a_page_is_still_in_is_undone_whatever_its_headers_say(
    body: bytes, coding: str
) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": coding}
    assert decoded_body(body, headers, LIMIT) == PAGE


def test_a_file_stays_compressed_and_a_page_that_looks_so_stays_as_it_is() -> None:
    packed = gzip.compress(PAGE, mtime=0)
    assert decoded_body(packed, {"Content-Type": "application/gzip"}, LIMIT) == packed
    broken = packed[:40]
    assert decoded_body(broken, {"Content-Type": "text/html"}, LIMIT) == broken
    counted = b"12\r\nNot a chunk\r\n0\r\n\r\n"
    assert decoded_body(counted, {"Content-Type": "text/plain"}, LIMIT) == counted
