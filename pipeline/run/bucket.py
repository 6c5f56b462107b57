"""A folder of an S3-compatible store, through obstore (extra `s3`): what a backup asks of it.

Where it is and who may write there stands in the environment alone, by the names that all tools of
this kind know: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`. The
proxies of the environment are used. The address guard does not stand before it: the operator names
the store, no page does.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError, BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCHEME = "s3://"
RETRIES, RETRY_FOR = 5, timedelta(seconds=60)
_PLACE = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([!-~]*?))?/?")
"""Names of buckets as S3 allows them; keys in plain ASCII."""


def is_remote(place: str) -> bool:
    """Whether a place for backups is a bucket, not a folder."""
    return place.startswith(SCHEME)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A folder of a store.

    Attributes:
        url: As the operator writes it.
        store: Of obstore; keys are below the folder.
    """

    url: str
    store: Any

    @classmethod
    def at(cls, url: str) -> Bucket:
        """The folder at `s3://bucket/prefix`; nothing is asked yet.

        Raises:
            BadInputError: That is no such address, or obstore is not installed.
        """
        found = _PLACE.fullmatch(url)
        if found is None:
            raise BadInputError(f"{url}: no place in a store; write s3://bucket/prefix")
        try:
            from obstore.store import S3Store
        except ImportError as error:
            raise BadInputError(
                f"{url}: obstore is not installed: pip install 'isw-archive[s3]'"
            ) from error
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        store = S3Store(
            found[1],
            prefix=found[2] or None,
            client_options={"allow_http": plain},
            retry_config={"max_retries": RETRIES, "retry_timeout": RETRY_FOR},
        )
        return cls(url.rstrip("/"), store)

    def sizes(self, prefix: str) -> dict[str, int]:
        """Bytes of each object below a prefix, by key.

        Raises:
            ArchiveError: The store does not answer, or refuses.
        """
        with self._asked(prefix):
            return {
                one["path"]: one["size"] for page in self.store.list(prefix) for one in page
            }  # fmt: skip

    def put(self, path: Path, key: str) -> None:
        """Store a file under a key.

        Raises:
            ArchiveError: The store does not take it.
            OSError: The file cannot be read.
        """
        import obstore

        with path.open("rb") as file, self._asked(key):
            obstore.put(self.store, key, file)

    def put_bytes(self, content: bytes, key: str) -> None:
        """Store a small object under a key.

        Raises:
            ArchiveError: The store does not take it.
        """
        import obstore

        with self._asked(key):
            obstore.put(self.store, key, content)

    def sha256(self, key: str) -> str:
        """The SHA-256 of an object, read back from the store.

        Raises:
            ArchiveError: It cannot be read.
        """
        digest = hashlib.sha256()
        self.read(key, digest.update)
        return digest.hexdigest()

    def read(self, key: str, take: Callable[[bytes], object]) -> None:
        """Hand on an object, block by block.

        Raises:
            ArchiveError: It cannot be read.
        """
        with self._asked(key):
            for block in self.store.get(key).stream():
                take(bytes(block))

    def text(self, key: str) -> str:
        """A small object.

        Raises:
            ArchiveError: It cannot be read, or is no text.
        """
        found = bytearray()
        self.read(key, found.extend)
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ArchiveError(f"{self.url}/{key}: no text; it is damaged") from error

    def delete(self, keys: list[str]) -> None:
        """Remove objects, one after the other.

        Raises:
            ArchiveError: The store refuses.
        """
        for key in keys:
            with self._asked(key):
                self.store.delete(key)

    @contextmanager
    def _asked(self, key: str) -> Iterator[None]:
        """What goes wrong at the store, in one line."""
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, FileNotFoundError, PermissionError) as error:
            said = str(error).split("\n", maxsplit=1)[0][:300]
            raise ArchiveError(
                f"{self.url}/{key}: {said}; check the address, AWS_ENDPOINT_URL, AWS_REGION and "
                "the keys in the environment"
            ) from error
