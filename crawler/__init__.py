"""The network: a Scrapy project, run as a process of its own.

Begin with `process`, which runs one spider after the other, and with `spiders.base`, which all of
them share. `opening` makes what a crawl has in common, its `context`; `settling` takes what came to
the rows.
"""
