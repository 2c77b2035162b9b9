"""What the weather reads: the facts to count them, the figures to show them."""
