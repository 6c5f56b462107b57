"""The crawler's clock is the archive's."""

from archive.clock import now

__all__ = ["now"]
