"""The dossier of a report: what is in it, that it is always the same, and that nothing in it is
changed unseen."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import shutil
import zipfile
import zlib
from pathlib import Path

import pytest

from archive.db.store import Store
from archive.dossier.package import (
    BLOCKS,
    CHECKPOINT,
    DIGEST,
    INDEX,
    NOTES,
    OURS,
    PACKAGE,
    PAGES,
    PROOFS,
    WARC,
)
from archive.dossier.zipped import Entry, directory, local_header
from archive.errors import BadInputError
from archive.fixity.check_ledger import Trust
from archive.fixity.checkpoint import Signer
from archive.folder import DataFolder
from archive.warc.certificates import held_in, named_in
from archive.warc.compose import RecordDraft
from archive.warc.reader import iter_records
from archive.warc.record import CERTIFICATE_URI
from tests import web_samples as samples
from tests.dossier_samples import (
    faults,
    files_of,
    findings,
    forged,
    make_archive,
    make_dossier,
    put,
    repacked,
)
from tests.fixity_samples import flip
from tests.saved import record

BITS = int(os.environ.get("BITS", "60"))
SEED = int(os.environ.get("SEED", "1"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return make_archive(tmp_path_factory.mktemp("dossier") / "data")


@pytest.fixture(scope="module")
def kept(folder: DataFolder) -> Path:
    return make_dossier(folder, folder.root.parent / "kept.wacz")


@pytest.fixture
def package(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / "a.wacz"))


# --- what is in it --------------------------------------------------------------------------------


def test_a_dossier_holds_the_report_what_it_cites_and_what_revisits_repeat(
    folder: DataFolder, kept: Path, tmp_path: Path
) -> None:
    (tmp_path / "data.warc.gz").write_bytes(files_of(kept)[WARC])
    found = {one.record_id: one for one in iter_records(tmp_path / "data.warc.gz")}
    ours = {
        one.record_id
        for path in folder.warc_files()
        for one in iter_records(path)
        if one.context is not None and one.context.capture_id in {1, 2, 4, 5, 7}
    }
    assert ours <= found.keys()
    assert {one.refers_to for one in found.values() if one.refers_to} <= found.keys()


def test_records_are_copied_byte_for_byte(folder: DataFolder, kept: Path) -> None:
    held = b"".join(path.read_bytes() for path in folder.warc_files())
    content = files_of(kept)[WARC]
    with opened_places(content) as members:
        assert all(member in held for member in members)


def test_the_servers_certificates_come_along_once(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "data.warc.gz").write_bytes(files_of(kept)[WARC])
    records = list(iter_records(tmp_path / "data.warc.gz"))
    held = [digest for digest in map(held_in, records) if digest is not None]
    assert sorted(held) == sorted(frozenset().union(*map(named_in, records)))
    assert len(held) == len(samples.SHOWN)
    assert not [note for note in findings(kept).notes if "certificate" in note]


def _without_certificates(files: dict[str, bytes]) -> None:
    files[WARC] = _members_without(files[WARC], CERTIFICATE_URI.encode())


def test_a_dossier_without_the_certificates_says_so(package: Path) -> None:
    without = forged(package, package.with_name("b.wacz"), _without_certificates)
    assert "2 certificates of servers are not in it" in findings(without).notes


def _members_without(content: bytes, words: bytes) -> bytes:
    with opened_places(content) as members:
        return b"".join(
            member for member in members
            if b"WARC-Target-URI: " + words not in zlib.decompress(member, 31)
        )  # fmt: skip


def opened_places(content: bytes):
    import contextlib
    import zlib

    @contextlib.contextmanager
    def members():
        found, rest = [], content
        while rest:
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            unpacker.decompress(rest)
            found.append(rest[: len(rest) - len(unpacker.unused_data)])
            rest = unpacker.unused_data
        yield found

    return members()


def test_the_report_comes_first_among_the_pages_then_what_it_cites(kept: Path) -> None:
    head, *pages = [json.loads(line) for line in files_of(kept)[PAGES].splitlines()]
    assert head["format"] == "json-pages-1.0"
    assert pages[0]["title"] == "Iran Update, March 3, 2026"
    assert samples.SOURCE_URL in [page["url"] for page in pages]
    lines = gzip.decompress(files_of(kept)[BLOCKS]).decode().splitlines()
    assert {page["url"] for page in pages} <= {json.loads(x.split(" ", 2)[2])["url"] for x in lines}


def test_the_same_archive_gives_the_same_bytes(
    folder: DataFolder, kept: Path, tmp_path: Path
) -> None:
    assert make_dossier(folder, tmp_path / "b.wacz").read_bytes() == kept.read_bytes()


def test_another_program_finds_the_zip_whole(kept: Path) -> None:
    with zipfile.ZipFile(kept) as package:
        assert package.testzip() is None
        assert {one.compress_type for one in package.infolist()} == {zipfile.ZIP_STORED}


def test_a_zip_beyond_four_gigabytes_has_the_fields_for_it() -> None:
    large = Entry("a", 5 << 30, 1, 0)
    behind = Entry("b", 1, 1, large.end)
    assert b"\x01\x00\x10\x00" + (5 << 30).to_bytes(8, "little") * 2 in local_header(large)
    end = directory([large, behind])
    assert b"PK\6\6" in end
    assert b"PK\6\7" in end


def test_nothing_hostile_runs_in_the_page_of_notes(folder: DataFolder, tmp_path: Path) -> None:
    made = make_dossier(folder, tmp_path / "bad.wacz", samples.BAD_ID)
    page = files_of(made)[NOTES].decode()
    assert "default-src 'none'" in page
    for hostile in ("<script", "<img", 'href="javascript:'):
        assert hostile not in page
    assert faults(made) == []


def test_what_is_withheld_is_left_out_and_named(folder: DataFolder, tmp_path: Path) -> None:
    data = DataFolder(Path(shutil.copytree(folder.root, tmp_path / "data")))
    with Store(data.database) as store:
        [(name,)] = store.db.execute("SELECT record_id FROM captures WHERE id = 4").fetchall()
        store.withhold([(name, 4, "2026-03-05T00:00:00Z", "me", "names a witness")])
    made = make_dossier(data, tmp_path / "c.wacz")
    about = json.loads(files_of(made)[PACKAGE])[OURS]
    [left] = about["left_out"]
    assert [one["capture"] for one in left["captures"]] == [4, 5], "a revisit has the same body"
    assert "names a witness" in files_of(made)[NOTES].decode()
    assert name.encode() not in gzip.decompress(files_of(made)[WARC])
    assert faults(made) == []


def test_a_withheld_report_has_no_dossier(folder: DataFolder, tmp_path: Path) -> None:
    data = DataFolder(Path(shutil.copytree(folder.root, tmp_path / "data")))
    with Store(data.database) as store:
        [(name,)] = store.db.execute("SELECT record_id FROM captures WHERE id = 2").fetchall()
        store.withhold([(name, 2, "2026-03-05T00:00:00Z", "me", "sealed")])
    with pytest.raises(BadInputError, match="withheld: sealed"):
        make_dossier(data, tmp_path / "c.wacz")


# --- verifying ------------------------------------------------------------------------------------


def test_an_untouched_dossier_is_quiet(package: Path) -> None:
    found = findings(package)
    assert found.faults == []
    assert found.checked["records"] > 5
    assert found.checked["entries"] > 3


def test_every_changed_bit_is_found_in_the_right_file(package: Path) -> None:
    chance = random.Random(SEED)
    content = package.read_bytes()
    with zipfile.ZipFile(package) as opened:
        spans = {
            one.filename: range(one.header_offset + 30 + len(one.filename), 0)
            for one in opened.infolist()
        }
        sizes = {one.filename: one.file_size for one in opened.infolist()}
    spans = {name: range(s.start, s.start + sizes[name]) for name, s in spans.items()}
    frame = [n for n in range(len(content)) if not any(n in span for span in spans.values())]
    places = {**spans, package.name: frame}
    for number in range(BITS):
        name = list(places)[number % len(places)]
        offset, bit = chance.choice(places[name]), chance.randrange(8)
        flip(package, offset, bit)
        found = findings(package).faults
        assert any(fault.file == name for fault in found), (name, offset, bit, found)
        flip(package, offset, bit)
    assert faults(package) == []


def test_a_name_in_the_directory_that_is_no_ascii_any_more_is_found(package: Path) -> None:
    content = package.read_bytes()
    for info in zipfile.ZipFile(package).infolist():
        place = content.rindex(info.filename.encode())
        for offset in (place, place + len(info.filename) - 1):
            flip(package, offset, 7)
            assert any(fault.file == package.name for fault in findings(package).faults)
            flip(package, offset, 7)
    assert faults(package) == []


def test_of_a_damaged_record_the_place_is_named(package: Path) -> None:
    flip(package, package.read_bytes().index(b"\x1f\x8b", 1_500) + 200, 2)
    assert any(fault.byte for fault in findings(package).faults if fault.file == WARC)


def _rename(old: bytes, new: bytes):
    def change(files: dict[str, bytes]) -> None:
        files[WARC] = repacked(files[WARC], lambda text: text.replace(old, new))

    return change


def _rerecorded(files: dict[str, bytes]) -> None:
    """Another text in a record, all of whose digests are made anew."""
    import hashlib
    import re

    def change(text: bytes) -> bytes:
        head, _, block = text.partition(b"\r\n\r\n")
        if b"WARC-Type: response" not in head or b"HTTP" not in block:
            return text
        block = block[:-4].replace(b"HTTP/1.1 200", b"HTTP/1.1 203")
        digest = hashlib.sha256(block).hexdigest().encode()
        head = re.sub(rb"(WARC-Block-Digest: sha256:)[0-9a-f]+", rb"\g<1>" + digest, head)
        return head + b"\r\n\r\n" + block + b"\r\n\r\n"

    files[WARC] = repacked(files[WARC], change)


def _older_checkpoint(files: dict[str, bytes]) -> None:
    origin, size, root, *rest = files[CHECKPOINT].split(b"\n")
    files[CHECKPOINT] = b"\n".join([origin, b"%d" % (int(size) - 1), root, *rest])


def _without_proof(files: dict[str, bytes]) -> None:
    files[PROOFS] = b"".join(files[PROOFS].splitlines(keepends=True)[1:])


def _other_proof(files: dict[str, bytes]) -> None:
    first, second, *rest = [json.loads(line) for line in files[PROOFS].splitlines()]
    first["proof"], second["proof"] = second["proof"], first["proof"]
    told = (first, second, *rest)
    files[PROOFS] = b"".join(json.dumps(one).encode() + b"\n" for one in told)


def _page_elsewhere(files: dict[str, bytes]) -> None:
    files[PAGES] = files[PAGES].replace(b"t.me/portwatch/12", b"t.me/portwatch/13")


def _index_elsewhere(files: dict[str, bytes]) -> None:
    text = gzip.decompress(files[BLOCKS])
    files[BLOCKS] = gzip.compress(text.replace(b"t.me/portwatch", b"t.me/portwitch"), mtime=0)


def _without_target(files: dict[str, bytes]) -> None:
    """The body goes that a revisit repeats."""
    members = []
    repacked(files[WARC], lambda text: members.append(text) or text)
    revisit = next(one for one in members if b"WARC-Type: revisit" in one)
    target = revisit.partition(b"WARC-Refers-To: ")[2].partition(b"\r\n")[0]
    kept = [one for one in members if b"WARC-Record-ID: " + target not in one]
    files[WARC] = b"".join(gzip.compress(one, mtime=0) for one in kept)


def _stranger(files: dict[str, bytes]) -> None:
    """A record that was never in the archive, and says nothing of why it was made."""
    files[WARC] += record("https://elsewhere.example/", b"<p>never said", number=7)


def _unnamed(files: dict[str, bytes]) -> None:
    """A certificate that no record names, and that no ledger knows."""
    digest = hashlib.sha256(b"smuggled").hexdigest()
    fields = (("WARC-Target-URI", CERTIFICATE_URI + digest), ("WARC-Date", "2026-03-04T00:00:00Z"))
    files[WARC] += RecordDraft("metadata", "urn:x", fields, b"smuggled").member("")


def _disowned(files: dict[str, bytes]) -> None:
    """The package no longer says that it is ours; a record has other words."""
    about = json.loads(files[PACKAGE])
    del about[OURS]
    files[PACKAGE] = json.dumps(about).encode()
    _rerecorded(files)


ATTACKS = {
    "a record of somebody else": (_stranger, PROOFS),
    "a certificate that nothing names": (_unnamed, PROOFS),
    "another program's package": (_disowned, WARC),
    "a record with other words": (_rename(b"depot", b"repot"), WARC),
    "a record with other words and right digests": (_rerecorded, WARC),
    "an older checkpoint": (_older_checkpoint, CHECKPOINT),
    "no checkpoint": (lambda files: files.pop(CHECKPOINT), CHECKPOINT),
    "a record without its proof": (_without_proof, PROOFS),
    "the proof of another record": (_other_proof, PROOFS),
    "a page that leads elsewhere": (_page_elsewhere, PAGES),
    "an index that leads elsewhere": (_index_elsewhere, BLOCKS),
    "no list of blocks": (lambda files: files.update({INDEX: b"!meta 0 {}\n"}), INDEX),
    "no body for a revisit": (_without_target, WARC),
    "no pages": (lambda files: files.pop(PAGES), PAGES),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_dossier_packed_again_with_right_hashes_is_found(
    folder: DataFolder, package: Path, tmp_path: Path, attack: str
) -> None:
    """Whoever packs again can make every hash anew, but not the ledger's word on the records."""
    change, name = ATTACKS[attack]
    target = forged(package, tmp_path / "forged.wacz", change)
    trust = Trust(Signer.load(folder.ledger_key).key)
    found = findings(target, trust=trust).faults
    assert any(fault.file == name for fault in found), found


