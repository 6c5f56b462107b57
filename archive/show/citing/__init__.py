"""How a report or a source is cited, with our copy of it: BibTeX, CSL-JSON, RIS, Robust Links."""
