"""All modules that write mails. Importing one registers its writers."""

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
