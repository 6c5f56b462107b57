"""One report with everything it rests on, as a package that anyone can open and check (WACZ)."""
