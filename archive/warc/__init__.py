"""WARC files: written, read, indexed."""
