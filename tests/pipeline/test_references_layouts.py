"""Layouts of our own making: each page in fixtures/references with what must be read from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.read.parse.tree import dom
from pipeline.read.references.check import doubts_of
from pipeline.read.references.markers import mark
from pipeline.read.references.notes import NoteSplit, split_notes

FIXTURES = Path(__file__).parents[1] / "fixtures" / "references"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.html"))


def read(name: str) -> tuple[NoteSplit, dict[str, Any]]:
    root = dom.parse((FIXTURES / f"{name}.html").read_bytes())
    assert root is not None
    split = split_notes(dom.blocks_of(root.find("body"), "https://example.org/report"))
    return split, json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def test_there_are_twenty_layouts() -> None:
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_notes_and_their_urls_are_read_from_every_layout(name: str) -> None:
    split, wanted = read(name)
    found = [{"label": n.label, "urls": [u.url for u in n.urls]} for n in split.notes]
    assert found == wanted["notes"], wanted["why"]
    assert split.style == wanted["style"]


@pytest.mark.parametrize("name", NAMES)
def test_markers_are_read_from_every_layout(name: str) -> None:
    split, wanted = read(name)
    markers = mark(split.prose).markers
    assert [m.label for m in markers] == wanted["markers"], wanted["why"]
    assert all(m.sentence for m in markers if m.label != "1" or "begins_with" not in name)


@pytest.mark.parametrize("name", NAMES)
def test_layouts_that_are_whole_raise_no_flag(name: str) -> None:
    split, wanted = read(name)
    quality = doubts_of(split.notes, mark(split.prose).markers)
    if wanted["notes"]:
        assert list(quality.flags) == wanted.get("flags", [])
    else:
        assert "no-notes" in quality.flags
        assert ("incomplete" in quality.flags) == bool(wanted["markers"])


@pytest.mark.parametrize("name", NAMES)
def test_prose_holds_no_note_and_no_heading_of_the_list(name: str) -> None:
    split, _ = read(name)
    prose = "\n".join(block.text for block in split.prose)
    assert not any(note.text and note.text in prose for note in split.notes)
    assert not prose.rstrip().endswith(("Notes", "Endnotes:", "Sources", "References"))