def test_a_ledger_of_somebody_else_is_found_by_its_key(package: Path, folder: DataFolder) -> None:
    assert faults(package, trust=Trust(Signer.load(folder.ledger_key).key)) == []
    found = faults(package, trust=Trust(Signer.new().key))
    assert found == [f"{CHECKPOINT}: the checkpoint was not signed by a key of this ledger"]


FRAMES = {
    "cut": lambda content: content[:-9],
    "half": lambda content: content[: len(content) // 2],
    "something behind it": lambda content: content + b"x",
    "something before it": lambda content: b"MZ" + content,
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("how", FRAMES)
def test_a_truncated_or_extended_file_is_found(package: Path, how: str) -> None:
    package.write_bytes(FRAMES[how](package.read_bytes()))
    assert any(one.startswith(package.name) for one in faults(package))


def test_a_file_that_nobody_listed_is_found(package: Path, tmp_path: Path) -> None:
    target = put(tmp_path / "b.wacz", {**files_of(package), "archive/more.warc.gz": b"x"})
    assert f"archive/more.warc.gz: is in the zip, but not in {PACKAGE}" in faults(target)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_there_twice_is_found(package: Path) -> None:
    with zipfile.ZipFile(package, "a") as opened:
        opened.writestr(PAGES, b"{}")
    assert f"{PAGES}: stands in the zip more than once" in faults(package)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"hash": 1}', b'{"a":1,"a":2}', b"\xff"])
def test_what_is_no_digest_of_the_package_is_found(package: Path, content: bytes) -> None:
    put(package, {**files_of(package), DIGEST: content})
    assert faults(package)


@pytest.mark.parametrize("content", [b"[]", b'{"resources": 5}', b'{"resources": [1, {}]}'])
def test_what_is_no_package_is_found(package: Path, content: bytes) -> None:
    put(package, {**files_of(package), PACKAGE: content})
    assert faults(package)


def test_a_wacz_of_another_program_is_verified_by_its_hashes(package: Path, tmp_path: Path) -> None:
    files = files_of(package)
    about = json.loads(files[PACKAGE])
    del about[OURS]
    theirs = json.dumps(about).encode()
    digest = json.dumps({"path": PACKAGE, "hash": f"sha256:{_sha256(theirs)}"}).encode()
    target = tmp_path / "theirs.wacz"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in {**files, PACKAGE: theirs, DIGEST: digest}.items():
            opened.writestr(name, content)
    assert faults(target) == []


def _sha256(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()
