"""What of a report makes a version: its content, as digests that two captures can be compared
by."""

from pipeline.read.content.digests import content_of, differing_kinds, digest

__all__ = ["content_of", "differing_kinds", "digest"]
