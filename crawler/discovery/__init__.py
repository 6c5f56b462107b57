"""Finding reports: `chain` follows the steps of one site, `steps` says what is worth a fetch.

Which steps a site has is data, in `pipeline.read.publishers`.
"""
