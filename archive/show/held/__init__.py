"""Is it held? An address, a digest or words, and what there is of it."""
