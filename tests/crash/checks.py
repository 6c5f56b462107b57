"""What must hold after a trial; each check returns the faults that it finds, a line each."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.db import at_rest
from archive.db.database import writing
from archive.fixity.holding import Holding
from archive.fixity.verify import VerifyOptions, verify
from archive.folder import DataFolder
from tests.crash.holding import Held, ended, judgements, read, tables, warc_files
from tests.crash.warcs import NotWholeError, records
from tests.kept import KEPT_ANEW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.crash.holding import Judgements

NEVER_SAID = ("Traceback", "UNIQUE constraint", "database is locked", "Exception ignored")
SCHEMA = "SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')"
NAMED = 3
"""Examples in one line."""
ONCE = """
SELECT kind, url, count(*) FROM captures
WHERE kind IN ('report', 'source', 'file') AND captured_at >= ? AND via = 'live'
GROUP BY kind, url HAVING count(*) > 1
"""
TWICE = {
    "captures of one record": "SELECT record_id FROM captures GROUP BY 1 HAVING count(*) > 1",
    "captures of one number": "SELECT id FROM captures GROUP BY 1 HAVING count(*) > 1",
    "captures of one imported record": (
        "SELECT origin FROM captures WHERE origin IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    ),
}


def words(name: str, text: str) -> list[str]:
    """What no command may say."""
    lines = text.splitlines()
    hits = [(word, i) for word in NEVER_SAID for i, line in enumerate(lines) if word in line]
    if not hits:
        return []
    word, at = hits[0]
    # what a traceback ends with stands behind its indented lines, and where it was raised before it
    end = next((i for i in range(at + 1, len(lines)) if not lines[i].startswith(" ")), at)
    told = " | ".join(line.strip() for line in lines[max(at - 1, end - 3) : end + 1])
    return [f"said '{word}': {name}: {told[:400]}"]


def logs(data: Path) -> list[str]:
    """What no log of a spider may say."""
    found = [words(path.name, path.read_text("utf-8", "replace")) for path in _logs(data)]
    return [line for lines in found for line in lines]


def _logs(data: Path) -> list[Path]:
    return sorted((data / "runs").glob("*.log"))


def nothing_lost(data: Path, before: Held) -> list[str]:
    """All that was held when the command was struck is held now, in the same place."""
    rows = {row[1]: tuple(row) for row in _captures(data)}
    now = {one.record_id: one for one in ended(data)}
    changed = [key for key, row in before.rows.items() if key in rows and rows[key] != row]
    gone = [one.uri for key, one in before.ended.items() if now.get(key) != one]
    forgotten = [one.uri for key, one in before.ended.items() if key not in rows]
    return [
        *_some("lost row", (row[2] for key, row in before.rows.items() if key not in rows)),
        *_some("changed row", (before.rows[key][2] for key in changed)),
        *_some("lost record", gone),
        *_some("whole record without a row", forgotten),
    ]


def _captures(data: Path) -> list[tuple[Any, ...]]:
    return read(
        data / "archive.db",
        "SELECT id, record_id, url, payload_digest, warc_file, warc_offset FROM captures",
    )


def nothing_doubled(data: Path, since: str) -> list[str]:
    """No record, number or imported record has two rows, no number two records, no page was fetched
    twice."""
    database = data / "archive.db"
    faults = [
        line for what, sql in TWICE.items() for line in _some(f"two {what}", _first(database, sql))
    ]
    numbers = Counter(one.capture for one in ended(data))
    again = read(database, ONCE.replace("?", f"'{since}'"))
    return [
        *faults,
        *_some("one number for two records", (str(n) for n, count in numbers.items() if count > 1)),
        *_some("fetched and kept twice", (f"{kind} {url}" for kind, url, _ in again)),
    ]


def _first(database: Path, sql: str) -> list[str]:
    return [str(row[0]) for row in read(database, sql)]


def rows_and_records_agree(data: Path) -> list[str]:
    """Each row has its record where it says, each record that ends a capture its row."""
    places = {(one.file, one.offset): one for one in ended(data)}
    rows = {row[1]: row for row in _captures(data)}
    astray = [
        row[2]
        for row in rows.values()
        if (found := places.get((row[4], row[5]))) is None or found.record_id != row[1]
    ]
    without = [one.uri for one in places.values() if one.record_id not in rows]
    return [*_some("row without its record", astray), *_some("record without a row", without)]


def whole_warcs(data: Path) -> list[str]:
    """Every file can be read to its end, by hand and by another tool, and every digest is right."""
    faults = []
    for path in warc_files(data):
        try:
            for _ in records(path):
                pass
            with path.open("rb") as file:
                for record in ArchiveIterator(file, check_digests="raise"):
                    record.content_stream().read()
        except (NotWholeError, ArchiveLoadFailed) as error:
            faults.append(f"WARC not whole: {error}")
    return faults


def sound_database(data: Path) -> list[str]:
    """SQLite's own checks."""
    database = data / "archive.db"
    changed = at_rest.damage(database)
    broken = read(database, "PRAGMA integrity_check")
    references = read(database, "PRAGMA foreign_key_check")
    return [
        *([f"checksums: {changed}"] if changed else []),
        *_unlike_a_new_one(database),
        *_some("counts are not those of the rows", _miscounted(database)),
        *(f"database: {row[0]}" for row in broken if row[0] != "ok"),
        *_some("broken reference", (str(row) for row in references)),
    ]


