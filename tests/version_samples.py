"""An archive of one report that was edited, and that stands at two publishers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archive.config import Settings
from pipeline.run.ingest import Archive
from tests import factories
from tests.web_samples import keep

CTP = "https://www.criticalthreats.org/analysis/iran-update-march-3-2026"


def make(root: Path) -> None:
    """One report: three versions at ISW, one at CTP."""
    isw = factories.report()
    edited = replace(isw, text=isw.text.replace("burned", "exploded"))
    again = replace(edited, title="Iran Update, March 3, 2026 (corrected)")
    there = replace(isw, publisher="ctp", url=CTP, text=f"{isw.text} Nobody was hurt.")
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        for number, one in enumerate((isw, edited, again), start=1):
            keep(archive, factories.page(number, captured_at=factories.at(number)), report=one)
        far = factories.page(9, captured_at=factories.at(9), final_url=CTP)
        keep(archive, far, report=there)
