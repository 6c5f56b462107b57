"""How records lie in files: members, frames, ARC, WACZ, and what is left of damaged ones."""
