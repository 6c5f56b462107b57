"""Browsing: a datasette plugin with its metadata, templates and static files.

`plugin` has what datasette calls, `pages` the address of each page, `answering` what all pages
share; most other modules are a page each. `cells` says how a value looks. No SQL stands here: what
is shown is read by `archive.show`.
"""
