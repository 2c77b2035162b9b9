"""Lengths of texts, in characters after NFC; the minima count visible characters (docs/regles/fiches.md)."""

REPONSE_MIN, REPONSE_MAX = 80, 20_000
MOTIF_MIN, MOTIF_MAX = 15, 5_000
PIECES_OCTETS_MAX = 50 * 1024 * 1024  # bytes of the files of one answer
