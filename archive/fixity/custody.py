"""The custody report of one capture: who made it, when, why and with what, and how a stranger can
check it without this program."""

from __future__ import annotations

import base64
import json
import shlex
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.db.tables import round_rows
from archive.errors import BadInputError, LedgerError, WarcError
from archive.fixity.certificates import told_of, words_of
from archive.fixity.ledger import canonical, entries, read
from archive.fixity.ots import anchoring
from archive.fixity.stamps import covering
from archive.fixity.state import STAMPS
from archive.model.times import format_time
from archive.warc.certificates import chain_of
from archive.warc.record import CIPHER_HEADER
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlite_utils

    from archive.fixity.ledger import ReadLedger
    from archive.fixity.state import Entry
    from archive.folder import DataFolder
    from archive.warc.certificates import Shown
    from archive.warc.record import WarcRecord

_DER = bytes.fromhex("302a300506032b6570032100")
"""What stands before an Ed25519 key in DER (RFC 8410, section 4)."""
_CAPTURE = "SELECT * FROM captures WHERE {} = ?"
_HOPS = """
SELECT position, url, http_status, led_by, warc_file AS file, warc_offset AS byte, warc_length AS
    length
FROM hops WHERE capture_id = ? ORDER BY position
"""
_LATER = """
SELECT id AS capture, captured_at AS at, outcome, http_status, payload_digest FROM captures
WHERE {} = ? AND captured_at > ? ORDER BY captured_at, id
"""
_VERDICTS = (
    "SELECT decided_at AS at, status, rule, drift FROM verdicts WHERE source_id = ? ORDER "
    "BY decided_at"
)
_PROVE = (
    "import sys,hashlib,base64\n"
    "s=hashlib.sha256;n,z=int(sys.argv[1]),int(sys.argv[2])-1\n"
    "v=s(bytes([0])+sys.stdin.buffer.read().rstrip()).digest()\n"
    "p=[base64.b64decode(x) for x in sys.argv[3:]]\n"
    "while z:\n"
    "  if n%2 or n<z: q=p.pop(0);v=s(bytes([1])+(q+v if n%2 else v+q)).digest()\n"
    "  n//=2;z//=2\n"
    "print(base64.b64encode(v).decode())"
)
"""The root that an inclusion proof gives (RFC 9162, section 2.1.3.2), in a language that stands on
most machines."""


def custody(db: sqlite_utils.Database, folder: DataFolder, name: str) -> dict[str, Any]:
    """Everything that is kept on how a capture came to be and what became of it, as JSON.

    Args:
        db: The archive's database.
        folder: The archive's.
        name: The capture's number, or the id of its record.

    Raises:
        BadInputError: It is not held.
        WarcError: Its record is damaged.
    """
    row = capture_row(db, name)
    path = folder.warcs / row["warc_file"]
    record, request = _records(path, row["warc_offset"])
    told = _ledger(folder, row)
    return {
        "capture": row["id"],
        "url": row["url"],
        "final_url": row["final_url"],
        "captured_at": row["captured_at"],
        "why": {
            "for": row["kind"],
            "reason": row["reason"],
            "via": row["via"],
            "origin": row["origin"],
        },
        "who": told["run"] or _run(db, row["run"]),
        "with": _tools(path, request),
        "connection": connection_told(record, request, row, chain_of(path, record)),
        "hops": list(db.query(_HOPS, [row["id"]])),
        "answer": {
            "outcome": row["outcome"],
            "http_status": row["http_status"],
            "bytes": row["payload_bytes"],
        },
        "record": _record(row, record),
        "ledger": told["ledger"],
        "later": _later(db, row, told["later"]),
        "verify": told["commands"],
    }


def _record(row: dict[str, Any], record: WarcRecord) -> dict[str, Any]:
    """Where a capture's record stands, and what it vouches for."""
    return {
        "id": row["record_id"],
        "file": row["warc_file"],
        "byte": row["warc_offset"],
        "length": row["warc_length"],
        "payload_digest": row["payload_digest"],
        "block_digest": record.header("warc-block-digest"),
        "revisit_of": row["revisit_of"],
    }


