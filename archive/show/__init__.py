"""What export and pages have in common: figures, texts and feeds over the tables."""
