"""Writing WARC 1.1 (ISO 28500:2017), one gzip member a record, each handed to the system before the
call returns."""

from __future__ import annotations

import hashlib
import uuid
from itertools import takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING

from archive.closing import Closing
from archive.errors import WarcError
from archive.model.body import LARGE_BYTES
from archive.model.fetch import Location, Written
from archive.model.times import format_time
from archive.warc.appended import AppendedFile
from archive.warc.certificates import der_of, name_of
from archive.warc.compose import (
    RecordDraft,
    draft_certificate,
    draft_failure,
    draft_request,
    draft_resource,
    draft_response,
    draft_warcinfo,
    matching,
)
from archive.warc.digests import sha256_digest
from archive.warc.record import CERTIFICATE_HEADER, CERTIFICATE_URI, CONTEXT_HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from archive.model.fetch import Connection, Exchange, FetchContext, PayloadRef
    from archive.model.fixity import WarcFile

_NO_INFO: Mapping[str, str] = MappingProxyType({})
_NO_MEMBERS: Mapping[str, bytes] = MappingProxyType({})
_WARCINFO = {
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "robots": "classic",
    "description": (
        "HTTP messages are reconstructed from what the HTTP client reports: letter case of header "
        "names, reason phrases and the order of unlike headers may differ from the wire. Transfer "
        "coding is removed and its header kept as X-Crawler-Transfer-Encoding; a Content-Length "
        "that does not fit the body kept is renamed X-Crawler-Content-Length. Content coding is "
        "kept as sent. robots.txt is followed as RFC 9309 says; imported captures were made by "
        "others. Of captures via browser, headers and bodies are what the browser reports: content "
        "coding is undone and its header kept as X-Crawler-Content-Encoding; urn:dom: records "
        "hold the page as it stood in the browser, urn:view: its picture, urn:print: its print. "
        f"{CONTEXT_HEADER} says in JSON why and how each capture was made. {CERTIFICATE_HEADER} "
        "names the server's certificates by SHA-256, its own first, and the byte at which the "
        f"record of each was written; those are metadata records of {CERTIFICATE_URI} (DER)."
    ),
}


