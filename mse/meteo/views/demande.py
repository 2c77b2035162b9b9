"""Parse the URL of a weather page (territoire, day, window) and read the weather that it requests."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import request
from sqlalchemy import Row

from mse.core.clock import today
from mse.core.errors import ErreurMetier, Introuvable
from mse.core.text import _
from mse.demarche import get_demarche
from mse.meteo.etats import Etat
from mse.meteo.queries import chiffres as queries
from mse.meteo.queries.chiffres import get_dernier_jour, get_jour
from mse.meteo.queries.lieux import Lieu, get_lieux

FENETRES = range(7, 366)
PREMIER_JOUR = date(2004, 1, 1)  # the scheme did not exist before


@dataclass(frozen=True)
class Demande:
    """The day and window that a URL requests. `calcul`: the stored day and when it was computed; None if the
    figures are counted for this page."""

    jour: date
    fenetre: int
    est_datee: bool = False  # the URL contains the day: links on the page keep it
    calcul: Row[date, datetime] | None = None

    @property
    def parametres(self) -> dict[str, str | int]:
        """Return the query parameters of a link to the same day and window."""
        dits: dict[str, str | int] = {"le": self.jour.isoformat()} if self.est_datee else {}
        if not self.est_gardee:
            dits["fenetre"] = self.fenetre
        return dits

    @property
    def est_gardee(self) -> bool:
        return self.fenetre == get_demarche().meteo.fenetre


def find_lieu(code: str) -> Lieu:
    """Return the territoire with this code. Raise `Introuvable` if there is none."""
    lieu = get_lieux().get(code)
    if lieu is None:
        raise Introuvable(_("Ce territoire n’existe pas ici."))
    return lieu


def read_demande() -> Demande:
    """Read day and window from the query string. If figures are stored for that window, use the last computed
    day up to the requested one. Raise `ErreurMetier` (400) on an invalid value."""
    try:
        jour = date.fromisoformat(request.args["le"]) if request.args.get("le") else today()
        fenetre = int(request.args.get("fenetre") or get_demarche().meteo.fenetre)
    except ValueError:
        raise ErreurMetier(_("Une date s’écrit AAAA-MM-JJ, une période en jours.")) from None
    if jour > today():
        raise ErreurMetier(
            _("Cette date n’est pas encore passée : choisissez aujourd’hui ou un jour d’avant.")
        )
    if jour < PREMIER_JOUR:
        raise ErreurMetier(_("La démarche n’existait pas encore ce jour-là."))
    if fenetre not in FENETRES:
        raise ErreurMetier(_("Une période va de %(min)s à %(max)s jours.", min=FENETRES[0], max=FENETRES[-1]))
    demande = Demande(jour, fenetre, est_datee=bool(request.args.get("le")))
    calcul = _get_calcul(demande) if demande.est_gardee else None
    return replace(demande, jour=calcul.jour, calcul=calcul) if calcul else demande


def _get_calcul(demande: Demande) -> Row[date, datetime] | None:
    return get_jour(demande.jour) if demande.est_datee else get_dernier_jour()


def read_etats(lieu: Lieu, demande: Demande) -> list[Etat]:
    """Return the weather of the territoire, then of each of its children."""
    return queries.read_etats(lieu.noms, demande.jour, demande.fenetre)
