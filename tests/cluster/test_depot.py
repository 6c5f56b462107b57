"""A file is handed over whole, or it is not there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from pipeline.run.cluster.depot import Depot
from tests.object_store import BUCKET, KEYS, served

Spoil = Callable[[str, bytes], None]


@pytest.fixture(params=["folder", "bucket"])
def depot(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Depot, Spoil]]:
    if request.param == "folder":
        root = tmp_path / "depot"
        yield Depot.at(str(root)), lambda key, content: void((root / key).write_bytes(content))
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
    with pytest.raises(ArchiveError, match="damaged"):
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
