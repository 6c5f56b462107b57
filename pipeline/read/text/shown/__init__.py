"""What pages show beside their words, as they declare it and as it stands in their text. Pure."""
