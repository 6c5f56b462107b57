"""Making the database whole again from the WARC files."""
