"""Spiders, one for each thing that is asked for: reports, sources, checks, mementos, submissions,
pages in a browser, videos.

`base` has what all do; each of the others says what it feeds into the frontier.
"""
