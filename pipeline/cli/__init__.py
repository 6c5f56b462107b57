"""The command line.

`entry` begins, `main` has the commands and groups, `later` those that are loaded when they are
run. A module `…_command` or `…_commands` has options and a call of a job, `…_text` the answer as
people read it. `running` and `ending` are what all commands share.
"""
