"""All sites whose reports we collect."""

from __future__ import annotations

from archive.declared import declared
from archive.urls.publishers.registry import FILES, named
from pipeline.read.publishers.declared import site_of
from pipeline.read.publishers.site import Site

SITES = (
    *sorted(
        declared("pipeline.read.publishers", "SITE", Site), key=lambda site: named(site.name).rank
    ),
    *(site for file in FILES if (site := site_of(file))),
)
"""In the order of their publishers."""
