"""When a page was written: dates in words, in datelines, in what it declares."""
