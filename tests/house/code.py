"""The program's own code, as its tests look at it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("archive", "crawler", "pipeline")


@cache
def modules() -> dict[str, ast.Module]:
    """The syntax tree of each module, by path from the top: `archive/clock.py`."""
    return _parsed(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def modules_of_tests() -> dict[str, ast.Module]:
    """The same of the tests and what they are made with."""
    return _parsed((ROOT / "tests").rglob("*.py"))


def _parsed(paths: Iterable[Path]) -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(paths)
    }
