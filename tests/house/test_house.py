"""What no type checker sees: which module may know what, and that each thing stands in one
place."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter

import grimp
import pytest

from tests.house.code import PACKAGES, modules

VOCABULARY = "archive/model/vocabulary.py"

_STATEMENT = r"\bSELECT\b.+\bFROM\b|\bINSERT (OR \w+ )?INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b"


def test_no_module_imports_what_imports_it_not_even_its_types() -> None:
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False, cache_dir=None)
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imported).prepare()  # raises CycleError, which names the circle


def test_sets_of_outcomes_stand_in_the_vocabulary_alone() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if path != VOCABULARY and _is_set_of_outcomes(node)
    ]
    assert not found


def _is_set_of_outcomes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Set | ast.Tuple | ast.List):
        return False
    named = [one for one in node.elts if ast.unparse(one).startswith("Outcome.")]
    return len(named) == len(node.elts) > 1


def test_no_two_sets_of_outcomes_are_the_same() -> None:
    from archive.model import vocabulary

    sets = [one for one in vars(vocabulary).values() if isinstance(one, frozenset)]
    assert len(set(sets)) == len(sets)


def test_sql_stands_in_the_archive_alone() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if not path.startswith("archive/") and (_is_sql(node) or _asks_a_database(node))
    ]
    assert not found


def _is_sql(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return bool(re.search(_STATEMENT, text, re.DOTALL))


def _asks_a_database(node: ast.AST) -> bool:
    calls = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return calls and node.func.attr in {"execute", "executemany", "executescript", "query"}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('db.execute("PRAGMA quick_check")', True),
        ('text = "SELECT id FROM sources"', True),
        ('text = "A SELECT over the archive; its first column gives the addresses."', False),
    ],
)
def test_sql_is_known_when_it_is_seen(line: str, found: bool) -> None:
    nodes = list(ast.walk(ast.parse(line)))
    assert any(_is_sql(node) or _asks_a_database(node) for node in nodes) is found
