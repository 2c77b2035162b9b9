"""Limits of reports."""

from datetime import timedelta

TEXTE_MIN, TEXTE_MAX = 10, 2000  # characters
GARDE = timedelta(days=365)  # after the decision: 12 months
# Reports per hour: from one network, which a whole centre shares, and in total.
PAR_DEMANDEUR, PAR_HEURE = 20, 300
