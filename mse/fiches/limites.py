"""Lengths of texts, in characters after NFC; the minima count visible characters (docs/regles/fiches.md)."""

REPONSE_MIN, REPONSE_MAX = 80, 20_000
MOTIF_MIN, MOTIF_MAX = 15, 5_000
