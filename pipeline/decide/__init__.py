"""From history and records to what is written."""
