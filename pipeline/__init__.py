"""Understanding and running: pure stages, and the jobs around them."""
