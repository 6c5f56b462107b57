"""`import --text` of reports as Markdown, through the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli.main import main

PAGE = "https://{host}criticalthreats.org/analysis/iran-update-march-16-2026"
WORDS = "Boats moved near the river in the morning hours, a channel of the harbour said"


def saved(host: str, token: str, day: int) -> str:
    page = PAGE.format(host=host)
    prose = "\n".join(
        f"{WORDS}.[[{n}]](https://{host}criticalthreats.org/analysis/<#_edn{token}{n}>)"
        for n in (1, 2, 3)
    )
    notes = "\n".join(
        f"[[{n}]](https://{host}criticalthreats.org/analysis/<#_edn{token}ref{n}>) "
        f"<https://t.me/riverpost/{n}>"
        for n in (1, 2, 3)
    )
    front = (
        f"title: Iran Update, March 16, 2026 | Critical Threats\nsource: {page}\nscraped_at: "
        f"2026-03-{day}T10:00:00Z"
    )
    return f"---\n{front}\n---\n\n{prose}\n\n{notes}\n"


def test_saved_copies_of_one_page_are_one_repost_with_one_version(tmp_path: Path) -> None:
    texts = [saved("www.", "0a1b" * 8, 17), saved("www.", "9f8e" * 8, 18)]
    files = []
    for number, text in enumerate([*texts, texts[0]]):
        path = tmp_path / f"{number}.md"
        path.write_text(text, encoding="utf-8")
        files.append(str(path))
    data = str(tmp_path / "data")
    done = CliRunner().invoke(main, ["--data", data, "import", "--text", *files])
    assert done.exit_code == 0, done.output
    with sqlite3.connect(Path(data) / "archive.db") as db:
        rows = db.execute("SELECT url, captures FROM publications WHERE captures > 0").fetchall()
        times = db.execute("SELECT captured_at FROM captures ORDER BY captured_at").fetchall()
    [(url, captures)] = rows
    assert url.startswith(f"{PAGE.format(host='www.')}#repost-")
    assert captures == 2
    assert times == [("2026-03-17T10:00:00Z",), ("2026-03-18T10:00:00Z",)]
    shown = CliRunner().invoke(main, ["--data", data, "export", PAGE.format(host="")])
    report = json.loads(shown.output)
    assert len(report["versions"]) == 1
    assert [u["url"] for n in report["notes"] for u in n["urls"]] == [
        f"https://t.me/riverpost/{n}" for n in (1, 2, 3)
    ]
