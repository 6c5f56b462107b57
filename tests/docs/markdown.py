"""What our Markdown files say of the project: links, files and functions, commands, long lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")], key=lambda path: path.name)
)

_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_NAMED = re.compile(r"((?:[\w.-]+/)+(?:[\w.-]+\.\w+)?|[\w-]+\.(?:py|toml))(?:: (.+))?")
_OURS = ("archive/", "pipeline/", "crawler/", "tests/", "docs/", ".ci/")
_MAKE = re.compile(r"\bmake ([a-z]+)\b(?!:)")


@dataclass(frozen=True)
class Page:
    """One Markdown file.

    Attributes:
        prose: Its lines but for code blocks, each with its number.
        code: Lines of code blocks.
    """

    path: Path
    prose: tuple[tuple[int, str], ...]
    code: tuple[str, ...]

    def links(self) -> list[str]:
        """Where its links lead."""
        return [to for _, line in self.prose for to in _LINK.findall(line)]

    def spans(self) -> list[str]:
        """What stands in back quotes."""
        return [said for _, line in self.prose for said in _SPAN.findall(line)]

    def files(self) -> list[tuple[str, str | None]]:
        """Files and folders of ours that it names, each with the name inside it, if one is told."""
        found = (_NAMED.fullmatch(span) for span in self.spans())
        return [(m[1], m[2]) for m in found if m and (m[1].startswith(_OURS) or m[2])]

    def targets(self) -> set[str]:
        """What it says can be made."""
        return {name for text in (*self.spans(), *self.code) for name in _MAKE.findall(text)}

    def commands(self) -> list[list[str]]:
        """Words behind `isw-archive` in what can be typed."""
        texts = (text.partition("#")[0] for text in (*self.spans(), *self.code))
        return [
            text.split("isw-archive ", 1)[1].split() for text in texts if "isw-archive " in text
        ]

    def anchors(self) -> set[str]:
        """Names under which its headings can be linked."""
        heads = (line.lstrip("#") for _, line in self.prose if line.startswith("#"))
        return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


def read(path: Path) -> Page:
    """The file, its code blocks apart: fenced, indented, or what makes a generated part."""
    prose: list[tuple[int, str]] = []
    code: list[str] = []
    fenced = False
    before = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fence = line.startswith(("```", "<!-- [[[cog", "]]] -->"))
        fenced ^= fence
        indented = line.startswith("    ") and (not before.strip() or before.startswith("    "))
        if fence or fenced or indented:
            code.append(line)
        else:
            prose.append((number, line))
        before = line
    return Page(path, tuple(prose), tuple(code))


@lru_cache
def names_in(path: Path) -> frozenset[str]:
    """Functions, classes, methods and constants of a module, methods as `Class.method`."""
    return frozenset(_names(ast.parse(path.read_text(encoding="utf-8")).body, ""))


def _names(body: list[ast.stmt], of: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield of + node.name
        if isinstance(node, ast.ClassDef):
            yield from _names(node.body, f"{node.name}.")
        if isinstance(node, ast.Assign | ast.AnnAssign):
            assigned = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (of + name.id for name in assigned if isinstance(name, ast.Name))
