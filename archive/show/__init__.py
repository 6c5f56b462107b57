"""What export and pages have in common: from a connection to plain records and texts.

Modules that end in `_reading`, and `reading` itself, ask the tables; what says "Pure" makes words,
figures and feeds of the answers. `export` has the report as JSON, `status` the state of the whole.
Packages: `search`, `held` (is it held?), `citing`, `card`, `audit`.
"""
