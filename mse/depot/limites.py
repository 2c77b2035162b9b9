"""Limits of a draft: lengths of texts (in characters after NFC), number and size of files
(docs/regles/fiches.md)."""

from datetime import timedelta

TITRE_MAX = 120
PARTIE_MAX = 5_000
EFFECTIF_MAX = 100_000
PIECES_EN_TOUT = 10  # maximum number, files added after filing included
PIECES_MAX, PIECE_OCTETS_MAX = 5, 10 * 1024 * 1024  # files of a draft, bytes per file
SEANCE = timedelta(minutes=10)  # a pause in writing after which the journal has a new line
GARDES_PAR_ADRESSE, GARDES_EN_TOUT = (
    1_200,
    12_000,
)  # saves while typing, a minute; one person makes about twelve
