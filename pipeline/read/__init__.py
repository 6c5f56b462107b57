"""From pages to records: pure.

`process` is the entrance for every capture. A report goes through `parse`, which finds its notes
with `references`; any other page through `page_text`, which reads it with `text` or with the
reader of its platform (`platforms`). `outcomes` judges how a fetch ended. `discover` and `mementos`
read lists of addresses, `plaintext` pasted reports, `documents` what an audit is given.
"""
