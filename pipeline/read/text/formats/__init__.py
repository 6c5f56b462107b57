"""Readers of single formats: HTML, feeds, PDF, office documents."""
