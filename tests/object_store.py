"""A store on loopback that speaks as much of S3 as backups use: put, get, list, delete.

Ours, since moto brings boto3, which does not go with our python-dateutil. Objects lie in a
dictionary that tests may change; signatures are not checked, but have to be there.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

BUCKET = "archive"
KEYS = {
    "AWS_ACCESS_KEY_ID": "ours",
    "AWS_SECRET_ACCESS_KEY": "a-secret-of-nobody",
    "AWS_REGION": "us-east-1",
    "no_proxy": "127.0.0.1",
}
MODIFIED = "2026-03-01T00:00:00.000Z"


class Store(ThreadingHTTPServer):
    """The store, and what lies in it by key.

    Attributes:
        asked: Method and key of each request.
    """

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.objects: MutableMapping[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def bags(self) -> list[str]:
        """Names of the whole bags."""
        return [key.split("/")[2] for key in sorted(self.objects) if key.endswith("/bagit.txt")]


class Handler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def _key(self) -> str | None:
        """The key that is asked about; None, and an answer, where that is refused."""
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        bucket, _, key = unquote(urlsplit(self.path).path).lstrip("/").partition("/")
        self.server.asked.append((self.command, key))
        if "AWS4-HMAC-SHA256" not in self.headers.get("Authorization", ""):
            self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        elif bucket != BUCKET:
            self._answer(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        else:
            return key
        return None

    def do_PUT(self) -> None:
        if (key := self._key()) is not None:
            self.server.objects[key] = self.body
            self._answer(200, tag=self.body)

    def do_DELETE(self) -> None:
        if (key := self._key()) is not None:
            self.server.objects.pop(key, None)
            self._answer(204)

    def do_POST(self) -> None:
        """Several are deleted at once."""
        if self._key() is not None:
            keys = re.findall(r"<Key>(.*?)</Key>", self.body.decode())
            for key in keys:
                self.server.objects.pop(unescape(key), None)
            told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self._answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())

    def do_GET(self) -> None:
        if (key := self._key()) is None:
            return
        if not key:
            prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
            self._answer(200, _listed(self.server.objects, prefix))
        elif key in self.server.objects:
            self._answer(200, self.server.objects[key], tag=self.server.objects[key])
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _answer(self, status: int, body: bytes = b"", tag: bytes | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", formatdate(0, usegmt=True))
        if tag is not None:
            self.send_header("ETag", _tag(tag))
        self.end_headers()
        self.wfile.write(body)


def _tag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


def _listed(objects: MutableMapping[str, bytes], prefix: str) -> bytes:
    found = "".join(
        f"<Contents><Key>{escape(key)}</Key><LastModified>{MODIFIED}</LastModified>"
        f"<ETag>{_tag(content)}</ETag><Size>{len(content)}</Size></Contents>"
        for key, content in sorted(objects.items())
        if key.startswith(prefix)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{head}<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        f"<IsTruncated>false</IsTruncated>{found}</ListBucketResult>"
    ).encode()


@contextmanager
def served() -> Iterator[Store]:
    """A store that is there meanwhile."""
    store = Store()
    threading.Thread(target=store.serve_forever, daemon=True).start()
    try:
        yield store
    finally:
        store.shutdown()
        store.server_close()
