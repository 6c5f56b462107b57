"""Downloader middlewares, one concern each; `crawler.settings` has their order.

A request passes `guard`, `robots` and `politeness`; what comes meets `capture` first, which keeps
it.
"""
