"""Use case of the audience."""

from mse.accueil.models import JourAudience
from mse.accueil.passages import Passages
from mse.core.database import upsert
from mse.core.use_cases import use_case
from mse.extensions import db


@use_case
def noter_audience(passages: Passages) -> None:
    """Add the counts to those that other processes have stored."""
    lignes = [{"jour": jour, "pages": n.pages, "visites": n.visites} for jour, n in sorted(passages.items())]
    ajout = upsert(JourAudience)
    sommes = {nom: getattr(JourAudience, nom) + ajout.excluded[nom] for nom in ("pages", "visites")}
    db.session.execute(ajout.on_conflict_do_update(index_elements=["jour"], set_=sommes), lignes)
