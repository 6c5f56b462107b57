"""ARC files, the Internet Archive's format before WARC (Burner and Kahle 1996), read as WARC
records.

A record is one line and a block: `URL IP-address Archive-date Content-type Archive-length`; version
2 has five fields more before the length. There are no ids, no digests and no requests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.fetch import Headers

ARC_SIGN = b"filedesc:"
_URL = rb"[A-Za-z][A-Za-z0-9+.-]{1,20}:[^\r\n]{0,4000}?"
_LINE = (
    rb"(?P<url>" + _URL + rb") (?P<ip>[0-9A-Fa-f.:]{3,45}|-) (?P<date>[0-9]{12,17}|-)"
    rb"(?P<type>(?: [^ \r\n]*){1,8}?) (?P<length>[0-9]{1,15})[ \t]*\r?\n"
)
ARC_LINE = re.compile(_LINE)
ARC_LINE_BYTES = 5000
"""No line that is read is longer."""

ARC_START = re.compile(_URL + rb" (?:[0-9A-Fa-f.:]{3,45}|-) (?:[0-9]{12,17}|-) ")
"""What an ARC record begins with."""

# What stands where no address is known.
_NO_ADDRESS = {"-", "0.0.0.0", "0:0:0:0:0:0:0:0"}  # noqa: S104 - not an address to listen on


def arc_headers(line: re.Match[bytes]) -> Headers:
    """An ARC record's line as the WARC headers that say the same."""
    url = line["url"].decode("utf-8", "replace").strip()
    ip = line["ip"].decode("ascii")
    kind, content = _kind(url.partition(":")[0].lower())
    fields = [
        ("WARC-Type", kind),
        ("WARC-Target-URI", url),
        ("Content-Length", line["length"].decode("ascii")),
    ]
    if line["date"] != b"-":
        fields.append(("WARC-Date", _date(line["date"].decode("ascii"))))
    if content is not None:
        fields.append(("Content-Type", content))
    if ip not in _NO_ADDRESS:
        fields.append(("WARC-IP-Address", ip))
    return tuple(fields)


def _kind(scheme: str) -> tuple[str, str | None]:
    if scheme in {"http", "https"}:
        return "response", "application/http;msgtype=response"
    if scheme == "filedesc":
        return "warcinfo", None
    return ("response", "text/dns") if scheme == "dns" else ("resource", None)


def _date(digits: str) -> str:
    """`20060330100000` in ISO 8601; some writers leave out the seconds or add parts of them."""
    full = (digits + "00")[:14]
    return f"{full[:4]}-{full[4:6]}-{full[6:8]}T{full[8:10]}:{full[10:12]}:{full[12:14]}Z"
