"""What makes a version: captures sorted into runs, contents compared, changes named."""

from pipeline.decide.versions.changes import change_between
from pipeline.decide.versions.runs import plan_runs

__all__ = ["change_between", "plan_runs"]
