"""What text is made of: decoding, languages, dates, and the readers of single formats."""