def capture_row(db: sqlite_utils.Database, name: str) -> dict[str, Any]:
    """The row of a capture, by its number or its record's id.

    Raises:
        BadInputError: It is not held.
    """
    column = "id" if name.isascii() and name.isdigit() else "record_id"
    row = next(iter(db.query(_CAPTURE.format(column), [name])), None)
    if row is None:
        raise BadInputError(
            f"capture {name}: not held; give the number that pages, exports and the table "
            "captures show"
        )
    return dict(row)


def _records(path: Path, offset: int) -> tuple[WarcRecord, WarcRecord | None]:
    """The record of a capture, and its request where one was kept."""
    found = read_through(path, offset, large=True)
    record = next(found, None)
    if record is None or isinstance(record, Wound):
        raise WarcError(f"{record or path}; isw-archive repair --from a copy puts it back")
    after = next(found, None)
    is_asked = not isinstance(after, Wound) and after and after.is_request_of(record.record_id)
    return record, after if is_asked and not isinstance(after, Wound) else None


def _run(db: sqlite_utils.Database, run: str | None) -> dict[str, Any] | None:
    """Who asked for a run that was made before there was a ledger."""
    sql = "SELECT id AS run, job, arguments, who, reason, started_at AS at FROM runs WHERE id = ?"
    return next(iter(db.query(sql, [run])), None)


def _tools(path: Path, request: WarcRecord | None) -> dict[str, Any]:
    """What the file's warcinfo says of the program, and the request as it was sent."""
    info = next((one for one in read_through(path, large=True) if not isinstance(one, Wound)), None)
    lines = info.payload.decode("utf-8", "replace").splitlines() if info is not None else []
    fields = dict(line.partition(": ")[::2] for line in lines if ": " in line)
    asked = None
    if request is not None:
        asked = [
            request.http_start_line,
            *(f"{name}: {value}" for name, value in request.http_headers),
        ]
    return {
        "software": fields.get("software"),
        "warcinfo": {name: fields[name] for name in sorted(fields) if name != "description"},
        "request": asked,
    }


def connection_told(
    record: WarcRecord,
    request: WarcRecord | None,
    row: dict[str, Any],
    chain: tuple[Shown, ...],
) -> dict[str, Any]:
    """Where to and how a capture was connected, as JSON.

    Args:
        record: Of the capture.
        request: Its request, where one was kept.
        row: Of the table of captures.
        chain: The certificates that were shown with the answer.
    """
    verified = {None: None, 0: False, 1: True}[row["tls_verified"]]
    note = None
    if not chain and verified is not None:
        note = "the server's certificates are not kept"
    elif lost := sum(one.der is None for one in chain):
        note = f"the records of {counted(lost, 'certificates')} are lost or damaged"
    return {
        "address": record.ip_address,
        "address_note": None if record.ip_address else "not known: through a proxy, or imported",
        "sent_at": format_time(request.date) if request is not None and request.date else None,
        "tls_verified": verified,
        "cipher": record.header(CIPHER_HEADER),
        "certificates": list(map(told_of, chain)) or None,
        "certificates_note": note,
    }


def _later(db: sqlite_utils.Database, row: dict[str, Any], told: list[Entry]) -> dict[str, Any]:
    column = "source_id" if row["source_id"] is not None else "publication_id"
    asked = [row[column], row["captured_at"]]
    rounds = round_rows.of_file(db, f"warc/{row['warc_file']}")
    return {
        "captures": list(db.query(_LATER.format(column), asked)) if row[column] is not None else [],
        "verdicts": list(db.query(_VERDICTS, [row["source_id"]])),
        "fixity": told,
        "rounds": [one for one in rounds if one["record"] in {None, row["record_id"]}],
    }