class WarcWriter(Closing):
    """Appends captures to WARC files in one folder; begins a new file when one is full.

    Nothing is created before the first record. Not for several threads; several processes may share
    a folder, since each has files of its own, and holds a lock on the one that it writes
    (`archive.warc.recover` respects it).
    """

    def __init__(
        self,
        folder: Path,
        *,
        software: str,
        max_bytes: int,
        now: Callable[[], datetime],
        info: Mapping[str, str] = _NO_INFO,
        new_uuid: Callable[[], uuid.UUID] = uuid.uuid4,
    ) -> None:
        """Prepare to write.

        Args:
            folder: Where the files go; made when the first record comes.
            software: Name and version of what writes, for warcinfo.
            max_bytes: A file is closed before it grows beyond this, unless a single capture does.
            now: Tells the time, for file names and warcinfo.
            info: Further fields for warcinfo, such as `operator`.
            new_uuid: Makes record ids and the random part of file names.
        """
        self._folder = folder
        self._fields = {"software": software, **_WARCINFO, **info}
        self._max_bytes = max_bytes
        self._now = now
        self._new_uuid = new_uuid
        self._token = ""
        self._serial = 0
        self._file: AppendedFile | None = None
        self.closed: list[WarcFile] = []
        """The files begun so far that are closed."""
        self._info_id = ""
        self._has_captures = False
        self._certificates: dict[str, int] = {}
        """Where the file has the record of each certificate, by SHA-256."""

    def write(
        self, exchange: Exchange, context: FetchContext, revisit: PayloadRef | None = None
    ) -> Written:
        """Keep a fetch: its response (or a revisit of an earlier one), then its request.

        Args:
            exchange: What went over the network.
            context: Why and how; written into the record.
            revisit: An earlier capture with a body. When its payload equals this one's, or the
                status is 304, a revisit record refers to it; otherwise it is not used.

        Returns:
            Place and id of the response or revisit record. The payload's digest is that of the
            body, for a revisit after a 304 that of the payload it refers to.

        Raises:
            WarcError: The disk does not take it, or the response has no status line. The file stays
                readable and the writer usable.
        """
        digest = sha256_digest(exchange.response.body)
        earlier = matching(exchange, digest, revisit)
        if earlier is not None:
            digest = earlier.payload_digest
        record_id = self._new_id()
        drafts = [draft_response(record_id, exchange, context, digest, earlier)]
        if exchange.request is not None:
            drafts.append(draft_request(self._new_id(), exchange, exchange.request, record_id))
        location = self._append(drafts, exchange.connection)
        return Written(record_id, location, digest, earlier.record_id if earlier else None)

    def write_failure(self, uri: str, captured_at: datetime, context: FetchContext) -> Written:
        """Keep a fetch that brought no response: a metadata record with the context and its error.

        Raises:
            WarcError: The disk does not take it.
        """
        draft = draft_failure(self._new_id(), uri, captured_at, context)
        return Written(draft.record_id, self._append([draft]))

    def write_resource(
        self, exchange: Exchange, context: FetchContext, content_type: str
    ) -> Written:
        """Keep something that came without HTTP: no header is made up for it.

        Args:
            exchange: Its address, time and body; the start line and headers are not used.
            context: Why and how; written into the record.
            content_type: What the body is.

        Raises:
            WarcError: The disk does not take it.
        """
        draft = draft_resource(self._new_id(), exchange, context, content_type)
        return Written(
            draft.record_id, self._append([draft]), sha256_digest(exchange.response.body)
        )

    def copy(self, members: Sequence[bytes], shown: Mapping[str, bytes] = _NO_MEMBERS) -> Location:
        """Keep gzip members as they are, together: a record of another archive of ours, and its
        request.

        Args:
            members: The record first.
            shown: Members of the certificates that it names, by SHA-256; written where the file
                does not have them yet.

        Returns:
            The place of the first.

        Raises:
            WarcError: The disk does not take it.
        """
        size = sum(map(len, [*members, *shown.values()]))
        file = self._open_file()
        if self._has_captures and file.size + size > self._max_bytes:
            self._begin_file()
        new = {one: raw for one, raw in shown.items() if one not in self._certificates}
        return self._keep(new, members)

    @property
    def name(self) -> str | None:
        """The file that is being written, or None."""
        return self._file.path.name if self._file is not None and self._file.is_open else None

    @property
    def size(self) -> int:
        """Its bytes so far."""
        return 0 if self._file is None else self._file.size

    def sync(self) -> None:
        """Have the disk itself hold what was written, so that it outlasts a power cut; what is on
        the disk already is not synced again.

        Raises:
            WarcError: The disk reports a fault.
        """
        if self._file is not None:
            self._file.sync()

    def close(self) -> None:
        """Have the disk hold the file, and close it; a later record begins a new one.

        Raises:
            WarcError: The disk reports a fault; the file is not among `closed`.
        """
        if self._file is not None and self._file.is_open:
            self.closed.append(self._file.close())

    def _new_id(self) -> str:
        return f"urn:uuid:{self._new_uuid()}"

    def _append(self, drafts: list[RecordDraft], shown: Connection | None = None) -> Location:
        """Write records together, so that a file never ends between them but by a crash; the place
        of the first, over whose connection the server showed itself."""
        file = self._open_file()
        if drafts[0].large is not None:
            return self._append_large(drafts, shown)
        new, members = self._members(drafts, shown)
        size = sum(map(len, [*new.values(), *members]))
        if self._has_captures and file.size + size > self._max_bytes:
            self._begin_file()
            new, members = self._members(drafts, shown)
        return self._keep(new, members)

    def _members(
        self, drafts: list[RecordDraft], shown: Connection | None
    ) -> tuple[dict[str, bytes], list[bytes]]:
        """Certificates that the file does not have yet, by SHA-256, and the records: gzip
        members."""
        new, first = self._naming(drafts[0], shown)
        return new, [first.member(self._info_id), *(one.member("") for one in drafts[1:])]

    def _naming(
        self, first: RecordDraft, shown: Connection | None
    ) -> tuple[dict[str, bytes], RecordDraft]:
        """Certificates that the file does not have yet, by SHA-256, and the record that names all
        that were shown."""
        new: dict[str, bytes] = {}
        lines, offset = [], self.size
        for der in map(der_of, shown.certificates if shown else ()):
            name = hashlib.sha256(der).hexdigest()
            place = self._certificates.get(name)
            if place is None and name not in new:
                assert shown is not None
                draft = draft_certificate(self._new_id(), name, der, shown.sent_at)
                new[name] = draft.member("")
            if place is None:
                place = offset + sum(len(new[one]) for one in takewhile(name.__ne__, new))
            lines.append((CERTIFICATE_HEADER, name_of(name, place)))
        fields = (*first.fields, *lines)
        return new, RecordDraft(first.kind, first.record_id, fields, first.block, first.large)

    def _keep(self, new: Mapping[str, bytes], members: Sequence[bytes]) -> Location:
        """Write certificates, and behind them records; the place of the first of those."""
        file = self._open_file()
        places, offset = {}, file.size
        for name, raw in new.items():
            places[name] = offset
            offset += len(raw)
        parts = [*new.values(), *members]
        file.append(*(parts if len(members[0]) > LARGE_BYTES else [b"".join(parts)]))
        self._certificates.update(places)
        self._has_captures = True
        return Location(file.path.name, offset, len(members[0]))

    def _append_large(self, drafts: list[RecordDraft], shown: Connection | None) -> Location:
        """Append records one of which is large, never whole in memory; the place of the first."""
        place = self._put_pieces(drafts, shown, self._max_bytes if self._has_captures else None)
        if place is None:
            self._begin_file()
            place = self._put_pieces(drafts, shown, None)
        assert place is not None
        self._has_captures = True
        return place

    def _put_pieces(
        self, drafts: list[RecordDraft], shown: Connection | None, most: int | None
    ) -> Location | None:
        """Append all of them, or nothing; the place of the first.

        Returns:
            None, and nothing is written, where the file would have more than `most` bytes.
        """
        file = self._open_file()
        new, first = self._naming(drafts[0], shown)
        members: list[Iterable[bytes]] = [(raw,) for raw in new.values()]
        members.append(first.pieces(self._info_id))
        members += [one.pieces("") for one in drafts[1:]]
        ends = file.append_pieces(members, most)
        if ends is None:
            return None
        self._certificates.update(zip(new, ends, strict=False))
        start = ends[len(new)]
        return Location(file.path.name, start, ends[len(new) + 1] - start)

    def _open_file(self) -> AppendedFile:
        """The file that is being written, begun where there is none."""
        file = self._file
        return file if file is not None and file.is_open else self._begin_file()

    def _begin_file(self) -> AppendedFile:
        """Open a file with a name of its own and write its warcinfo."""
        self.close()
        moment = self._now()
        self._token = self._token or self._new_uuid().hex[:8]
        self._serial += 1
        digits = "".join(filter(str.isdigit, format_time(moment)))
        name = f"isw-archive-{digits}-{self._serial:05}-{self._token}.warc.gz"
        file = self._file = AppendedFile(self._folder / name)
        self._has_captures = False
        self._certificates.clear()
        self._info_id = self._new_id()
        fields = tuple(self._fields.items())
        info = draft_warcinfo(self._info_id, name, format_time(moment), fields)
        try:
            file.append(info.member(""))
        except WarcError:
            # Without its warcinfo the file is empty, and no reader takes an empty one.
            file.give_up()
            file.path.unlink()
            raise
        return file
