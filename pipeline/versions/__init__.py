"""What makes a version: contents compared, captures sorted into runs, changes named."""

from pipeline.versions.changes import compare
from pipeline.versions.digests import content_of, differing_kinds, digest, parser_of
from pipeline.versions.runs import plan

__all__ = ["compare", "content_of", "differing_kinds", "digest", "parser_of", "plan"]
