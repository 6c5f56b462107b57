"""The layouts of the reports' sites, a module each.

A module's `read` gives a `Draft`, or None for a page that is not its own; `generic` comes last.
"""
