"""Patterns and methods that were compiled before are the same ones, and nothing else ever comes of
what is kept."""

import dataclasses
import marshal
import re
import subprocess
import sys
import threading

import pytest

from archive import kept_code as module
from archive.cached import cache, cached
from archive.kept_code import code_kept

PATTERNS = [
    (r"a+", 0),
    (rb"a+", 0),
    (r"(?P<day>\d+)\.(?P<month>[а-я]+)", re.IGNORECASE),
    (r"(?x) a # comment", 0),
    (r"(?P<day>\d+)", re.ASCII),
    (r"(?:Чт|чт|ſ|K)+(?=b)(?<!x)[^\W\d_]{2,3}?", re.IGNORECASE | re.MULTILINE),
]
TEXT = "aab 12.марта ЧТb Kчтbcd"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("CACHE_DIRECTORY", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    re.purge()
    yield tmp_path / "isw-archive"
    re.purge()


def compiled():
    re.purge()
    with code_kept("them"):
        return [re.compile(pattern, flags) for pattern, flags in PATTERNS]


def told(patterns):
    """All that a pattern says of itself and of a text."""
    return [
        (
            one.pattern, one.flags, one.groups, dict(one.groupindex), repr(one),
            one.findall(TEXT if isinstance(one.pattern, str) else TEXT.encode()),
        )
        for one in patterns
    ]  # fmt: skip


def calls(monkeypatch):
    """What Python's own compiler is asked for from now on."""
    asked, real = [], re._compiler.compile

    def asked_for(pattern, flags=0):
        asked.append(pattern)
        return real(pattern, flags)

    monkeypatch.setattr(re._compiler, "compile", asked_for)
    return asked


def test_a_pattern_that_was_kept_is_the_one_that_would_be_compiled(monkeypatch):
    plain = told([re.compile(pattern, flags) for pattern, flags in PATTERNS])
    assert told(compiled()) == plain
    asked = calls(monkeypatch)
    held = compiled()
    assert told(held) == plain
    assert asked == []
    re.purge()
    assert held == [re.compile(pattern, flags) for pattern, flags in PATTERNS]


def made():
    """A dataclass as it is made within a block."""
    with code_kept("them"):

        @dataclasses.dataclass(frozen=True, slots=True, order=True)
        class Day:
            number: int
            names: "list[str]" = dataclasses.field(default_factory=list, compare=False)

            def next(self):
                return dataclasses.replace(self, number=self.number + 1)

    return Day


def test_a_dataclass_of_kept_methods_is_the_one_that_would_be_made(monkeypatch):
    built = []
    real = module._Methods.run
    monkeypatch.setattr(
        module._Methods, "run", lambda self, *a: (real(self, *a), built.append(self.table.made))
    )
    for again in (False, True):
        day = made()
        assert (built[-1] == 0) is again
        assert repr(day(1, ["a"])) == "made.<locals>.Day(number=1, names=['a'])"
        assert day(1, ["a"]) == day(1)
        assert day(1) < day(2) == day(1).next()
        assert hash(day(3)) == hash(day(3, ["x"]))
        assert day.__init__.__annotations__ == {
            "number": int, "names": "list[str]", "return": None,
        }  # fmt: skip
        assert day.__init__.__qualname__ == "made.<locals>.Day.__init__"
        with pytest.raises(dataclasses.FrozenInstanceError):
            day(1).number = 2


def test_after_the_block_python_compiles_as_before(monkeypatch):
    compiler, engine = re._compiler.compile, re._compiler._sre
    compiled()
    with pytest.raises(ZeroDivisionError), code_kept("them"):
        raise ZeroDivisionError
    assert re._compiler.compile is compiler
    assert re._compiler._sre is engine
    assert not hasattr(dataclasses, "exec")


def test_the_same_words_under_other_flags_or_as_bytes_are_another_pattern():
    with code_kept("them"):
        re.compile("k")
    re.purge()
    with code_kept("them"):
        assert re.compile("k", re.IGNORECASE).match("K")
        assert re.compile(b"k").match(b"k")
        assert not re.compile("k").match("K")


def test_a_pattern_that_is_wrong_is_told_as_ever():
    for _ in range(2):
        with code_kept("them"), pytest.raises(re.error, match="unterminated"):
            re.compile("[a")


def test_what_is_kept_for_another_python_is_not_there(monkeypatch):
    compiled()
    monkeypatch.setattr(sys, "version", sys.version + " of another day")
    asked = calls(monkeypatch)
    compiled()
    assert asked == [pattern for pattern, _ in PATTERNS]


@pytest.mark.parametrize(
    "held",
    [
        {(False, "a+", 0): (32, [1, 2, 3], 0, {}, (None,))},
        {(False, "a+", 0): (32, ["x"], 0, {}, (None,))},
        {(False, "a+", 0): (32,)},
        {(False, "a+", 0): (1 << 80, [1], 0, {}, (None,))},
        {},
        [],
        7,
    ],
)  # fmt: skip
def test_code_that_the_engine_refuses_is_compiled_anew(held):
    cache("them", module._mark(), [marshal.dumps(held), marshal.dumps({})])
    assert told(compiled()) == told([re.compile(pattern, flags) for pattern, flags in PATTERNS])


def test_what_is_no_such_table_counts_as_not_there():
    for content in (b"", b"junk", marshal.dumps({1: 2})[:-1]):
        cache("them", module._mark(), [content, content])
        assert len(compiled()) == len(PATTERNS)


def test_patterns_of_older_versions_go_when_there_are_too_many():
    def names():
        return {pattern for _, pattern, _ in marshal.loads(cached("them", module._mark())[0])}

    def asked(*patterns):
        re.purge()
        with code_kept("them"):
            for pattern in patterns:
                re.compile(pattern)

    asked("a", "b")
    asked("b", "c")
    assert names() == {"a", "b", "c"}
    asked("d")
    assert names() == {"d"}


def test_a_block_within_another_or_in_another_thread_does_nothing_of_its_own(folder):
    def beside():
        with code_kept("beside"):
            re.compile("thread")

    with code_kept("them"):
        with code_kept("inner"):
            re.compile("inner")
        thread = threading.Thread(target=beside)
        thread.start()
        thread.join()
    assert [path.name for path in folder.iterdir()] == ["them"]


def test_a_python_that_compiles_otherwise_is_left_alone(folder, monkeypatch):
    monkeypatch.setattr(module, "_compiler", None)
    assert told(compiled()) == told([re.compile(pattern, flags) for pattern, flags in PATTERNS])
    assert not folder.exists()


def test_what_workers_load_is_compiled_once_for_two_processes(folder):
    code = (
        "import re, sys\n"
        "asked, real = [], re._compiler.compile\n"
        "re._compiler.compile = lambda *a: (asked.append(a), real(*a))[1]\n"
        "import archive.cached, archive.kept_code, hashlib, tempfile\n"
        "del asked[:]\n"
        "import pipeline.read.warm_reports\n"
        "print(len(asked))"
    )
    first, second = (
        int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
        for _ in range(2)
    )
    assert first > 200
    assert second == 0


def test_of_more_than_modules_have_nothing_is_kept(folder, monkeypatch):
    monkeypatch.setattr(module, "_AT_MOST", len(PATTERNS) - 1)
    compiled()
    assert not folder.exists()
