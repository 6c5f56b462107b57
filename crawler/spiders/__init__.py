"""Spiders: reports, then the sources they cite."""
