"""Lengths of texts, in characters after NFC; the minima count visible characters (docs/regles/fiches.md)."""

TITRE_MAX = 120
PARTIE_MAX = 5_000
REPONSE_MIN, REPONSE_MAX = 80, 20_000
MOTIF_MIN, MOTIF_MAX = 15, 5_000
EFFECTIF_MAX = 100_000
PIECES_MAX, PIECE_OCTETS_MAX = 5, 10 * 1024 * 1024  # for each fiche, for each file
