"""A body that stands in a file is understood as it would be in memory."""

from __future__ import annotations

import gzip
import io
import pickle
import random
import tracemalloc
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from archive.bodies import FileBody, spooled
from archive.model.body import LARGE_BYTES
from archive.model.fetch import Location as Place
from archive.model.fetch import Written
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from pipeline.decide.captures import Understanding, capture_row
from pipeline.decide.media import file_row
from pipeline.read.process import Limits, process, process_apart
from tests.factories import page
from tests.replica import pictures

URL = "https://cdn.ilma.example/a"
WRITTEN = Written("urn:a", Place("a.warc.gz", 0, 1), "sha256:ab")
NOISE = random.Random(7).randbytes(LARGE_BYTES + 1)
VIDEO = pictures.MP4 + NOISE
SAID = b"<p>The ferry goes again, and nobody at the weir knows why.</p>"
WORDS = b"<html><body>" + SAID * 9 + b"<!--" + b"weir " * (LARGE_BYTES // 5) + b"-->" + SAID
MATROSKA = bytes.fromhex("1a45dfa3854282827765")


def _picture() -> bytes:
    out = io.BytesIO()
    Image.frombytes("L", (1024, 1100), NOISE + NOISE[:77_823]).save(out, "PNG")
    return out.getvalue()


def media(body: bytes, content_type: str = "video/mp4", **changes: Any) -> FetchedPage:
    given = {"kind": Kind.MEDIA, "uri_r": URL, "subject": "https://t.me/ilma/7", "step": "v 1"}
    headers = {"content-type": content_type, **changes.pop("headers", {})}
    return page(1, **{**given, **changes}, headers=headers, body=body)


CASES = {
    "video": media(VIDEO),
    "webm": media(MATROSKA + NOISE, "video/webm"),
    "put together": media(VIDEO, http_status=None),
    "cut": media(VIDEO, truncated="length"),
    "cut by the limit of a page": media(VIDEO + NOISE),
    "refused": media(VIDEO, http_status=403),
    "a part": media(VIDEO, http_status=206),
    "a document": media(b"%PDF-1.7 " + NOISE, "application/pdf"),
    "a page": media(WORDS, "text/html"),
    "blank for long": media(b" " * (LARGE_BYTES + 99) + WORDS, "text/html"),
    "picture": media(_picture(), "image/png"),
    "broken picture": media(_picture()[:-9_000], "image/png"),
    "a listing": media(WORDS, "text/html", step="listing"),
    "packed": media(gzip.compress(VIDEO), headers={"content-encoding": "gzip"}),
    "packed, and cut": media(gzip.compress(VIDEO)[:-9], headers={"content-encoding": "gzip"}),
    "called packed": media(VIDEO, headers={"content-encoding": "gzip"}),
    "no source": page(1, kind=Kind.SOURCE, uri_r=URL, body=WORDS, http_status=404),
    "a text": page(
        1, http_status=None, headers={"content-type": "text/plain"}, body=WORDS, uri_r=URL
    ),
    "robots": page(1, kind=Kind.ROBOTS, uri_r=f"{URL}/robots.txt", body=WORDS),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_says_the_same(tmp_path: Path, case: FetchedPage) -> None:
    assert isinstance(case.body, bytes)
    assert len(case.body) > LARGE_BYTES
    limits = Limits(max_bytes=2 * LARGE_BYTES)
    held = replace(case, body=spooled([case.body], tmp_path))
    told, large = process(case, limits), process(held, limits)
    assert large.page is held
    assert replace(large, page=case, kept=None) == told
    rows = [capture_row(one, WRITTEN, Understanding()) for one in (told, large)]
    assert rows[0] == rows[1]
    assert file_row(told, rows[0], URL, "v 1") == file_row(large, rows[1], URL, "v 1")


def test_a_video_is_looked_at_where_it_stands_whatever_its_size(tmp_path: Path) -> None:
    body = spooled([pictures.MP4, *repeat(NOISE, 24)], tmp_path)
    tracemalloc.start()
    found = process(replace(media(b""), body=body), Limits())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.media_facts is not None
    assert found.kept == (len(body), body.digest)
    assert most < 4 * LARGE_BYTES


def test_the_page_goes_to_a_worker_as_the_name_of_a_file(tmp_path: Path) -> None:
    held = replace(media(b""), body=spooled([VIDEO], tmp_path))
    sent = pickle.dumps(held)
    assert len(sent) < 2_000
    read = pickle.loads(sent)
    assert isinstance(read.body, FileBody)
    assert process_apart(read, Limits()).media_facts is not None
