"""Explain in French how the due date of an answer was computed."""

from datetime import date

from mse.core.clock import local_date
from mse.core.dates import date_longue, jour
from mse.core.text import _, ngettext
from mse.core.working_days import count_working_days
from mse.fiches.models import EcheanceRemplacee, Saisine
from mse.fiches.workflow import CauseReport


def expliquer_echeance(saisine: Saisine) -> list[str]:
    """Return a sentence for the first due date and one for each date that replaced it, oldest first."""
    remplacees = saisine.echeances_remplacees
    dues = [*(une.echeance for une in remplacees), saisine.reponse_due]
    suites = zip(remplacees, dues[1:], strict=True)
    return [_dire_premiere(saisine, dues[0]), *(_dire_suite(une, due) for une, due in suites)]


def _dire_premiere(saisine: Saisine, due: date) -> str:
    ouverte = local_date(saisine.ouverte_le)
    n, le = count_working_days(ouverte, due), date_longue(ouverte)
    if ouverte == local_date(saisine.deposee_le):
        return ngettext(
            "%(num)s jour ouvré depuis le dépôt du %(date)s.",
            "%(num)s jours ouvrés depuis le dépôt du %(date)s.",
            n,
            date=le,
        )
    return ngettext(
        "%(num)s jour ouvré depuis le %(date)s, où ce responsable a été ajouté.",
        "%(num)s jours ouvrés depuis le %(date)s, où ce responsable a été ajouté.",
        n,
        date=le,
    )


def _dire_suite(une: EcheanceRemplacee, due: date) -> str:
    le = date_longue(une.remplacee_le)
    if une.cause == CauseReport.PROLONGATION:
        return ngettext(
            "+ %(num)s jour ouvré de prolongation, demandé le %(date)s.",
            "+ %(num)s jours ouvrés de prolongation, demandés le %(date)s.",
            count_working_days(une.echeance, due),
            date=le,
        )
    if une.cause == CauseReport.SUSPENSION:
        return _(
            "Suspendue le %(date)s, en attente d’une précision des délégué·es : au plus tard le %(due)s.",
            date=le,
            due=jour(due),
        )
    if une.cause == CauseReport.REPRISE:
        return _("Fin de la suspension le %(date)s : réponse avant le %(due)s.", date=le, due=jour(due))
    if une.cause == CauseReport.TRANSFERT:
        return _(
            "Transférée le %(date)s : le nouveau responsable a jusqu’au %(due)s.", date=le, due=jour(due)
        )
    if une.cause == CauseReport.RETOUR:
        return _(
            "Rendue à l’ancien responsable le %(date)s : réponse avant le %(due)s.", date=le, due=jour(due)
        )
    return _("Rouverte le %(date)s : nouvelle réponse avant le %(due)s.", date=le, due=jour(due))
