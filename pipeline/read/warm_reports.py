"""Imported once by the fork server of the worker pool where the work is mostly reports, so that no
worker loads the parser, its tables and the public suffix list (0.3 s) for itself."""

from archive.kept_code import code_kept

__all__ = ["fetched_media", "outcomes", "process", "reading", "speech"]

with code_kept("load-reports"):
    from archive.urls.normal import registered_domain
    from pipeline.read import fetched_media, outcomes, process, speech
    from pipeline.read.parse import reading

    registered_domain("example.org")  # reads the public suffix list, 0.1 s
