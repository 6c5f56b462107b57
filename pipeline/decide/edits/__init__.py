"""What a publisher edited: kinds of edits, whether they were admitted, since when a text stood."""
