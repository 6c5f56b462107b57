"""The body of a page: its blocks, what is left out, and what stands beside it.

`body` is the entrance: what `extraction` has of trafilatura, made whole by `complete` from the
page's own `blocks`. `metadata` reads title, author and dates. `lean`, `alike` and `asked` only make
trafilatura quicker; its answers are the same without them.
"""
