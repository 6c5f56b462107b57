"""What the reading of a page depends on, as a digest: the code that reads, the libraries under it,
the bounds."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import archive
import pipeline
from archive.urls.publishers.files import folder_digest

if TYPE_CHECKING:
    from pipeline.read.process import Limits

_LIBRARIES = (
    "trafilatura", "lxml", "lxml_html_clean", "ada-url", "w3lib", "tldextract", "py3langid",
    "chardet", "pypdfium2", "rapidfuzz", "pillow", "imagehash", "c2pa-python",
)  # fmt: skip
_LETTERS = 16


def reader_key(limits: Limits) -> str:
    """Equal where the same is read of the same page."""
    told = f"{_code()} {limits!r} {folder_digest()}"
    return hashlib.sha256(told.encode()).hexdigest()[:_LETTERS]


@cache
def _code() -> str:
    told = hashlib.sha256()
    roots = (Path(*pipeline.__path__) / "read", Path(*archive.__path__))
    for root in roots:
        for path in sorted(root.rglob("*.py")):
            told.update(f"{path.relative_to(root).as_posix()}\n".encode())
            told.update(path.read_bytes())
    for name in _LIBRARIES:
        told.update(f"{name} {_version(name)}\n".encode())
    return told.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
