"""Check texts before publication: names, contact details, insults, threats."""
