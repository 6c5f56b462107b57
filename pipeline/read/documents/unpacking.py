"""Packages of XML: one member at a time, within bounds, by a parser that opens nothing else."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from archive.errors import BadInputError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_UNPACKED = 60_000_000
"""Bytes of one member; mark-up of a book of a thousand pages has half of that."""

BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError,
    ValueError, OSError,
)  # fmt: skip


def opened(body: bytes, name: str) -> zipfile.ZipFile:
    """The package.

    Raises:
        BadInputError: It is none, or broken.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(body))
    except BROKEN as error:
        raise BadInputError(f"{name}: a broken package ({error}); save it again") from error


def member(package: zipfile.ZipFile, part: str, name: str) -> Element | None:
    """The tree of one member; None: there is none of this name.

    Raises:
        BadInputError: It unpacks to more than is read, or is damaged or locked.
    """
    if part not in package.namelist():
        return None
    try:
        with package.open(part) as stream:
            content = stream.read(MOST_UNPACKED + 1)
    except BROKEN as error:
        raise BadInputError(f"{name}: {part} in it is damaged or locked ({error})") from error
    if len(content) > MOST_UNPACKED:
        raise BadInputError(
            f"{name}: {part} in it unpacks to more than {MOST_UNPACKED:,} bytes; not read"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:  # what recovering parsers make of no element at all
        raise BadInputError(f"{name}: {part} in it is no XML; save it again")
    return tree


def local(node: Element) -> str:
    """A tag without its namespace: there are two for each vocabulary (ECMA-376, part 1 and 4)."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: Element, wanted: str) -> str | None:
    """An attribute by its name without namespace."""
    return next((v for k, v in node.items() if str(k).rpartition("}")[2] == wanted), None)
