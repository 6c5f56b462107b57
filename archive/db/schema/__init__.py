"""The tables, and how they came to be.

`migrations` has all steps in their order; the text of a step stands in the module of its subject,
which names the migration.
"""
