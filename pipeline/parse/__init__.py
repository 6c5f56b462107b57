"""Parsers, one module per site and era, and what they share."""
