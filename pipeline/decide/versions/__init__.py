"""What makes a version: contents compared, captures sorted into runs, changes named."""

from pipeline.decide.versions.changes import compare
from pipeline.decide.versions.digests import content_of, differing_kinds, digest, parser_of
from pipeline.decide.versions.runs import plan

__all__ = ["compare", "content_of", "differing_kinds", "digest", "parser_of", "plan"]
