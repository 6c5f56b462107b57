"""What does the I/O around the pure stages.

`jobs` has what commands and the schedule run, `ingest` the way of one capture into the archive.
Pages are read in a `pool` of processes, each a `worker`. `targets` and `choose` say what is
captured next. Unattended, `daemon`, `schedule` and `plan` run the jobs, each command by `process`;
`cluster` shares the work between machines. `support`, `edits` and `corroboration` keep up to date
what is derived from rows.
"""
