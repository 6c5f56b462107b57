"""What the machine lacks is no property of a page."""

from __future__ import annotations

import errno
import os

import pytest

from archive.errors import MachineError
from pipeline.read import process as reading
from pipeline.read.process import Limits, process
from tests.factories import page


def raises(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(reading, "_understand", refused)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.EACCES])
def test_a_page_is_not_judged_where_the_machine_could_not_read_it(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    raises(monkeypatch, OSError(number, os.strerror(number)))
    with pytest.raises(MachineError, match="could not be read"):
        process(page(1), Limits())


def test_what_a_library_says_of_odd_content_is_the_pages_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raises(monkeypatch, OSError("cannot identify image file"))
    assert "cannot identify" in (process(page(1), Limits()).failure or "")
