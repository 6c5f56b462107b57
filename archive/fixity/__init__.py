"""Evidence that anyone can verify: the ledger, verification, backup and repair."""
