from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from archive.config import Settings
from archive.web.described import description
from pipeline.run import ingest

ROOT = Path(__file__).resolve().parents[2]
METADATA = ROOT / "archive" / "web" / "metadata.yaml"


@pytest.fixture
def columns(tmp_path: Path) -> dict[str, list[str]]:
    """The columns of every table and view of a new archive; FTS and its shadow tables are
    plumbing."""
    with ingest.Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        db = archive.db
        names = [
            row[0]
            for row in db.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
                "AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE "
                "'\\'"
            ).fetchall()
        ]
        return {
            name: [row[1] for row in db.execute(f"PRAGMA table_info([{name}])").fetchall()]
            for name in names
        }


def test_every_table_and_view_is_described_and_none_too_many(columns: dict[str, list[str]]) -> None:
    assert set(described()) == set(columns)


def test_every_column_is_described_in_its_order_and_none_too_many(
    columns: dict[str, list[str]],
) -> None:
    for name, entry in described().items():
        assert list(entry["columns"]) == columns[name], name


def test_no_key_is_given_twice() -> None:
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
        keys = [loader.construct_object(key) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"twice: {keys}"
        return dict(
            zip(keys, [loader.construct_object(v, deep=True) for _, v in node.value], strict=True)
        )

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    yaml.load(METADATA.read_text(encoding="utf-8"), Strict)


def test_every_description_is_a_sentence() -> None:
    for name, entry in described().items():
        for text in (entry["description"], *entry["columns"].values()):
            assert isinstance(text, str), f"{name}: {text!r}"
            assert text.endswith("."), f"{name}: {text}"


def test_what_refers_to_columns_names_columns(columns: dict[str, list[str]]) -> None:
    for name, entry in described().items():
        named = [entry.get("label_column"), entry.get("sort"), entry.get("sort_desc")]
        for column in [*named, *entry.get("facets", [])]:
            assert column is None or column in columns[name], f"{name}: {column}"


def described() -> dict[str, dict[str, object]]:
    tables: dict[str, dict[str, object]] = description()["databases"]["archive"]["tables"]
    return tables
