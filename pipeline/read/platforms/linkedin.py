"""LinkedIn: its pages are read and judged as any are, but for their dates."""

from pipeline.read.platforms.platform import Platform

PLATFORM = Platform(name="linkedin", speaks=False, framed=True)
