"""All sites whose reports we collect."""

from __future__ import annotations

from archive.declared import declared
from archive.urls.publishers.registry import named
from pipeline.read.publishers.site import Site

SITES = tuple(
    sorted(
        declared("pipeline.read.publishers", "SITE", Site), key=lambda site: named(site.name).rank
    )
)
"""In the order of their publishers."""
