"""A card of one edit: both texts, dates, digests and the address, as SVG and as PNG.

`text` says what stands on it, `lines` where, `svg` and `png` draw it.
"""
