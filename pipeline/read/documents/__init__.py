"""Any document to the references that it has: HTML, Word, PDF, Markdown, BibTeX, plain text."""
