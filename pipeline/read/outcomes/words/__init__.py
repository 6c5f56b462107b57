"""What servers say in the place of a page, as data: one module a kind, one entry a language, and
how they are matched.

Words alone prove little, since articles use them, too: see `matching` for what holds them back.
"""
