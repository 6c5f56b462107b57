"""Browsing: a datasette plugin with its metadata, templates and static files."""
