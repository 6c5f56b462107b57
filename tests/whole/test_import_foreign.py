"""Files of other people's tools: what the standards allow is taken in, and what is left is said
with its reason."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.warc.through import read_through
from pipeline.cli.main import main
from tests.foreign_files import (
    BODY,
    IDENTICAL,
    LATER,
    REPORT,
    A,
    B,
    http,
    imported,
    report,
    report_page,
    sha1,
    sources,
    story,
    warc,
)
from tests.saved import rows
from tests.warc_samples import put


def digests() -> Iterable[str]:
    value = hashlib.sha1(BODY).digest()
    yield f"sha1:{base64.b32encode(value).decode()}"
    yield f"SHA1:{value.hex()}"
    yield f"sha-1:{base64.b32encode(value).decode().lower()}"
    yield f"md5:{hashlib.md5(BODY).hexdigest()}"
    yield f"sha256:{base64.b32encode(hashlib.sha256(BODY).digest()).decode()}"
    yield f"sha512:{hashlib.sha512(BODY).hexdigest()}"


@pytest.mark.parametrize("digest", tuple(digests()), ids=lambda digest: digest.partition(":")[0])
@pytest.mark.parametrize("together", [True, False])
def test_a_revisit_known_by_digest_alone_has_the_body_of_its_original(
    tmp_path: Path, digest: str, together: bool
) -> None:
    first = put(tmp_path / "1.warc.gz", report(A, B), warc(A, http(BODY)))
    revisit = warc(
        B,
        http(b""),
        at=LATER,
        WARC_Type="revisit",
        WARC_Profile=IDENTICAL,
        WARC_Payload_Digest=digest,
    )
    second = put(tmp_path / "2.warc.gz", revisit)
    data = tmp_path / "data"
    if together:
        assert imported(data, second, first)[0] == 0
    else:
        assert imported(data, first)[0] == 0
        assert imported(data, second)[0] == 0
    assert sources(data) == [(A, A, "ok", 0), (B, B, "ok", 0)]
    assert len(rows(data, "SELECT DISTINCT text_id FROM captures WHERE kind = 'source'")) == 1


def test_a_revisit_without_a_block_is_what_its_original_was(tmp_path: Path) -> None:
    fields = {"WARC_Type": "revisit", "WARC_Profile": IDENTICAL, "WARC_Payload_Digest": sha1(BODY)}
    other = {
        **fields,
        "WARC_Profile": "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
    }
    path = put(
        tmp_path / "x.warc.gz",
        report(A),
        warc(A, http(BODY)),
        warc(A, b"", at=LATER, **fields),
        warc(A, b"", at="2026-03-26T04:00:00Z", **other),
    )
    data = tmp_path / "data"
    code, counts, problems = imported(data, path)
    assert (code, counts["left out"]) == (1, 1)
    assert "1 revisits without a block that repeat no payload (first: " in problems[0]
    assert sources(data) == [(A, A, "ok", 0), (A, A, "ok", 0)]


def test_a_revisit_of_a_record_that_nobody_cites_has_its_body(tmp_path: Path) -> None:
    path = put(
        tmp_path / "x.warc.gz",
        report(A),
        warc(A, http(b""), at=LATER, WARC_Type="revisit", WARC_Refers_To="<urn:uuid:1>"),
        warc("https://mirror.example/a", http(BODY), WARC_Record_ID="<urn:uuid:1>"),
    )
    data = tmp_path / "data"
    assert imported(data, path)[0] == 0
    assert sources(data) == [(A, A, "ok", 0)]


KEPT_AS = """SELECT url, outcome, http_status, content_type, payload_bytes > 0 FROM captures
WHERE source_id IS NOT NULL ORDER BY url"""


def test_a_resource_of_a_cited_address_is_evidence_without_a_servers_words(tmp_path: Path) -> None:
    parts = [
        warc(A, BODY, WARC_Type="resource", Content_Type="text/html; charset=utf-8"),
        warc(B, BODY, WARC_Type="resource", Content_Type=None),
        warc(f"screenshot:{A}", b"x", WARC_Type="resource", Content_Type="image/png"),
    ]
    data = tmp_path / "data"
    code, counts, problems = imported(data, put(tmp_path / "x.warc.gz", report(A, B), *parts))
    assert (code, counts["not cited"], problems) == (0, 1, [])
    kept = rows(data, KEPT_AS)
    assert kept == [(A, "ok", None, "text/html; charset=utf-8", 1),
        (B, "ok", None, "application/octet-stream", 1)]  # fmt: skip
    rebuilt = CliRunner().invoke(main, ["--data", str(data), "rebuild"])
    assert rebuilt.exit_code == 0
    assert rows(data, KEPT_AS) == kept
    assert imported(data, put(tmp_path / "y.warc.gz", *parts))[1]["already held"] == 2


def test_a_report_kept_as_a_resource_is_read(tmp_path: Path) -> None:
    record = warc(REPORT, report_page(A), WARC_Type="resource", Content_Type="text/html")
    path = put(tmp_path / "x.warc.gz", record)
    assert imported(tmp_path / "data", path)[1]["reports"] == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_a_record_in_segments_is_joined_in_whatever_order(tmp_path: Path,
    order: tuple[int, ...]) -> None:  # fmt: skip
    whole = http(BODY)
    first, second, third = whole[:90], whole[90:140], whole[140:]
    more = {"WARC_Type": "continuation", "WARC_Segment_Origin_ID": "<urn:first>"}
    parts = [
        warc(A, first, WARC_Segment_Number="1", WARC_Record_ID="<urn:first>"),
        warc(A, second, WARC_Segment_Number="2", **more),
        warc(A, third, WARC_Segment_Number="3", WARC_Segment_Total_Length=str(len(whole)), **more),
    ]
    data = tmp_path / "data"
    code, counts, problems = imported(data, put(tmp_path / "x.warc.gz", report(A),
        *(parts[n] for n in order)))  # fmt: skip
    assert (code, counts.get("left out", 0), problems) == (0, 0, [])
    assert sources(data) == [(A, A, "ok", 0)]
    missing = put(tmp_path / "y.warc.gz", report(A), parts[0], parts[2])
    code, counts, problems = imported(tmp_path / "other", missing)
    assert (code, counts["left out"], "1 of type continuation" in problems[0]) == (1, 1, True)
    assert [row[2] for row in sources(tmp_path / "other")] == ["truncated"]


def test_each_record_of_a_cited_address_that_is_left_out_has_its_reason(tmp_path: Path) -> None:
    parts = [
        warc(A, b" ", WARC_Type="resource", Content_Type="text/html"),
        warc(A, BODY, WARC_Type="conversion"),
        warc(A, BODY, WARC_Type="continuation", WARC_Segment_Number="2"),
        warc(A, BODY, WARC_Type="x-screenshot"),
        warc(A, b""),
        warc(A, b"HTTP/1.1 0 No Content\r\n\r\n"),
        warc(A, BODY),
        warc(A, http(BODY), at=None),
        warc(A, http(b""), WARC_Type="revisit", WARC_Refers_To="<urn:nowhere>"),
        warc("https://elsewhere.example/", BODY, WARC_Type="resource"),
    ]
    data = tmp_path / "data"
    path = put(tmp_path / "x.warc.gz", report(A), *parts)
    code, counts, problems = imported(data, path)
    assert (code, counts["left out"], counts["not cited"], len(problems)) == (1, 9, 1, 1)
    for said in (
        "1 of type conversion",
        "1 of type continuation",
        "1 of a type that holds no answer",
        "2 empty",
        "1 with no status in the first line",
        "1 without an HTTP response",
        "1 without a date",
        "1 revisits of pages not held",
    ):
        assert said in problems[0]


def test_a_record_that_is_not_what_its_digest_says_is_taken_in_and_told(tmp_path: Path) -> None:
    other = warc("https://elsewhere.example/", http(BODY), WARC_Payload_Digest=sha1(b"x"))
    path = put(
        tmp_path / "x.warc.gz",
        report(A, B),
        warc(A, http(BODY), WARC_Payload_Digest=sha1(b"another page")),
        warc(B, http(BODY), WARC_Payload_Digest=sha1(BODY), WARC_Block_Digest=sha1(b"x")),
        other,
    )
    data = tmp_path / "data"
    code, counts, problems = imported(data, path)
    assert (code, counts["captures"], len(problems)) == (1, 3, 1)
    assert problems[0].startswith(f"{path}: taken in, but may not be what was captured: 1 digest")
    assert f"(first: {A} at byte " in problems[0]


def test_what_files_hold_is_cited_by_reports_in_files_named_later(tmp_path: Path) -> None:
    pages = put(tmp_path / "1.warc.gz", warc(A, http(BODY)))
    cites = put(tmp_path / "2.warc.gz", report(A))
    data = tmp_path / "data"
    assert imported(data, pages, cites)[0] == 0
    assert sources(data) == [(A, A, "ok", 0)]


# --- WACZ -----------------------------------------------------------------------------------------


def test_the_rest_of_a_wacz_with_a_wrong_hash_is_taken_in(tmp_path: Path) -> None:
    resources = [{"path": "archive/1.warc.gz", "hash": "sha256:" + "0" * 64}]
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as package:
        package.writestr("datapackage.json", json.dumps({"resources": resources}))
        package.writestr("archive/1.warc.gz", warc(A, http(BODY)))
        package.writestr("archive/2.warc.gz", warc(B, http(BODY)))
        package.writestr("archive/3.warc.gz", report(A, B))
    data = tmp_path / "data"
    code, counts, problems = imported(data, tmp_path / "x.wacz")
    assert (code, counts["captures"], len(problems)) == (1, 2, 1)
    assert f"WACZ {tmp_path / 'x.wacz'}: 'archive/1.warc.gz' is not what" in problems[0]
    assert sources(data) == [(B, B, "ok", 0)]


def test_only_what_a_get_gave_is_the_page(tmp_path: Path) -> None:
    page = warc(A, http(story("a ferry")), WARC_Record_ID="<urn:x:1>")
    posted = warc(A, http(b"gone", "404 Not Found"), at=LATER, WARC_Record_ID="<urn:x:2>")
    asked = warc(
        A,
        b"POST /ferry HTTP/1.1\r\nHost: paper.example\r\n\r\n",
        at=LATER,
        WARC_Type="request",
        WARC_Record_ID="<urn:x:3>",
        WARC_Concurrent_To="<urn:x:2>",
    )
    code, counts, problems = imported(
        tmp_path / "data", put(tmp_path / "a.warc.gz", report(A), page, posted, asked)
    )
    assert (code, counts["source ok"], counts["left out"]) == (1, 1, 1)
    assert "1 answers to another method than GET" in problems[0]


def test_a_file_that_holds_reports_alone_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(path: Path) -> Iterable[object]:
        read.append(path.name)
        return read_through(path)

    monkeypatch.setattr("pipeline.run.jobs.intake.importing.read_through", noted)
    alone = put(tmp_path / "reports.warc.gz", report(A))
    assert imported(tmp_path / "data", alone)[1]["captures"] == 1
    beside = put(tmp_path / "both.warc.gz", report(A), warc(A, http(BODY)))
    assert imported(tmp_path / "data", beside)[1] == {
        "already held": 1,
        "captures": 1,
        "source ok": 1,
    }
    assert read == ["reports.warc.gz", "both.warc.gz", "both.warc.gz"]
