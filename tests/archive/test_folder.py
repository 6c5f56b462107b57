from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.errors import DataFolderError, LockedError
from archive.folder import WAIT_FOR_CHILDREN_S, DataFolder


def test_a_second_run_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    code = (
        "import sys; from pathlib import Path; from archive.folder import DataFolder\n"
        f"with DataFolder(Path({str(folder.root)!r})).locked():\n    print('held', flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=str(holder.pid)), folder.locked():
            pass
        holder.kill()
    with folder.locked():
        pass  # a killed holder leaves nothing behind


_PARENT = """
import subprocess, sys
from pathlib import Path
from archive.folder import DataFolder
with DataFolder(Path(sys.argv[1])).locked() as lock:
    child = "import sys; print('child', flush=True); sys.stdin.read()"
    subprocess.Popen([sys.executable, "-c", child], pass_fds=(lock,))
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_child_of_a_killed_run_holds_the_archive_until_it_ends(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(folder.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        assert {parent.stdout.readline(), parent.stdout.readline()} == {b"held\n", b"child\n"}
        parent.kill()
        parent.wait()
        taken = threading.Event()

        def take() -> None:
            with folder.locked():
                taken.set()

        waiting = threading.Thread(target=take)
        waiting.start()
        assert not taken.wait(0.3)
        parent.stdin.close()  # the child ends with its standard input
        assert taken.wait(WAIT_FOR_CHILDREN_S)
        waiting.join()


def test_a_file_in_place_of_the_folder_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DataFolderError, match="a file, where a folder belongs; name another"):
        DataFolder(tmp_path / "data").make()


def test_reading_needs_an_archive(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="no archive here"):
        DataFolder(tmp_path).require()
