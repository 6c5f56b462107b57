"""Jobs: what the commands and the schedule run.

Each that writes works within a `session`. `collect`, `check` and `listed` run spiders, through
`crawl`; `intake` imports what others saved, `mending` makes the database whole again, and
`safekeeping`, `verify` and `pruning` look after what is kept. `index` makes rows of WARC files for
all of them.
"""