def _ledger(folder: DataFolder, row: dict[str, Any]) -> dict[str, Any]:
    """The capture's entry with the proof that it is in the ledger, the run it belongs to, and what
    was told of its file."""
    answer: dict[str, Any] = {"ledger": None, "run": None, "later": [], "commands": []}
    try:
        found = read(folder)
        number, entry, stamps = -1, None, []
        for index, one in entries(folder):
            kind = one["kind"]
            if kind == "capture" and one["record"] == row["record_id"]:
                number, entry = index, one
            elif kind == "run" and one["run"] == row["run"]:
                answer["run"] = {name: one[name] for name in one if name != "kind"}
            elif kind in STAMPS:
                stamps.append(one)
            elif entry is not None and _concerns(one, row):
                answer["later"].append(one)
    except (LedgerError, OSError):
        return answer
    if entry is not None:
        proof = [base64.b64encode(one).decode() for one in found.tree.inclusion(number)]
        key = found.state.keys[-1]
        answer["ledger"] = {
            "entry": number,
            "line": canonical(entry).decode(),
            "proof": proof,
            "checkpoint": found.note,
            "key": str(key),
            "timestamps": covering(stamps, number),
            "proofs": anchoring(stamps, number),
        }
        answer["commands"] = _commands(folder, entry, number, proof, found)
    return answer


def _concerns(entry: Entry, row: dict[str, Any]) -> bool:
    """Whether an entry is about the capture, its file, or the archive as a whole."""
    kind = entry["kind"]
    if kind in {"backup", "restored", "rebuilt"}:
        return True
    if kind == "repaired":
        return row["warc_file"] in entry["files"] or row["record_id"] in entry["records"]
    if kind in {"withheld", "shown"}:
        return bool(entry["record"] == row["record_id"])
    return kind in {"file", "damage"} and entry["file"] == row["warc_file"]


