"""Changes of owner: transfer, take back a transfer, add an owner."""
