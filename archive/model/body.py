"""What a response brought: bytes, or, where they are many, something that gives them in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import mmap
    from collections.abc import Iterator

LARGE_BYTES = 1024 * 1024
"""From here on a body stays in a file. Of pages and pictures nearly all are smaller; sixteen at
once (`concurrency`) take 16 MB of memory, whatever is behind them."""


class LargeBody(Protocol):
    """Bytes that stand in a file; their number is its length, and none of them is in memory."""

    @property
    def digest(self) -> str:
        """`sha256:<hex>` of all of them."""

    def __len__(self) -> int:
        """How many bytes there are."""

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """The bytes from one place on, in pieces of a megabyte at most.

        Raises:
            WarcError: The record that holds them is lost or damaged.
            OSError: The disk does not give them.
        """

    def view(self, most: int) -> mmap.mmap:
        """The bytes, at most so many, as they are mapped from a file: read as they are looked at.

        Raises:
            WarcError: As `pieces`.
            OSError: As `pieces`; or there is no room for a copy of what is packed.
        """


Body: TypeAlias = bytes | LargeBody


Viewed: TypeAlias = "bytes | mmap.mmap"
"""A body in memory, or one in a file, of which no more is read than is looked at."""


def pieces_of(body: Body, start: int = 0) -> Iterator[bytes]:
    """The bytes from one place on, in pieces; raises as `LargeBody.pieces`."""
    if isinstance(body, bytes):
        yield body[start:]
    else:
        yield from body.pieces(start)


def whole_body(body: Body) -> bytes:
    """All of it in memory; raises as `LargeBody.pieces`."""
    return body if isinstance(body, bytes) else b"".join(body.pieces())
