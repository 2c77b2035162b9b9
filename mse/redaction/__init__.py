"""Help to write an answer: templates, drafts, preview."""
