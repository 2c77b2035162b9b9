"""Limits of an initiative: lengths of texts in characters, number and size of documents."""

TITRE_MAX, DESCRIPTION_MAX, NOUVELLE_MAX = 120, 5000, 5000
DOCUMENTS_MAX, DOCUMENT_OCTETS_MAX = 5, 10 * 1024 * 1024
MOT_MIN, MOT_MAX = 15, 2000  # minimum and maximum length of an explanation
