"""What is kept, and how it is shown."""

__version__ = "0.1.0"

SOFTWARE = f"isw-archive/{__version__}"
"""This program as it names itself: in records, packages, the ledger, to servers."""
