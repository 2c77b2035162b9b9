"""The weather of the participation: how a territoire takes part, and what it is told."""
