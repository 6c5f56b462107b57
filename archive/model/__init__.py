"""The words and the records."""
