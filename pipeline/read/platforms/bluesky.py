"""Bluesky: its pages are read as any are."""

from pipeline.read.platforms.platform import Platform

PLATFORM = Platform(name="bluesky")
