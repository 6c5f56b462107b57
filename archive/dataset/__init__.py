"""The archive as a dataset for researchers: tables, graphs, and the papers that describe them."""
