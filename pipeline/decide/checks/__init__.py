"""When a source is checked again, and which of those that are due are checked today."""
