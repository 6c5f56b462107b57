"""From history and records to what is written: pure.

`updates` is the entrance, a module for each kind of capture; it asks what is held by the questions
of `held`. `captures` and `versions` decide on reports. A source is judged by `judging`, with
`drift` and `verdicts`; `checks` and `due` say when something is looked at again. `support` and
`edits` follow from what is written.
"""
