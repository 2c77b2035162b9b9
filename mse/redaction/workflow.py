"""Kinds of text for which answer templates and drafts exist."""

from enum import StrEnum


class Geste(StrEnum):
    REPONDRE = "repondre"
    REGLER = "regler"
    ABANDONNER = "abandonner"
    ETAPE = "etape"


# A preview shows the mail to the delegates; files may be joined.
A_APERCU = {Geste.REPONDRE, Geste.REGLER, Geste.ABANDONNER}
