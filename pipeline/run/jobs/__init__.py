"""Jobs: what the commands and the schedule run."""
