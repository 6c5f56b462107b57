"""Notes, their URLs, and the markers that point to them."""
