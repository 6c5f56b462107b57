"""Modules that worker processes begin with: their fork server imports them once.

They are named here so that naming them does not load what runs workers.
"""

from __future__ import annotations

REPORTS = ("pipeline.read.warm_reports",)
"""For work that is mostly reports: workers are ready 0.5 s sooner, and one that meets a cited page
loads the rest itself."""
PAGES = ("pipeline.read.warm", *REPORTS)
"""For cited pages: the extraction libraries and the language model, 100 MB that all workers then
share."""
