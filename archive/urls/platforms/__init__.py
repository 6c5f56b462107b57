"""Which platform an address belongs to: a module each, with what its addresses say."""
