"""What no type checker sees: which module may know what, and that each thing stands in one place."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import grimp

from tests.house.code import PACKAGES, modules

VOCABULARY = "archive/model/vocabulary.py"


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
