"""WARC files: written, read, indexed, mended.

`writer` appends records, made as bytes by `compose`; `reader` reads whole files, `through` whatever
is damaged in them, both to a `record`. `recover` cuts what a crash left torn. `packing` knows how
records lie in files.
"""
