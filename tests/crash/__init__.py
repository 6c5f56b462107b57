"""The archive is killed, cut off and damaged; what it called kept must be kept. See `python -m
tests.crash --help`."""
