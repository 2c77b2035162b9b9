"""Loads the demonstration in one transaction: interrupted, it leaves the database empty."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import exists, select

from mse.annuaire.use_cases.initialiser import initialiser
from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import hash_mot_de_passe
from mse.core.clock import today
from mse.core.errors import Conflit
from mse.core.textes import _
from mse.core.use_cases import batch
from mse.demo.agenda import Agenda
from mse.demo.annuaire import installer, ouvrir_promotions
from mse.demo.fiches import raconter
from mse.demo.lecture import lire_recit
from mse.demo.personnes import MOT_DE_PASSE, VEDETTES, Figurants
from mse.demo.scene import Scene
from mse.demo.suites import suivre
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.notifications.handlers import muted

GRAINE = 2004  # the year «Mission (im)possible ?» began


def charger() -> None:
    """Raises `Conflit` when somebody or something is there already.

    The mails of that past are not written: nobody would want them now.
    """
    aujourd_hui = today()
    scene = Scene(mot_de_passe=hash_mot_de_passe(MOT_DE_PASSE), rng=Random(GRAINE))
    agenda = _write_agenda(scene, aujourd_hui)
    db.session.rollback()  # a reader's transaction may have begun
    with batch(), muted():
        if not est_vide():
            raise Conflit(_("La base n’est pas vide : la démonstration ne se charge que dans une base vide."))
        initialiser()
        agenda.rejouer()


def est_vide() -> bool:
    """Nobody has an account and nothing was written."""
    return not db.session.scalar(select(exists(select(Compte.id)) | exists(select(Fiche.id))))


def est_une_demonstration() -> bool:
    vedettes = [vedette.courriel for vedette in VEDETTES]
    return bool(
        db.session.scalar(select(exists(select(Compte.id).where(Compte.est_demonstration, Compte.courriel.in_(vedettes)))))
    )


def _write_agenda(scene: Scene, aujourd_hui: date) -> Agenda:
    recit, agenda, figurants = lire_recit(aujourd_hui), Agenda(), Figurants(scene.rng)
    origine = min(fiche.depot for fiche in recit.fiches) - timedelta(days=90)
    installer(recit, scene, agenda, figurants, origine=origine)
    ouvrir_promotions(recit, scene, agenda, figurants, aujourd_hui=aujourd_hui)
    raconter(recit, scene, agenda)
    suivre(recit, scene, agenda, aujourd_hui=aujourd_hui)
    return agenda
