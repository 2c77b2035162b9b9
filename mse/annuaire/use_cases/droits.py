"""What every change to the directory asks first: the right, and that nobody changed it meanwhile."""

from sqlalchemy import select

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.core.errors import Conflit, Interdit
from mse.core.textes import _
from mse.extensions import db


def exige_droit(autorise: bool) -> None:
    if not autorise:
        raise Interdit(_("Vous n’avez pas le droit de changer cela dans l’annuaire."))


def exige_version(quoi: Acteur | Theme | Territoire, version: int | None) -> None:
    """Two people at once: the second one is told. None: not read from a page."""
    if version is not None and version != quoi.version:
        raise Conflit(
            _(
                "Entre-temps, quelqu’un d’autre a changé cette page : l’historique dit quoi. "
                "Ce que vous avez écrit est gardé : relisez, puis envoyez si c’est toujours utile."
            )
        )


def lock(acteur: Acteur) -> None:
    """Until the end of the transaction nobody else changes who works for it, what it answers for or its
    promotions, closes it, nor entrusts it a fiche."""
    db.session.execute(select(Acteur.id).where(Acteur.id == acteur.id).with_for_update())
    db.session.refresh(acteur, ["ferme_le", "version"])
