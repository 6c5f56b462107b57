"""From history and records to what is written: pure.

`updates` is the entrance, with a module for each kind of capture; what it has to know of the
archive it asks by the questions of `held`. `captures` and `versions` decide on reports. Sources are
judged by `judging`, with `drift` and `verdicts`; `checks` and `due` say when something is captured
again. `support` and `edits` derive figures from what is written.
"""
