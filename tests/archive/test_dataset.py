"""A dataset as others read it: frictionless, pyarrow, networkx, a YAML reader."""

from __future__ import annotations

import csv
import json
import shutil
import sys
import warnings
from pathlib import Path

import networkx
import pyarrow.parquet as pq
import pytest
import yaml

from archive.dataset.tables import TABLES
from archive.folder import DataFolder
from tests.rot_samples import DIED
from tests.saved import rows, run
from tests.web_samples import REPORT_ID

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import frictionless


@pytest.fixture(scope="module")
def dataset(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an archive with sources that died and drifted."""
    into = tmp_path_factory.mktemp("given") / "dataset"
    result = run(folder, "export", "--dataset", into, "--author", "A Harbour Desk")
    assert result.exit_code == 0, result.output
    return into


def table(dataset: Path, name: str) -> list[dict[str, str]]:
    with (dataset / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_nothing_wrong_with_it(dataset: Path) -> None:
    found = frictionless.validate(str(dataset / "datapackage.json"))
    assert found.valid, found.flatten(["name", "type", "message"])


def test_parquet_has_the_rows_of_csv_with_their_types(dataset: Path) -> None:
    for one in TABLES:
        read = pq.read_table(dataset / f"{one.name}.parquet")
        assert read.column_names == [column.name for column in one.given(texts=False)]
        assert read.num_rows == len(table(dataset, one.name))
    sources = pq.read_table(dataset / "sources.parquet").to_pylist()
    died = next(row for row in sources if row["status"] == "dead")
    assert died["dead_since"].isoformat() == "2026-03-14T02:00:00+00:00"
    assert died["seen"] is True
    assert {row["dead_since"] for row in table(dataset, "sources")} == {"", "2026-03-14T02:00:00Z"}


def test_the_same_archive_gives_the_same_bytes(dataset: Path, folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert run(folder, "export", "--dataset", again, "--author", "A Harbour Desk").exit_code == 0
    names = sorted(path.name for path in dataset.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    for name in names:
        assert (dataset / name).read_bytes() == (again / name).read_bytes(), name


def test_whole_texts_are_given_only_when_asked_for(
    dataset: Path, folder: Path, tmp_path: Path
) -> None:
    assert "text" not in table(dataset, "versions")[0]
    assert "text" not in table(dataset, "texts")[0]
    assert run(folder, "export", "--dataset", tmp_path / "all", "--texts").exit_code == 0
    assert table(tmp_path / "all", "texts")[0]["text"]
    version = table(tmp_path / "all", "versions")[0]
    sentence = table(tmp_path / "all", "sentences")[0]
    start, end = int(sentence["start"]), int(sentence["end"])
    assert version["text"][start:end] == sentence["text"]
    assert "Full texts are in this dataset" in (tmp_path / "all" / "README.md").read_text()


def test_a_sentence_keeps_its_id_in_the_next_version(dataset: Path, folder: Path) -> None:
    found = [(row["version_id"], row["id"]) for row in table(dataset, "sentences")
             if row["text"] == "Officials denied it."]  # fmt: skip
    assert [version for version, _ in found] == ["1", "2"]
    assert len({name for _, name in found}) == 1
    shown = json.loads(run(folder, "export", REPORT_ID).stdout)
    assert found[0][1] in [marker["sentence_id"] for marker in shown["markers"]]


def test_graphs_are_read_by_others(dataset: Path) -> None:
    cited = networkx.read_graphml(dataset / "report-source.graphml")
    report = REPORT_ID.replace("/", ":")
    assert cited.is_directed()
    assert cited.nodes[report]["kind"] == "report"
    sources = list(cited.successors(report))
    assert {cited.nodes[node]["kind"] for node in sources} == {"source"}
    together = networkx.read_graphml(dataset / "co-citation.graphml")
    assert not together.is_directed()
    assert all(data["weight"] >= 1 for *_, data in together.edges(data=True))
    assert networkx.read_graphml(dataset / "forwards.graphml").number_of_nodes() == 0


def test_the_papers_say_who_gives_it_and_of_when_it_is(dataset: Path) -> None:
    cited = yaml.safe_load((dataset / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["authors"] == [{"name": "A Harbour Desk"}]
    assert cited["date-released"] == "2026-03-24"
    assert "No full text" in (dataset / "README.md").read_text(encoding="utf-8")


def test_what_is_withheld_is_not_given(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    (title,) = {row[0] for row in rows(data, "SELECT title FROM reports WHERE id LIKE '%04'")}
    assert run(data, "withhold", "3", "--reason", "asked for by its author").exit_code == 0
    assert run(data, "export", "--dataset", tmp_path / "less", "--texts").exit_code == 0
    given = b"".join(path.read_bytes() for path in (tmp_path / "less").glob("*.csv"))
    assert "3" not in {row["id"] for row in table(tmp_path / "less", "captures")}
    assert [row["id"] for row in table(tmp_path / "less", "reports")] == [REPORT_ID]
    assert str(title).encode() not in given


def test_an_older_dataset_is_replaced_and_nothing_else_is(
    dataset: Path, folder: Path, tmp_path: Path
) -> None:
    into = tmp_path / "old"
    shutil.copytree(dataset, into)
    (into / "texts.csv").write_text("torn")
    assert run(folder, "export", "--dataset", into).exit_code == 0
    assert table(into, "texts")[0]["id"]
    (into / "thesis.txt").write_text("mine")
    refused = run(folder, "export", "--dataset", into)
    assert refused.exit_code == 2
    assert "holds something else" in refused.output
    assert (into / "thesis.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old"]


def test_what_stands_against_a_verdict_is_given_without_a_name(
    folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    for reason in ("It is there.", "A mistake."):
        assert run(data, "dispute", DIED, "--reason", reason).exit_code == 0
    assert run(data, "dispute", DIED, "--withdraw", "2").exit_code == 0
    assert run(data, "export", "--dataset", tmp_path / "given").exit_code == 0
    (row,) = table(tmp_path / "given", "disputes")
    assert (row["status"], row["reason"]) == ("dead", "It is there.")
    assert "who" not in row


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dataset", "{data}/given"), "lies in the data folder"),
        (("--dataset", "{data}/.."), "holds the data folder"),
        (("--dataset", "{data}/../new", "--all"), "goes with no other format"),
        (("--dataset", "{data}/../new", "--format", "csv"), "goes with no other format"),
        (("--texts", "--all"), "go with --dataset"),
    ],
)
def test_what_makes_no_sense_is_refused(folder: Path, words: tuple[str, ...], said: str) -> None:
    refused = run(folder, "export", *(word.format(data=folder) for word in words))
    assert refused.exit_code == 2
    assert said in refused.output


def test_without_pyarrow_it_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    refused = run(folder, "export", "--dataset", tmp_path / "x")
    assert refused.exit_code == 2
    assert "pip install 'isw-archive[dataset]'" in refused.output
    assert DataFolder(folder).database.exists()
    assert not (tmp_path / "x").exists()
