"""From mark-up to blocks."""
