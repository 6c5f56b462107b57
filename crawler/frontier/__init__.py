"""What is fetched next, and what a fetch leads to.

`fetches` has the fetch with its way, `frontier` gives hosts their turns, `fetch_queue` has who
waits for a fetch, `tries` says what follows one. `budget`, `media_budget`
and `spending` count bytes; `patience` and `own_network` say when a run has nothing left to wait
for; `robots_rules` and `refresh` read what sites say.
"""
