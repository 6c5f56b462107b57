"""Per subject, what is read from its tables and written to them."""
