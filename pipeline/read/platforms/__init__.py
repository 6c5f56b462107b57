"""Platforms: a module each, with how it is asked, how it is read, and what it says of lost posts."""
