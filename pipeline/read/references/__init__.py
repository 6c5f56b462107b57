"""Notes, their URLs, and the markers that point to them."""

# The parsers call this package and this package reads their blocks: whichever is imported first, the blocks come first.
import pipeline.read.parse.blocks  # noqa: F401
