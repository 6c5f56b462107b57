"""More than one machine: what is shared between those who plan, fetch and take in."""
