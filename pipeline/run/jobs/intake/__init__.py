"""Importing what others saved.

`importing` goes through WARC, ARC and WACZ files twice, for reports and then for what they cite;
`import_text` takes pasted reports, `again` a dossier of ours. The others tell what a strange record
is: whose, of which address, of which request, and whether it is held already.
"""
