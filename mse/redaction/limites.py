"""Lengths of texts, in characters after NFC, and the number of templates of an acteur."""

TITRE_MAX = 120
MODELES_MAX = 200  # per acteur, archived ones included
