"""The program's own code, as its tests look at it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("archive", "crawler", "pipeline")


@cache
def modules() -> dict[str, ast.Module]:
    """The syntax tree of each module, by path from the top: `archive/clock.py`."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
    }
