"""Evidence that anyone can verify: the ledger, verification, backup and repair.

`ledger` is a list of `entries` that only grows, under a `merkle` tree whose root a `checkpoint`
signs; `stamps` and `ots` are what others vouch for. `verify` looks at a copy, by the modules that
begin with `check_`, and tells `findings`. `backup`, `restore` and `repair` make copies and bring
back from them; `custody` tells the story of one capture.
"""
