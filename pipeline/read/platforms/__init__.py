"""Platforms: a module each, with how it is asked and read, and what it says of lost posts."""
