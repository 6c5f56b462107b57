"""A file is handed over whole, or it is not there."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archive.errors import ArchiveError
from archive.folder import DataFolder
from pipeline.run.cluster.depot import Depot, InBucket, LostError, prepare_once
from pipeline.run.jobs.cluster import index
from tests.object_store import BUCKET, KEYS, served

Spoil = Callable[[str, bytes], None]


@pytest.fixture(params=["folder", "bucket"])
def depot(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Depot, Spoil]]:
    if request.param == "folder":
        root = tmp_path / "depot"
        made = Depot.at(str(root))
        made.place.prepare()
        yield made, lambda key, content: void((root / key).write_bytes(content))
        return
    with served() as store:
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": store.url}.items():
            monkeypatch.setenv(name, value)

        def spoil(key: str, content: bytes) -> None:
            store.objects[f"depot/{key}"] = content

        yield Depot.at(f"s3://{BUCKET}/depot"), spoil


def void(_: int) -> None:
    """Nothing comes of it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.warc.gz"
    path.write_bytes(b"a record" * 1000)
    return path


def test_what_is_handed_over_is_taken_as_it_was(
    depot: tuple[Depot, Spoil], file: Path, tmp_path: Path
) -> None:
    depot[0].hand_over(file)
    assert depot[0].names() == [file.name]
    (tmp_path / "there").mkdir()
    taken = depot[0].take(file.name, tmp_path / "there")
    assert taken.read_bytes() == file.read_bytes()


def test_a_file_without_its_word_is_still_coming(depot: tuple[Depot, Spoil], file: Path) -> None:
    depot[0].place.put(file, f"warc/{file.name}")
    assert depot[0].names() == []


@pytest.mark.parametrize("content", [b"", b"a record" * 999, b"b record" * 1000])
def test_what_was_damaged_on_the_way_is_not_taken(
    depot: tuple[Depot, Spoil], file: Path, tmp_path: Path, content: bytes
) -> None:
    depot[0].hand_over(file)
    depot[1](f"warc/{file.name}", content)
    (tmp_path / "there").mkdir()
    with pytest.raises(LostError, match="damaged"):
        depot[0].take(file.name, tmp_path / "there")
    assert list((tmp_path / "there").iterdir()) == []


@pytest.mark.parametrize("word", [b"", b"{}", b"[1]", b'{"size": "x", "sha256": 1}'])
def test_a_word_that_is_none_is_told(
    depot: tuple[Depot, Spoil], file: Path, tmp_path: Path, word: bytes
) -> None:
    depot[0].hand_over(file)
    depot[1](f"said/{file.name}.json", word)
    with pytest.raises(ArchiveError, match=r"said/one\.warc\.gz\.json is damaged"):
        depot[0].take(file.name, tmp_path)


def test_names_that_lead_elsewhere_are_no_names(depot: tuple[Depot, Spoil], file: Path) -> None:
    depot[0].hand_over(file)
    depot[1]("said/..warc.gz.json", b"{}")
    depot[1]("said/other.txt.json", b"{}")
    assert depot[0].names() == [file.name]


def test_a_file_that_is_gone_is_lost_and_a_folder_that_is_gone_is_away(
    tmp_path: Path, file: Path
) -> None:
    root = tmp_path / "depot"
    depot = Depot.at(str(root))
    assert not depot.place.is_there()
    depot.place.prepare()
    depot.hand_over(file)
    (root / "warc" / file.name).unlink()
    with pytest.raises(LostError, match="not there any more"):
        depot.take(file.name, tmp_path)
    (root / "warc").rmdir()
    with pytest.raises(ArchiveError) as away:
        depot.take(file.name, tmp_path)
    assert not isinstance(away.value, LostError)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What an indexer needs to take files in."""
    monkeypatch.setattr(index, "_closed", lambda _folder: set())
    (tmp_path / "held").mkdir()
    problems: list[str] = []
    return SimpleNamespace(
        settings=SimpleNamespace(depot=str(tmp_path / "depot")),
        folder=SimpleNamespace(warcs=tmp_path / "held"),
        problems=problems, problem=problems.append, count=lambda _name, _by: None,
    )  # fmt: skip


def test_what_a_depot_lost_is_told_and_not_waited_for(
    session: Any, file: Path, tmp_path: Path
) -> None:
    depot = Depot.at(str(tmp_path / "depot"))
    depot.place.prepare()
    depot.hand_over(file)
    (tmp_path / "depot" / "warc" / file.name).write_bytes(b"other")
    assert index.taken(session, is_due=True) == (0, True)
    assert ["captured again" in text for text in session.problems] == [True]


def test_nothing_is_written_where_the_depot_is_not_mounted(file: Path, tmp_path: Path) -> None:
    away = tmp_path / "mount" / "depot"
    with pytest.raises(ArchiveError, match="is it mounted here"):
        Depot.at(str(away)).hand_over(file)
    assert not away.parent.exists()


def test_the_archive_makes_its_depot_once_and_another_one_anew(tmp_path: Path) -> None:
    one, two, folder = tmp_path / "one", tmp_path / "two", DataFolder(tmp_path)
    prepare_once(str(one), folder)
    assert Depot.at(str(one)).place.is_there()
    shutil.rmtree(one)
    prepare_once(str(one), folder)
    assert not one.exists()
    prepare_once(str(two), folder)
    assert Depot.at(str(two)).place.is_there()


def test_a_depot_that_is_not_mounted_is_waited_for(session: Any) -> None:
    assert index.taken(session, is_due=False) == (0, True)
    assert index.taken(session, is_due=True) == (0, False)
    assert ["mounted" in text for text in session.problems] == [True]


def test_a_store_that_lost_an_object_says_so() -> None:
    class Store:
        url = "s3://b/depot"

        def read(self, key: str, _take: object) -> None:
            gone = FileNotFoundError("no such key") if key == "gone" else PermissionError("refused")
            raise ArchiveError(str(gone)) from gone

    place = InBucket(Store())  # type: ignore[arg-type]
    with pytest.raises(LostError, match="s3://b/depot/gone is not there any more"):
        place.read("gone", bytes)
    with pytest.raises(ArchiveError, match="refused"):
        place.read("shut", bytes)
