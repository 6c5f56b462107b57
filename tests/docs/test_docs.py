"""The documentation holds: what it names exists, what it links to is there, and it is complete."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

import pytest

from archive.model.rot import Attempt, Host
from archive.model.vocabulary import DriftClass, Outcome, Status
from pipeline.decide.verdicts.sight import Showing, sight
from tests.docs import drawing
from tests.docs.generated import COLUMNS, command_words, described
from tests.docs.markdown import PAGES, ROOT, Page, names_in, read

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.fixture(params=PAGES, ids=lambda path: path.name)
def page(request: pytest.FixtureRequest) -> Page:
    return read(request.param)


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 200


def test_every_link_leads_somewhere(page: Page) -> None:
    for link in page.links():
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        to = (page.path.parent / path).resolve() if path else page.path
        assert to.exists(), link
        assert not anchor or anchor in read(to).anchors(), link


def test_every_page_of_docs_is_linked_from_the_readme() -> None:
    linked = set(read(ROOT / "README.md").links())
    assert {str(path.relative_to(ROOT)) for path in PAGES} - {"README.md"} <= linked


def test_every_file_and_function_named_exists(page: Page) -> None:
    for file, name in page.files():
        path = ROOT / file
        assert path.exists(), file
        assert name is None or name in names_in(path), f"{file}: {name}"


def test_the_way_of_a_report_names_files_and_functions() -> None:
    for name, least in (("README.md", 12), ("docs/report.md", 40)):
        assert len([inner for _, inner in read(ROOT / name).files() if inner]) >= least, name


def test_every_target_named_can_be_made(page: Page) -> None:
    assert page.targets() <= set(targets())


def test_every_command_named_exists(page: Page) -> None:
    known = {words[0] for words in command_words() if words}
    for words in page.commands():
        if words and re.fullmatch(r"[a-z]+", words[0]):
            assert words[0] in known, words


def test_prose_stays_within_its_columns(page: Page) -> None:
    for number, line in page.prose:
        measured = re.sub(r"\]\([^)]*\)", "]()", line)
        assert line.startswith("|") or len(measured) <= COLUMNS, f"{page.path.name}:{number}"


def test_no_name_is_broken_over_two_lines(page: Page) -> None:
    for number, line in page.prose:
        assert line.count("`") % 2 == 0, f"{page.path.name}:{number}"


# --- the Makefile ---------------------------------------------------------------------------------


def targets() -> dict[str, str]:
    """Each target that a person can name, with its text."""
    rules = re.findall(r"^([a-z][\w-]*):(?!=)[^\n]*?(?:## (.*))?$", MAKEFILE, re.MULTILINE)
    return dict(rules)


def test_every_target_says_what_it_does() -> None:
    assert [name for name, text in targets().items() if not text.strip()] == []


def test_every_target_is_declared_as_no_file() -> None:
    declared = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert declared
    assert set(declared[1].split()) == set(targets())


@pytest.mark.skipif(shutil.which("make") is None, reason="no make")
def test_help_names_every_target() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    named = re.findall(r"^  make ([a-z-]+)\t", done.stdout, re.MULTILINE)
    assert sorted(named) == sorted(targets())


def test_every_page_with_a_generated_part_is_checked() -> None:
    declared = re.search(r"^GENERATED := (.*)$", MAKEFILE, re.MULTILINE)
    assert declared
    made = {str(p.relative_to(ROOT)) for p in PAGES if "[[[cog" in p.read_text(encoding="utf-8")}
    assert set(declared[1].split()) == made


# --- completeness ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [Outcome, Status, DriftClass])
def test_every_outcome_status_and_class_is_told_in_words(words: type[Outcome]) -> None:
    text = (ROOT / "docs" / "outcomes.md").read_text(encoding="utf-8")
    assert [word for word in words if f"\n| `{word}` | " not in text] == []


SAID = {
    Showing.THERE: "there",
    Showing.ABSENT: "absent",
    Showing.WALLED: "cannot tell",
    Showing.REFUSED: "we ",
    Showing.UNREACHED: "not reached",
}


@pytest.mark.parametrize("outcome", Outcome)
def test_what_an_outcome_says_of_a_source_is_what_the_judge_makes_of_it(outcome: Outcome) -> None:
    url = "https://news.example.com/ferry"
    attempt = Attempt(1, "2026-03-01T00:00:00Z", outcome, url, url, http_status=None)
    text = (ROOT / "docs" / "outcomes.md").read_text(encoding="utf-8")
    told = re.search(rf"^\| `{outcome}` \| .* \| (.*) \|$", text, re.MULTILINE)
    assert told
    assert told[1].startswith(SAID[sight(url, attempt, None, Host()).kind])


def test_every_table_and_view_has_its_columns_told() -> None:
    text = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    assert [name for name in described() if f"\n### `{name}`\n" not in text] == []


def test_every_table_has_its_place_in_a_drawing_or_stands_alone() -> None:
    placed = [name for names in (*drawing.DRAWN, drawing.ALONE) for name in names]
    assert sorted(placed) == sorted(drawing.tables())


def test_a_table_that_stands_alone_refers_to_none_and_none_to_it() -> None:
    with drawing.schema() as db:
        ends = {
            (name, key.other_table) for name in drawing.tables() for key in db[name].foreign_keys
        }
    assert {name for pair in ends for name in pair} & set(drawing.ALONE) == set()


def test_the_changelog_has_the_present_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"\n## [{version['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_decision_has_its_context_choice_alternatives_and_date() -> None:
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        lines = section.split("\n", 1)
        assert re.search(r"^\*\w+ 20\d\d\.\*", lines[1].strip()), lines[0]
        for part in ("**Context:**", "**Choice:**", "**Alternatives:**"):
            assert part in section, f"{lines[0]}: {part}"
