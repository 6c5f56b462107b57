"""What is fetched next, and what a fetch leads to."""
