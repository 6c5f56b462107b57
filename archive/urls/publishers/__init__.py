"""Whose reports we collect: a module each, with the addresses under which they stand."""
