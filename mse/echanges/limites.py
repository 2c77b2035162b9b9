"""Limits of private messages and internal notes: characters after NFC, files."""

from datetime import timedelta

MESSAGE_MAX, NOTE_MAX = 5_000, 5_000
PIECES_MAX, PIECE_OCTETS_MAX = 5, 10 * 1024 * 1024  # number per message, bytes per file
GARDE = timedelta(days=730)  # after the saisine is answered, settled or abandoned
PAR_PAGE = 30  # messages of a page
