"""What does I/O around the pure stages.

`jobs` has what commands and schedule run; `ingest` is the way of one capture into the archive.
Pages are read in `pool`, by a `worker`. What is captured next is read by `targets` and `choose`.
`daemon`, `schedule` and `plan` run it unattended, each command by `process`; `cluster` shares the
work between machines. `support`, `edits` and `corroboration` keep up to date what follows from
rows.
"""
