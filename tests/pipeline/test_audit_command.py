from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from pipeline.cli.main import main


def test_a_document_that_is_not_there_is_said_so_before_settings_are_asked_for(
    tmp_path: Path,
) -> None:
    found = CliRunner().invoke(
        main, ["--data", str(tmp_path / "data"), "audit", str(tmp_path / "paper.docx")]
    )
    assert found.exit_code == 2
    assert "paper.docx: no such file; give its path" in found.stderr
    assert "contact" not in found.stderr
