"""Lengths of texts in characters after NFC, numbers of links, delays of the review."""

from datetime import timedelta

TITRE_MAX, BASE_MAX, LIEN_MAX = 120, 500, 500
TEXTE_MIN, TEXTE_MAX = 15, 20_000
MOTIF_MIN, MOTIF_MAX = 15, 1_000
THEMES_MAX, TERRITOIRES_MAX, FICHES_MAX = 5, 10, 50
REVUE_MAX = timedelta(days=3 * 366)  # a review is at most so far ahead
RAPPEL = timedelta(days=7)  # between two mails about a review
