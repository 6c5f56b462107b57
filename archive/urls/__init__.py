"""Addresses: normal forms, keys, platforms, and which may be fetched from."""
