"""What no type checker sees: which module may know what, and that each thing stands in one
place."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from typing import TypeGuard

import grimp
import pytest

from tests.house.code import PACKAGES, ROOT, modules, modules_of_tests

VOCABULARY = "archive/model/vocabulary.py"

LONGEST_MODULE = 450
LONGEST_FUNCTION = 60
"""Lines, signature and docstring included; the median has eight."""

_STATEMENT = r"\bSELECT\b.+\bFROM\b|\bINSERT (OR \w+ )?INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b"


def test_no_module_imports_what_imports_it_not_even_its_types() -> None:
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False, cache_dir=None)
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imported).prepare()  # raises CycleError, which names the circle


def test_no_module_and_no_function_is_long() -> None:
    functions = (
        (f"{path}:{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert not [name for name, lines in functions if lines > LONGEST_FUNCTION]
    lengths = {path: tree.body[-1].end_lineno or 0 for path, tree in modules().items() if tree.body}
    assert not [path for path, lines in lengths.items() if lines > LONGEST_MODULE]


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


_SENDERS = frozenset(
    {"http.client", "requests", "httpx", "aiohttp", "smtplib", "urllib3", "ftplib", "apprise"}
)
"""Modules that send; `urllib.request` has harmless parts as well."""


def test_only_the_crawler_sends_anything_for_its_guard_stands_there() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        if not path.startswith("crawler/")
        for node in ast.walk(tree)
        if _sends(node)
    ]
    assert not found


def _sends(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(one.name in _SENDERS for one in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.module in _SENDERS
    return isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node).endswith("urlopen")


@pytest.mark.parametrize(
    ("text", "sends"),
    [
        ("import httpx", True),
        ("from http.client import HTTPConnection", True),
        ("urllib.request.urlopen(address)", True),
        ("from urllib.request import getproxies", False),
    ],
)
def test_what_sends_is_known(text: str, sends: bool) -> None:
    assert any(_sends(node) for node in ast.walk(ast.parse(text))) == sends


def test_no_two_sets_of_outcomes_are_the_same() -> None:
    from archive.model import vocabulary

    sets = [one for one in vars(vocabulary).values() if isinstance(one, frozenset)]
    assert len(set(sets)) == len(sets)


OTHER_DATABASES = {
    f"pipeline/run/cluster/{name}.py" for name in ("postgres", "queue", "state", "shared_pace")
}
"""The queue of a cluster is a PostgreSQL of its own, and nothing of the archive."""


def test_sql_stands_in_the_archive_alone() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if not path.startswith("archive/") and (_is_sql(node) or _asks_a_database(node))
    ]
    assert {place.partition(":")[0] for place in found} <= OTHER_DATABASES


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


def test_no_test_is_imported_by_another() -> None:
    found = [
        f"{path}: {name}"
        for path, tree in modules_of_tests().items()
        for name in _imported(tree)
        if any(part.startswith("test_") for part in name.split("."))
    ]
    assert not found, "what tests share stands in a module of its own"


def test_no_test_imports_what_a_module_keeps_to_itself() -> None:
    found = [
        f"{path}: {name}"
        for path, tree in modules_of_tests().items()
        for name in _imported(tree)
        if name.startswith(PACKAGES) and re.search(r"\._[a-z]", name, re.IGNORECASE)
    ]
    assert not found, "what is tested by itself has a name for others"


def _imported(tree: ast.Module) -> list[str]:
    """The modules that a module imports, and what it imports from them: of tests, either may be
    a module."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module or ''}.{one.name}" for one in node.names]
    return found


@pytest.mark.parametrize(
    "line",
    ["from tests.whole.test_whole import QUICK", "from tests.whole import test_whole",
     "import tests.whole.test_whole", "from . import test_whole"],
)  # fmt: skip
def test_an_import_of_a_test_is_known_when_it_is_seen(line: str) -> None:
    [name] = _imported(ast.parse(line))
    assert any(part.startswith("test_") for part in name.split("."))


_PATH = re.compile(r"\b(?:archive|crawler|pipeline|docs|tests)/[\w/-]+\.(?:py|md)\b")
_DOTTED = re.compile(r"`((?:archive|crawler|pipeline)(?:\.\w+)+)`")


def test_what_docstrings_and_messages_name_of_ours_is_there() -> None:
    found = [
        f"{path}:{node.lineno}: {name}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for name in _missing(node.value)
    ]
    assert not found


def _missing(text: str) -> list[str]:
    """Paths and dotted names in a text that lead nowhere; of names inside classes, the class."""
    paths = [path for path in _PATH.findall(text) if not (ROOT / path).exists()]
    return paths + [name for name in _DOTTED.findall(text) if not _is_there(name)]


def _is_there(dotted: str) -> bool:
    """Whether it is a package, a module, or what stands at the top of one."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        place = "/".join(parts[:end])
        tree = modules().get(f"{place}.py") or modules().get(f"{place}/__init__.py")
        if tree is not None:
            return end == len(parts) or parts[end] in _at_the_top(tree)
    return False


def _at_the_top(tree: ast.Module) -> set[str]:
    defined = {node.name for node in tree.body if isinstance(node, _DEFINITION)}
    bound = {one.id for node in tree.body for one in ast.walk(node) if _is_bound(one)}
    imported = {one.asname or one.name for node in tree.body if isinstance(node, ast.ImportFrom)
        for one in node.names}  # fmt: skip
    return defined | bound | imported


_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _is_bound(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("see `archive.clock.now` and archive/clock.py", []),
        ("as `pipeline.read.process.Limits` has them", []),
        ("`archive.clock.never` tells", ["archive.clock.never"]),
        ("`archive.nowhere` tells", ["archive.nowhere"]),
        ("see crawler/nowhere.py", ["crawler/nowhere.py"]),
    ],
)
def test_a_name_that_leads_nowhere_is_known_when_it_is_seen(text: str, missing: list[str]) -> None:
    assert _missing(text) == missing
