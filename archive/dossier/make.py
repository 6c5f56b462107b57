"""Making the dossier of a report: its captures, figures, cited pages, notes, index, proofs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.dossier.contents import RecordStart, contents
from archive.dossier.listing import Page, index, moment, pages
from archive.dossier.notes_page import notes_page
from archive.dossier.package import DIGEST, NOTES, OURS, PACKAGE, Resource, as_json, described
from archive.dossier.proofs import proofs
from archive.dossier.records import records
from archive.errors import BadInputError, WarcError
from archive.model.vocabulary import RETRIEVED, Via
from archive.show import export

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import sqlite_utils

    from archive.dossier.contents import Contents, Left
    from archive.dossier.records import Records
    from archive.dossier.sign import Signing
    from archive.folder import DataFolder

LOST = "Left out: the record is lost or damaged"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier, measured and ready to be written.

    Attributes:
        report: Its id.
        resources: All files, in the order of the package.
        captures: How many are in it.
        left: What is left out, under a heading each.
        problems: What a person should know.
    """

    report: str
    resources: tuple[Resource, ...]
    captures: int
    left: tuple[tuple[str, tuple[Left, ...]], ...]
    problems: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes of its files, without the frame around them."""
        return sum(one.size for one in self.resources)


def dossier(
    db: sqlite_utils.Database,
    folder: DataFolder,
    report: str,
    *,
    created: str | None = None,
    signing: Signing | None = None,
) -> Dossier:
    """Measure everything that the dossier of a report holds; the same bytes for the same archive.

    Args:
        db: The archive.
        folder: Where its WARC files and its ledger lie.
        report: Its id.
        created: When, ISO 8601; None: the newest capture in it says so.
        signing: What signs it; None: it is not signed.

    Raises:
        BadInputError: The report is withheld.
        WarcError: Not one of its records can be read.
        ArchiveError: It cannot be signed.
    """
    if (why := export.withheld(db, report)) is not None:
        raise BadInputError(f"export {report}: withheld: {why}")
    wanted = contents(db, report)
    found = records(folder.warcs, wanted)
    told = export.report_object(db, report)
    left = (("Left out: withheld", wanted.withheld), (LOST, tuple(found.damaged)))
    captures = _whole(report, wanted, found)
    evidence = proofs(folder, found.finals)
    listed = _listed(db, told, captures, wanted, found)
    files = [
        found.resource(),
        *index(found.lines),
        pages(listed),
        Resource.of(NOTES, notes_page(told, _by_source(captures.values()), left)),
        *evidence.files,
    ]
    about = _about(told, listed, captures, left)
    about[OURS] |= evidence.told()
    about |= {"created": created} if created else {}
    files += _frame(about, files, signing)
    problems = [evidence.problem] if evidence.problem else []
    problems += _missing(report, found.uncertified, len(wanted.captures) - len(captures))
    return Dossier(report, tuple(files), len(captures), left, tuple(problems))


def _frame(about: dict[str, Any], files: list[Resource], signing: Signing | None) -> list[Resource]:
    """What describes all other files, and its digest with the signature."""
    package = described(about, files)
    digest = _digest(package)
    if signing is not None:
        digest["signedData"] = signing.signed(package, about["created"])
    return [Resource.of(PACKAGE, package), Resource.of(DIGEST, as_json(digest))]


def _missing(report: str, uncertified: int, captures: int) -> list[str]:
    """What the dossier is without, in words."""
    remedy = "isw-archive repair --from puts back what a copy has"
    problems = []
    if uncertified:
        problems.append(
            f"{report}: {counted(uncertified, 'records')} came over connections whose certificates "
            f"are lost or damaged; {remedy}"
        )
    if captures:
        problems.append(
            f"{report}: {counted(captures, 'captures')} left out, since their records are lost or "
            f"damaged; {remedy}"
        )
    return problems


def _whole(report: str, wanted: Contents, found: Records) -> dict[int, dict[str, Any]]:
    """The captures whose records can be read.

    Raises:
        WarcError: There are none.
    """
    gone = {one.capture for one in found.damaged}
    captures = {number: row for number, row in wanted.captures.items() if number not in gone}
    if gone and not captures:
        raise WarcError(
            f"export {report}: its {counted(len(gone), 'records')} are lost or damaged, all of "
            "them; isw-archive verify names them, isw-archive repair --from puts back what a copy "
            "has"
        )
    return captures


def _digest(package: bytes) -> dict[str, Any]:
    return {"path": PACKAGE, "hash": f"sha256:{Resource.of(PACKAGE, package).sha256}"}


def _about(
    told: Mapping[str, Any],
    listed: list[Page],
    captures: Mapping[int, Mapping[str, Any]],
    left: Iterable[tuple[str, tuple[Left, ...]]],
) -> dict[str, Any]:
    """What the package says of itself."""
    newest = max((str(row["captured_at"]) for row in captures.values()), default="")
    first = [{"mainPageUrl": one.url, "mainPageDate": moment(one.digits)} for one in listed[:1]]
    lost = sum(len(some) for _, some in left)
    lacks = f"; {counted(lost, 'captures')} left out, and named in {NOTES}" if lost else ""
    return {
        "title": told["title"],
        "description": f"{told['id']}: the report, what it cites, and what is kept of that{lacks}",
        "created": newest,
        **(first[0] if first else {}),
        OURS: {
            "report": told["id"],
            "url": told["url"],
            "version": told["version"],
            "captures": len(captures),
            "left_out": [
                {"why": heading, "captures": [asdict(one) for one in some]}
                for heading, some in left
                if some
            ],
        },
    }


def _by_source(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    """Captures of each source, in the order of time."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (row["captured_at"], row["id"])):
        if row["source_id"] is not None and row["kind"] == "source":
            found.setdefault(row["source_id"], []).append(row)
    return found


def _listed(
    db: sqlite_utils.Database,
    told: Mapping[str, Any],
    captures: Mapping[int, Mapping[str, Any]],
    wanted: Contents,
    found: Records,
) -> list[Page]:
    """The report first, each of its publications; then each cited page once, as notes name them."""
    by_source = _by_source(captures.values())
    newest = [one for one in export.newest_versions(db, str(told["id"])) if one in captures]
    chosen = [(captures[one], str(told["title"])) for one in newest]
    printed = {one["source_id"]: one["url"] for note in told["notes"] for one in note["urls"]}
    for source, url in printed.items():
        rows = [row for row in by_source.get(source or 0, ()) if _viewed_as(row, wanted, found)]
        if rows:
            chosen.append((min(rows, key=_rank), url))
    titles = export.titles_of(db, [row["text_id"] for row, _ in chosen])
    return [
        Page(*shown, titles.get(row["text_id"] or 0, name))
        for row, name in chosen
        if (shown := _viewed_as(row, wanted, found)) is not None
    ]


def _viewed_as(row: Mapping[str, Any], wanted: Contents, found: Records) -> tuple[str, str] | None:
    """Address and time under which a viewer finds a capture: those with which its chain begins."""
    places = [*wanted.hops.get(row["id"], ()), RecordStart(row["warc_file"], row["warc_offset"])]
    return found.uris.get(places[0])


def _rank(row: Mapping[str, Any]) -> tuple[bool, bool, str]:
    """The earliest good copy first, our own before another archive's."""
    return row["outcome"] not in RETRIEVED, row["via"] == Via.WAYBACK, row["captured_at"]
