"""The pages show what readers give them: no SQL stands in the package of the pages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import archive.web

_SQL = re.compile(r"\b(SELECT\b[\s\S]*\bFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b")


def test_no_module_of_the_pages_holds_sql() -> None:
    for path in Path(archive.web.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not _SQL.search(node.value), (path.name, node.lineno)
