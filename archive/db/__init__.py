"""The tables: how they are made, read and written.

`database` opens them, `schema` has their migrations, `tables` the queries of each subject. `store`
is the one writer; `held` answers what `pipeline.decide` asks. `as_of` shows what stood at an
earlier time. What people write is a database of its own: `people`, `lists`, `watches`, `disputes`.
"""
