"""From mark-up to blocks: `dom` and `xml` make a tree of bytes, `walk` lays out its text."""
