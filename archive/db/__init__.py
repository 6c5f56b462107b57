"""The tables: how they are made, read and written."""
