"""Mask a passage of a public text: a mark stands in its place, moderators keep the original for a time."""
