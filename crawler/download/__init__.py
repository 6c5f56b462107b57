"""One request over the network, and why it may fail."""
