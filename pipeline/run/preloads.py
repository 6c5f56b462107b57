"""What worker processes begin with: modules that their fork server imports once.

Who only names them need not load what runs workers.
"""

from __future__ import annotations

REPORTS = ("pipeline.read.warm_reports",)
"""For work that is mostly reports: workers are ready 0.5 s sooner; one that meets a cited page
loads the rest itself."""
PAGES = ("pipeline.read.warm", *REPORTS)
"""For cited pages: the extraction libraries and the language model, 100 MB that all workers then
share."""
