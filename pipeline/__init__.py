"""Understanding and running: pure stages, and the jobs around them.

`read` makes records of bytes, `decide` makes rows of records and history, both without a database,
a network or a clock; `run` does what they may not, and `cli` has the commands.
"""
