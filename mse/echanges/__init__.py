"""Private messages about a saisine, and internal notes of its owner."""
