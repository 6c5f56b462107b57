"""What we use of Scrapy's and Twisted's insides: each part is there, and nothing beyond the fence
names one."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from importlib import import_module
from typing import Any

import pytest
from scrapy.core.downloader import contextfactory
from scrapy.core.downloader.handlers import http11
from scrapy.settings import Settings

from crawler.download.scrapy_internals.parts import PARTS
from crawler.download.scrapy_internals.settings import CrawlSettings
from crawler.download.scrapy_internals.signals import Signals
from tests.house.code import ROOT, modules

FENCE = "crawler/download/scrapy_internals/"
LIBRARIES = ("scrapy", "twisted")
DOCUMENTED = {"scrapy.core.downloader.handlers.base"}  # docs.scrapy.org, "Download handlers"
QUEUES = {"downloader", "slots", "per_slot_settings", "lastseen"}


def found(name: str) -> tuple[Any, str]:
    """The innermost module or class of a name, and what is left of it."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            held: Any = import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for place, part in enumerate(parts[end:], end):
            if not hasattr(held, part):
                return held, ".".join(parts[place:])
            held = getattr(held, part)
        return held, ""
    raise AssertionError(name)


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_still_there(name: str) -> None:
    held, rest = found(name)
    if rest:  # an attribute of instances
        assert isinstance(held, type), f"{name} is gone: {PARTS[name]}"
        modules = {one.__module__ for one in held.__mro__} - {"builtins"}
        sources = [inspect.getsource(sys.modules[module]) for module in modules]
        set_there = re.compile(rf"self\.{rest}\b|^    {rest}:", re.MULTILINE)
        assert any(map(set_there.search, sources)), f"{name} is gone: {PARTS[name]}"


@pytest.mark.parametrize(
    ("called", "arguments"),
    [
        (http11._ScrapyAgent, {"contextFactory", "bindAddress", "pool", "fail_on_dataloss"}),
        (http11._ScrapyAgent, {"crawler"}),
        (http11._ScrapyAgent._cb_timeout, {"result", "request", "url", "timeout"}),
        (http11._ScrapyAgent.download_request, {"request"}),
    ],
)
def test_what_is_called_or_overridden_takes_the_same_arguments(
    called: Any, arguments: set[str]
) -> None:
    assert arguments <= set(inspect.signature(called).parameters)


def test_every_private_name_within_the_fence_is_accounted_for() -> None:
    inside = [tree for path, tree in modules().items() if path.startswith(FENCE)]
    nodes = [node for tree in inside for node in ast.walk(tree)]
    own = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    own |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.attr for n in nodes if isinstance(n, ast.Attribute) and is_set_on_self(n)}
    used = {n.attr for n in nodes if isinstance(n, ast.Attribute)}
    used |= {a.name for n in nodes if isinstance(n, ast.ImportFrom) for a in n.names}
    told = {part for name in PARTS for part in name.split(".")}
    assert {name for name in used - own if re.match(r"_[^_]", name)} <= told


def is_set_on_self(node: ast.Attribute) -> bool:
    on_self = isinstance(node.value, ast.Name) and node.value.id == "self"
    return on_self and isinstance(node.ctx, ast.Store)


def test_nothing_beyond_the_fence_imports_what_is_private() -> None:
    beyond = {path: tree for path, tree in modules().items() if not path.startswith(FENCE)}
    wrong = [
        f"{path}: {name}"
        for path, tree in beyond.items()
        for name in imported(tree)
        if is_private(name)
    ]
    assert not wrong


def imported(tree: ast.Module) -> list[str]:
    nodes = list(ast.walk(tree))
    whole = [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names]
    froms = [n for n in nodes if isinstance(n, ast.ImportFrom) and n.module]
    return whole + [f"{n.module}.{a.name}" for n in froms for a in n.names]


def is_private(name: str) -> bool:
    if name.split(".", maxsplit=1)[0] not in LIBRARIES or name.rpartition(".")[0] in DOCUMENTED:
        return False
    return name.startswith("scrapy.core") or any(part.startswith("_") for part in name.split("."))


def test_nothing_beyond_the_fence_touches_the_downloaders_queues() -> None:
    wrong = [
        f"{path}:{node.lineno} {node.attr}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in QUEUES
        and path.startswith("crawler/")
        and not path.startswith(FENCE)
    ]
    assert not wrong


def test_no_private_member_is_let_through_beyond_the_fence() -> None:
    let = [
        path
        for path in modules()
        if path.startswith("crawler/") and "noqa: SLF001" in (ROOT / path).read_text("utf-8")
    ]
    assert all(path.startswith(FENCE) for path in let)


def test_scrapy_has_a_ceiling_at_the_next_minor_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    [wanted] = [one for one in project["dependencies"] if one.startswith("scrapy")]
    least, below = re.findall(r"2\.(\d+)", wanted)
    assert int(below) == int(least) + 1


def test_what_scrapy_has_left_is_made_by_its_own_modules() -> None:
    from crawler.download.scrapy_internals import first

    assert first
    assert contextfactory.ScrapyClientContextFactory.__module__ == contextfactory.__name__
    assert inspect.stack()[0].function == inspect.currentframe().f_code.co_name  # type: ignore[union-attr]


def test_a_copy_of_the_settings_has_what_scrapys_has_and_stands_for_itself() -> None:
    ours, scrapys = CrawlSettings({"EXTENSIONS": {"a": 1}}), Settings({"EXTENSIONS": {"a": 1}})
    copied = ours.copy()
    assert copied.copy_to_dict() == scrapys.copy().copy_to_dict()
    assert {name: copied.getpriority(name) for name in copied} == {
        name: scrapys.getpriority(name) for name in scrapys
    }
    copied.set("EXTENSIONS", {"b": 2}, priority="cmdline")
    copied["LOG_VERSIONS"].append("c")
    copied["DOWNLOAD_HANDLERS"]["d"] = "e"
    assert ours.copy_to_dict() == scrapys.copy_to_dict()
    assert (ours.frozencopy().frozen, ours.frozen) == (True, False)


def test_a_signal_is_sent_to_whoever_hears_it_and_else_to_nobody() -> None:
    heard: list[int] = []

    def hear(number: int) -> int:
        heard.append(number)
        return -number

    told, untold, signals = object(), object(), Signals("sender")
    assert signals.send_catch_log(told, number=1) == []
    signals.connect(hear, told)
    assert [answer for _, answer in signals.send_catch_log(told, number=2)] == [-2]
    assert signals.send_catch_log(untold, number=3) == []
    signals.disconnect(hear, told)
    assert signals.send_catch_log(told, number=4) == []
    assert heard == [2]
