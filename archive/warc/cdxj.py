"""CDXJ: the sorted index by which replay tools find captures in WARC files."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.model.times import format_time
from archive.urls.normal import surt
from archive.warc.http import first_header
from archive.warc.reader import iter_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from archive.model.fetch import Location
    from archive.warc.record import WarcRecord

_INDEXED = frozenset({"response", "revisit", "resource"})
_WARC_ENDINGS = (".warc.gz", ".warc")
_NOTHING: Mapping[str, str] = MappingProxyType({})


def cdxj_line(record: WarcRecord, more: Mapping[str, str] = _NOTHING) -> str | None:
    """The line for one record, without its line end; None for records that are not replayed.

    `SURT YYYYMMDDhhmmss {"url", "mime", "status", "digest", "length", "offset", "filename"}`;
    numbers are texts, as pywb and the CDXJ specification write them.

    Args:
        record: As read.
        more: Further members.
    """
    if record.type not in _INDEXED or not record.uri or record.date is None:
        return None
    digits = "".join(filter(str.isdigit, format_time(record.date)))
    fields = {
        "url": record.uri,
        "mime": _mime(record),
        "status": str(record.http_status) if record.http_status else None,
        "digest": record.header("warc-payload-digest") or record.payload_digest,
        "length": str(record.location.length),
        "offset": str(record.location.offset),
        "filename": record.location.file,
        **more,
    }
    kept = {name: value for name, value in fields.items() if value is not None}
    return f"{surt(record.uri)} {digits} {json.dumps(kept)}"


def _mime(record: WarcRecord) -> str | None:
    if record.type == "revisit":
        return "warc/revisit"
    kind = first_header(record.http_headers, "content-type") or (
        record.header("content-type") if record.type == "resource" else None
    )
    bare = (kind or "").partition(";")[0].strip().lower()
    return bare or None


def warc_files(folder: Path) -> list[Path]:
    """The WARC files in `folder`, by name."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(_WARC_ENDINGS))


def sorted_index(
    folder: Path, wanted: Callable[[Location], bool], damaged: Callable[[WarcError], None]
) -> list[bytes]:
    """The lines of all WARC files in `folder`, sorted by their bytes, as replay tools search.

    Args:
        folder: Of the files.
        wanted: Of which records.
        damaged: Is told of each file that could not be read to its end; what came before is in.
    """
    lines = []
    for path in warc_files(folder):
        try:
            for record in iter_records(path, types=_INDEXED, large=True):
                line = cdxj_line(record) if wanted(record.location) else None
                if line:
                    lines.append(_encoded(line))
        except WarcError as error:
            damaged(error)
    return sorted(lines)


def _encoded(line: str) -> bytes:
    return line.encode("utf-8", "backslashreplace")
