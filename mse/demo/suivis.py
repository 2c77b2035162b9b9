"""What the people of the demonstration follow, and an address that follows without an account."""

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.demo.canaris import ABONNEE
from mse.extensions import db
from mse.suivis.models import Suivi
from mse.suivis.queries.cibles import Cible, get_cible
from mse.suivis.use_cases import confirmer_suivi, demander_suivi, suivre
from mse.suivis.workflow import Objet

SUIVIS = (
    ("delegue@demo.example", Objet.THEME, "transport"),
    ("delegue@demo.example", Objet.TERRITOIRE, "84"),
    ("service@demo.example", Objet.THEME, "hebergement_logement"),
    ("organisme@demo.example", Objet.TERRITOIRE, "84"),
    ("animation@demo.example", Objet.THEME, "restauration"),
)


def faire_suivre() -> None:
    """Call after the accounts are open."""
    for courriel, objet, reference in SUIVIS:
        compte = db.session.scalars(select(Compte).where(Compte.courriel == courriel)).one()
        suivre(_get(objet, reference), par=compte)
    for objet, reference in ((Objet.TERRITOIRE, "13"), (Objet.BULLETINS, "meteo")):
        demander_suivi(_get(objet, reference), ABONNEE, adresse=None, secret="demonstration")
        confirmer_suivi(db.session.scalars(select(Suivi).order_by(Suivi.id.desc()).limit(1)).one())


def _get(objet: Objet, reference: str) -> Cible:
    cible = get_cible(None, objet, reference)
    if cible is None:
        raise LookupError(reference)
    return cible