def _unlike_a_new_one(database: Path) -> list[str]:
    """Indexes and triggers that it lacks, or has and should not; none is left to be made."""
    with tempfile.TemporaryDirectory(prefix="schema-") as name:
        new = Path(name) / "archive.db"
        with writing(new):
            pass
        ours, theirs = ({str(row[0]) for row in read(one, SCHEMA)} for one in (database, new))
    left = [] if read(database, "PRAGMA user_version") == [(0,)] else ["told as yet to be made"]
    return _some("index or trigger", [*sorted(ours ^ theirs), *left])


def _miscounted(database: Path) -> list[str]:
    """Tables of counts that counting all rows anew would give otherwise."""
    return [
        table
        for table, sql in KEPT_ANEW.items()
        if Counter(read(database, f"SELECT * FROM {table}")) != Counter(read(database, sql))
    ]


def ledger_holds(data: Path) -> list[str]:
    """The ledger is signed and whole, and agrees with WARC files and database."""
    found = verify(Holding(DataFolder(data)), VerifyOptions())
    faults = [f"ledger or fixity: {fault}" for fault in found.faults]
    late = [f"not entered: {note}" for note in found.notes if "not in the ledger yet" in note]
    return [*faults[:NAMED], *late]


def lock_is_free(data: Path) -> list[str]:
    """Nobody holds the archive once all commands are done."""
    path = data / "lock"
    if not path.exists():
        return []
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return ["lock is held by nobody that we started"]
    return []


def left_over(data: Path) -> list[str]:
    """Nothing of a killed run lies about once the next command is done."""
    known = {"archive.db", "archive.db-wal", "archive.db-shm", "archive.db-sums"}
    names = [path.name for path in data.iterdir()]
    strange = [n for n in names if (".db" in n and n not in known) or n == "rebuild"]
    strange += [n for n in names if n.endswith((".tmp", ".new", ".part"))]
    jobs = [f"runs/{path.name}" for path in (data / "runs").glob("*.json")]
    return _some("left over", (*strange, *jobs))


def schedule_is_kept(data: Path) -> list[str]:
    """Each planned run has its end, and each job its one run that was not broken off."""
    sql = "SELECT planned_as, coalesce(outcome, 'no end') FROM runs WHERE planned_for IS NOT NULL"
    rows = [(str(name), str(end)) for name, end in read(data / "archive.db", sql)]
    open_ones = [f"{name}: {end}" for name, end in rows if end in {"no end", "queued"}]
    done = Counter(name for name, end in rows if end in {"done", "problems", "failed"})
    odd = [f"{name}: {done[name]} times" for name, _ in rows if done[name] != 1]
    jobs = {"collect", "check", "fixity"}
    return [
        *_some("planned run without an end", open_ones),
        *_some("not done once", sorted({*odd, *(jobs - {name for name, _ in rows})})),
    ]


def read_as_ever(data: Path, usual: Judgements) -> list[str]:
    """Each page kept was read, and nothing else was made of it than in a run that nobody
    disturbed."""
    known = {one[:2] for one in usual}
    odd = sorted(one for one in judgements(data) - usual if one[:2] in known)
    return _some("judged otherwise", (f"{kind} {url} {outcome}" for kind, url, outcome, *_ in odd))


def rebuild_is_equal(data: Path, copy: Path) -> list[str]:
    """Tables of a folder and of its rebuilt copy are the same but for the logs of runs."""
    ours, theirs = tables(data), tables(copy)
    unequal = [name for name in ours if ours[name] != theirs.get(name)]
    if not unequal:
        return []
    name = "captures" if "captures" in unequal else unequal[0]
    return [
        f"rebuild differs: {', '.join(unequal)}; {name}: "
        + _difference(ours[name], theirs.get(name, []))
    ]


def _difference(ours: list[str], theirs: list[str]) -> str:
    lacking, other = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
    some, else_ = (lacking or ["none"])[0], (other or ["none"])[0]
    place = next((i for i, (a, b) in enumerate(zip(some, else_, strict=False)) if a != b), 0)
    cut = slice(max(0, place - 60), place + 40)
    rows = f"{len(ours)} and {len(theirs)} rows"
    return f"{rows}, e.g. {some[:90]}: …{some[cut]}… against …{else_[cut]}…"


def copy_of_warcs(data: Path, to: Path) -> Path:
    """The evidence alone, for a rebuild."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(data / "warc", to / "warc")
    return to


def _some(what: str, found: Iterable[str]) -> list[str]:
    every = list(found)
    if not every:
        return []
    more = f" and {len(every) - NAMED} more" if len(every) > NAMED else ""
    return [f"{what}: {len(every)}: {', '.join(every[:NAMED])}{more}"]
