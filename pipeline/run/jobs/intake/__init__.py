"""Importing what others saved."""
