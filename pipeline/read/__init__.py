"""From pages to records: pure."""
