"""A report's readable, stable id: the same wherever it is published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.parse.series import slug_of, slugify

if TYPE_CHECKING:
    from archive.model.reports import ParsedReport

# "-0" and "_25-24" are what a site appends to a slug it has already; no part of the name.
_DOUBLED = re.compile(r"(?:_\d{1,3}(?:-\d{1,3})?|-0)$")


def report_id(report: ParsedReport) -> str:
    """`<series>/<date>[/<edition>]`; `<series>/undated/<slug>` where nothing names a day."""
    if report.report_date is None:
        slug = slugify(_DOUBLED.sub("", slug_of(report.url))) or slugify(report.title) or "untitled"
        return f"{report.series}/undated/{slug}"
    parts = [report.series, report.report_date, *([report.edition] if report.edition else [])]
    return "/".join(parts)
