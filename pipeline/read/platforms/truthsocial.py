"""Truth Social: its pages are read as any are, but for their dates."""

from pipeline.read.platforms.platform import Platform

PLATFORM = Platform(name="truthsocial", framed=True)