def _commands(
    folder: DataFolder, entry: Entry, number: int, proof: list[str], found: ReadLedger
) -> list[str]:
    """Three lines of a shell, to be run in the folder of WARC files: what each has to print stands
    behind its `#`."""
    name, size, root = found.checkpoint.text.splitlines()
    signature = found.note.rpartition(" ")[2]
    signed = base64.b64encode(base64.b64decode(signature)[4:]).decode()
    key = base64.b64encode(_DER + found.state.keys[-1].public).decode()
    bytes_of = (
        f"tail -c +{entry['offset'] + 1} {shlex.quote(entry['file'])} | head -c {entry['length']}"
    )
    point = f"printf '%s\\n' {shlex.quote(name)} {size} {root}"
    program = _PROVE.replace("\n", r"\n")  # has no quotes and no backslashes of its own
    files = f"{point} > $d/c && echo {signed} | base64 -d > $d/s && echo {key} | base64 -d > $d/k"
    check = "openssl pkeyutl -verify -pubin -keyform DER -inkey $d/k -rawin -in $d/c -sigfile $d/s"
    line = f"sed -n {number + 1}p {folder.ledger.name}"
    return [
        f"{bytes_of} | sha256sum  # {entry['sha256']}",
        f"{line} | python3 -c $'{program}' {number} {size} {' '.join(proof)}  # {root}",
        f"d=$(mktemp -d) && {files} && {check}  # Signature Verified Successfully",
    ]


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The custody report as lines for people."""
    yield f"Custody of capture {report['capture']}"
    yield ""
    yield from pair_lines(
        ("address asked for", report["url"]),
        ("address that answered", report["final_url"]),
        ("captured at", report["captured_at"]),
        ("for", f"{report['why']['for']}; {report['why']['reason']} (via {report['why']['via']})"),
        ("imported from", report["why"]["origin"]),
        (
            "outcome",
            f"{report['answer']['outcome']}, HTTP status {report['answer']['http_status']}",
        ),
    )
    yield from _who(report)
    for hop in report["hops"]:
        yield from pair_lines(
            (f"hop {hop['position']}", f"{hop['http_status']} {hop['url']} ({hop['led_by']})")
        )
    yield from _kept_in(report["record"])
    yield from _vouched_for(report["ledger"])
    yield from _afterwards(report["later"])
    if report["verify"]:
        yield ""
        yield "To verify it without this program, in the folder of WARC files:"
        yield from report["verify"]


def _kept_in(record: dict[str, Any]) -> Iterator[str]:
    place = f"{record['file']}, byte {record['byte']}, {record['length']} bytes"
    yield from pair_lines(
        ("record", f"{record['id']} ({place})"),
        ("refers to", record["revisit_of"]),
        ("digest of payload", record["payload_digest"]),
        ("digest of block", record["block_digest"]),
    )


def _vouched_for(ledger: dict[str, Any] | None) -> Iterator[str]:
    if ledger is None:
        yield from pair_lines(("ledger", "not entered yet; the next command that writes does"))
        return
    origin, size, root = ledger["checkpoint"].split("\n")[:3]
    yield from pair_lines(
        ("ledger", f"entry {ledger['entry']} of {size} of {origin}"),
        ("root", root),
        ("key", ledger["key"]),
        ("proof", f"{len(ledger['proof'])} hashes, in the second line below"),
    )
    for one in ledger["timestamps"][:1]:
        text = f"not later than {one['at']}, says {one['authority']} ({one['file']})"
        yield from pair_lines(("timestamp", text))
    for one in ledger["proofs"][:1]:
        yield from pair_lines(("OpenTimestamps", anchoring_words(one)))


def anchoring_words(proof: dict[str, Any]) -> str:
    """What the best proof of a calendar says."""
    if proof["state"] == "pending":
        return f"pending since {proof['at']}, promised by {proof['calendar']} ({proof['file']})"
    return (
        f"complete: not later than Bitcoin's block {proof['height']} ({proof['file']}); its header "
        "says when"
    )


def _who(report: dict[str, Any]) -> Iterator[str]:
    who, tool, line = report["who"] or {}, report["with"], report["connection"]
    verified = {None: "no TLS", False: "certificate not valid", True: "certificate valid"}
    tls = (verified[line["tls_verified"]], line["cipher"], line["certificates_note"])
    settings = ", ".join(f"{name}={value}" for name, value in (who.get("settings") or {}).items())
    yield from pair_lines(
        ("run", who.get("run")),
        ("by", who.get("who")),
        ("job", f"{who.get('job')} {json.dumps(who.get('arguments'))}" if who else None),
        ("reason given", who.get("reason")),
        ("program", tool["software"]),
        ("settings changed", settings or None),
        ("asked with", "; ".join(tool["request"]) if tool["request"] else None),
        ("asked at", line["sent_at"]),
        ("connected to", line["address"] or line["address_note"]),
        ("TLS", "; ".join(filter(None, tls))),
        *(("certificate", words_of(one)) for one in line["certificates"] or ()),
    )


def _afterwards(later: dict[str, Any]) -> Iterator[str]:
    for one in later["captures"]:
        same = f"{one['outcome']}, HTTP status {one['http_status']}, {one['payload_digest']}"
        yield from pair_lines(("looked again", f"{one['at']} {same}"))
    for one in later["verdicts"]:
        yield from pair_lines(("thought of it", f"{one['at']} {one['status']} ({one['rule']})"))
    if later["rounds"]:
        newest, looks = later["rounds"][-1], len(later["rounds"])
        said = newest["detail"] or "as it was kept"
        yield from pair_lines(("file read again", f"{looks} times, last {newest['at']}: {said}"))
    for one in later["fixity"]:
        told = one.get("detail") or one.get("sha256") or one.get("to") or one.get("reason") or ""
        yield from pair_lines((f"{one['kind']}", f"{one.get('at') or ''} {told}".strip()))


def pair_lines(*pairs: tuple[str, Any]) -> Iterator[str]:
    """A line for each name with its value; none for a value that is None."""
    for name, value in pairs:
        if value is not None:
            # one line each: a server's certificate, too, may have a name that looks like our words
            yield f"{name + ':':24s}{value}".replace("\n", "\\n")
