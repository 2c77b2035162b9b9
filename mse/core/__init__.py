"""Infrastructure without a domain word: use cases, events, database, web."""
