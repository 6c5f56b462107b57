"""Making the database whole again from the WARC files.

`recover` takes in what a killed run wrote, `rebuild` everything; `reparse` reads again what an
older parser read, and `unread` what no worker lived to read.
"""
