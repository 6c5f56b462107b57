"""Addresses: normal forms, keys, platforms, and which may be fetched from.

`normal` is the entrance: what to request, and under which key an address is one. `platforms` and
`publishers` say whose an address is, a module each; `wrappers` and `copies` which other address one
leads to; `addresses` which of them are public.
"""
