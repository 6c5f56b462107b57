"""A small web of our own making, served by a forward proxy."""
