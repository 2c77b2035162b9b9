"""Modules that write mails; importing one registers its writers (assembly)"""

from mse.courriels import doublons
from mse.notifications import (
    mails_bilans,
    mails_classe,
    mails_comptes,
    mails_echanges,
    mails_fiches,
    mails_initiatives,
    mails_meteo,
    mails_passages,
    mails_relances,
    mails_reperes,
    mails_suivis,
)

MAILS = (
    doublons,
    mails_bilans,
    mails_classe,
    mails_comptes,
    mails_echanges,
    mails_fiches,
    mails_initiatives,
    mails_meteo,
    mails_passages,
    mails_relances,
    mails_reperes,
    mails_suivis,
)
