"""A small web of our own making, served as a forward proxy on one local port.

Nothing here ever connects anywhere: every answer is made on this machine.
"""
