"""Limits of the confidential route."""

from datetime import timedelta

TEXTE_MIN, TEXTE_MAX = 1, 10_000
MOT_MIN = 15  # visible characters of an orientation and of the last word
GARDE = timedelta(days=730)  # after the closing
RECU = timedelta(minutes=30)  # the same form sent again within this time gives the same code
MESSAGES_MAX = 200  # of one report
PAR_APPAREIL = 3  # new reports an hour from one device, or one account
PAR_ADRESSE, PAR_ADRESSE_MAX = 20, 200  # an hour: beyond the first, listed apart; beyond the second, refused
MESSAGES_PAR_HEURE = 30  # of the author of one report
CODES_PAR_ADRESSE = 100  # tried an hour from one address; 64 bits cannot be guessed
CODES_EN_TOUT = 10_000
CODE_MAX = 60  # characters typed, spaces and dashes included
