"""What makes a version: captures sorted into runs, contents compared, changes named."""

from pipeline.decide.versions.changes import compare
from pipeline.decide.versions.runs import plan

__all__ = ["compare", "plan"]
