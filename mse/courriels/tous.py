"""Modules that write mails; importing one registers its writers."""

from mse.courriels import (
    bilans,
    classe,
    comptes,
    confidentiel,
    doublons,
    echanges,
    fiches,
    initiatives,
    masquage,
    meteo,
    passages,
    relances,
    reperes,
    signalements,
    suivis,
)

MAILS = (
    bilans,
    classe,
    comptes,
    confidentiel,
    doublons,
    echanges,
    fiches,
    initiatives,
    masquage,
    meteo,
    passages,
    relances,
    reperes,
    signalements,
    suivis,
)
