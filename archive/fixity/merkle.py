"""Merkle trees of RFC 6962 (section 2.1): one root for a list that only grows.

An inclusion proof shows that a leaf is in the tree of a root; it is checked without the list.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf; the prefix keeps a leaf from passing for a node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows at its end.

    The roots of all its perfect subtrees are kept (64 bytes a leaf), so that each proof takes as
    many steps as the tree has levels.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """Begin with these leaves."""
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf."""
        value = leaf_hash(leaf)
        for level in range(len(self._levels) + 1):
            if level == len(self._levels):
                self._levels.append([])
            row = self._levels[level]
            row.append(value)
            if len(row) % 2:
                return
            value = node_hash(row[-2], row[-1])

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves; None for all."""
        size = len(self) if size is None else size
        self._require(0 <= size <= len(self))
        return self._hash(0, size) if size else EMPTY_ROOT

    def edge(self) -> Edge:
        """Its right edge."""
        size, end = len(self), 0
        roots = []
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                roots.append(self._levels[level][end >> level])
                end += 1 << level
        return Edge(size, roots)

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that leaf `index` is in the tree of the first `size` leaves (RFC 6962,
        2.1.1)."""
        size = len(self) if size is None else size
        self._require(0 <= index < size <= len(self))
        return tuple(self._path(index, 0, size))

    def _require(self, there: bool) -> None:
        if not there:
            raise IndexError(f"the tree has {len(self)} leaves")

    def _hash(self, start: int, end: int) -> bytes:
        """The root of leaves `start` to `end`; `start` is a multiple of the power of two that spans
        them."""
        length = end - start
        if length & (length - 1) == 0:
            level = length.bit_length() - 1
            return self._levels[level][start >> level]
        middle = start + _split(length)
        return node_hash(self._hash(start, middle), self._hash(middle, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._hash(middle, end)]
        return [*self._path(index, middle, end), self._hash(start, middle)]


class Edge:
    """The right edge of a tree: enough to append to it and to tell its root, however large it is.

    It is the roots of the perfect subtrees that the leaves fall into, the largest first.
    """

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        """Begin behind `size` leaves."""
        self._size, self._roots = size, list(roots)

    def __len__(self) -> int:
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add a leaf."""
        value, size = leaf_hash(leaf), self._size
        while size % 2:
            value, size = node_hash(self._roots.pop(), value), size // 2
        self._roots.append(value)
        self._size += 1

    def root(self) -> bytes:
        """The root of all leaves."""
        if not self._roots:
            return EMPTY_ROOT
        value = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            value = node_hash(left, value)
        return value

    def noted(self) -> dict[str, Any]:
        """As JSON has it; `Edge.of` takes it back."""
        return {"size": self._size, "roots": [root.hex() for root in self._roots]}

    @classmethod
    def of(cls, noted: dict[str, Any]) -> Edge:
        """The edge that `noted` gave.

        Raises:
            ValueError: It is none.
        """
        roots = [bytes.fromhex(root) for root in noted["roots"]]
        if len(roots) != int(noted["size"]).bit_count():
            raise ValueError("an edge has as many roots as its size has ones")
        return cls(noted["size"], roots)


def _split(length: int) -> int:
    """The largest power of two below `length`."""
    return 1 << ((length - 1).bit_length() - 1)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof shows that `leaf` is number `index` of the `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    value, last, rest = leaf_hash(leaf), size - 1, list(proof)
    while last:
        if index % 2 or index < last:
            if not rest:
                return False
            beside = rest.pop(0)
            value = node_hash(beside, value) if index % 2 else node_hash(value, beside)
        index, last = index // 2, last // 2
    return not rest and value == root
