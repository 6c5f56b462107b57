"""The body of a page: its blocks, what is left out, and what stands beside it."""
