"""Notes, their URLs, and the markers that point to them.

`notes` divides a report into prose and notes: `lists` finds the list, `labels` reads what its lines
begin with. A note's text becomes one string with its links laid in (`tape`), cut into `atoms`, of
which `lexer` makes URLs; `hosts` and `joins` say where one begins and goes on. `markers` and
`sentences` read the prose, `slips` mends what only the whole report betrays, and `check` says how
sure all of it is.
"""
