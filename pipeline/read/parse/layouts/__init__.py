"""One layout of the reports' sites each."""
