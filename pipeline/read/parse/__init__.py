"""From a captured page to a report: which layout it has, and what the report says.

`parse_report` is the only entrance, and loads what reads when it is first asked: most commands read
no report, and loading takes a tenth of a second. A layout's parser finds title, body and what
stands around them (`Draft`); `assemble` makes the report of it, in the same way for all layouts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read.parse.numbers import PARSERS

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model.reports import NotAReport, ParsedReport

__all__ = ["PARSERS", "parse_report"]


def parse_report(
    body: bytes, url: str, content_type: str | None, captured_at: datetime
) -> ParsedReport | NotAReport:
    """Read one captured page as a report; see `pipeline.read.parse.reading`."""
    from pipeline.read.parse import reading

    return reading.parse_report(body, url, content_type, captured_at)
