"""Lengths of texts, in characters after NFC, number of templates of an acteur, files of an answer."""

from datetime import timedelta

TITRE_MAX = 120
MODELES_MAX = 200  # per acteur, archived ones included
PIECES_MAX, PIECE_OCTETS_MAX = 5, 10 * 1024 * 1024  # files of an answer, bytes per file
GARDE = timedelta(days=365)  # a masked file is kept so long, for the animateurs
