"""The words and the records.

`vocabulary` has the names of outcomes, kinds and statuses. A capture's way through the program is
`fetch`, from the target to what was read of it; `reports` and `sources` are what pages say, `rows`
what is written, `past` and `rot` what decisions rest on.
"""
