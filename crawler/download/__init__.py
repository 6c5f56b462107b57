"""One request over the network, and why it may fail.

`handler` sends it, within limits; `guard` and `tls` judge whom it reaches. `failures`, `refusals`
and `proxies` have the reasons why nothing came, and `stopping` ends a crawl in good order.
"""
