"""Load the demonstration. All actions of the agenda share one transaction: all or nothing."""

from datetime import timedelta
from itertools import product
from random import Random

from sqlalchemy import exists, select

from mse.annuaire.models import Acteur
from mse.annuaire.use_cases.initialiser import initialiser
from mse.bilans.use_cases.compter import compter_trimestres
from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import hash_mot_de_passe
from mse.core.clock import today
from mse.core.errors import Conflit
from mse.core.text import _
from mse.core.use_cases import batch
from mse.demo.agenda import Agenda
from mse.demo.annuaire import installer
from mse.demo.audience import compter_visites
from mse.demo.bilans import comparer
from mse.demo.brouillons import commencer_brouillons
from mse.demo.bulletins import publier_bulletins
from mse.demo.classe import faire_ecrire_la_classe
from mse.demo.confidentiel import signaler_en_secret
from mse.demo.doublons import reunir_les_doublons
from mse.demo.echanges import ecrire
from mse.demo.elections import jouer_elections
from mse.demo.equipe import partager_le_travail
from mse.demo.fiches import raconter
from mse.demo.gestion import tenir_annuaire
from mse.demo.initiatives import construire
from mse.demo.invites import inviter_du_monde
from mse.demo.lecture import lire_recit
from mse.demo.nouvelles import noter_nouvelles
from mse.demo.passages import passer
from mse.demo.personnes import MOT_DE_PASSE, VEDETTES, activer_comptes
from mse.demo.promotions import ouvrir_promotions
from mse.demo.redaction import preparer_reponses
from mse.demo.reperes import faire_des_regles
from mse.demo.scene import Scene
from mse.demo.signalements import signaler
from mse.demo.suites import suivre
from mse.demo.suivis import faire_suivre
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.meteo.use_cases import recalculer
from mse.notifications.annonces import muted

GRAINE = 2004  # random seed: the year «Mission (im)possible ?» began
METEO = timedelta(days=425)  # fourteen months of weather


def charger(secret: str = "demonstration") -> None:
    """Load everything. Raise `Conflit` if the database is not empty. `secret`: secret key of the instance,
    from which the link of a class is derived.

    No mail is written for these past events.
    """
    (agenda, scene), password_hash = _write_agenda(), hash_mot_de_passe(MOT_DE_PASSE)
    db.session.rollback()  # a read transaction may be open
    with batch(), muted():
        if not est_vide():
            raise Conflit(_("La base n’est pas vide : la démonstration ne se charge que dans une base vide."))
        initialiser()
        agenda.rejouer()
        faire_ecrire_la_classe(scene, secret)
        signaler_en_secret(scene, secret)
        activer_comptes(password_hash)
        partager_le_travail(scene)
        faire_suivre()
    recalculer(today() - METEO, today())
    compter_trimestres()
    publier_bulletins(today())
    noter_nouvelles()
    compter_visites(today(), today() - METEO, Random(GRAINE))


def est_vide() -> bool:
    """True if there is no compte, acteur or fiche, so that invented data never mixes with real data."""
    return not any(db.session.scalar(select(exists(select(table.id)))) for table in (Compte, Acteur, Fiche))


def est_une_demonstration() -> bool:
    """True if accounts that the command prints exist."""
    vedettes = select(Compte.id).where(
        Compte.est_demonstration, Compte.courriel.in_(vedette.courriel for vedette in VEDETTES)
    )
    return bool(db.session.scalar(select(exists(vedettes))))


def _write_agenda() -> tuple[Agenda, Scene]:
    aujourd_hui, rng = today(), Random(GRAINE)
    recit, agenda = lire_recit(aujourd_hui), Agenda()
    noms = list(product(recit.prenoms, recit.noms))
    rng.shuffle(noms)
    scene = Scene(aujourd_hui, rng, noms)
    installer(recit, scene, agenda)
    ouvrir_promotions(recit, scene, agenda)
    raconter(recit, scene, agenda)
    suivre(recit, scene, agenda)
    passer(recit, scene, agenda)
    signaler(scene, agenda)
    commencer_brouillons(scene, agenda)
    inviter_du_monde(scene, agenda)
    jouer_elections(scene, agenda)
    tenir_annuaire(scene, agenda)
    construire(recit, scene, agenda)
    preparer_reponses(scene, agenda)
    faire_des_regles(scene, agenda)
    ecrire(recit, scene, agenda)
    comparer(scene, agenda)
    reunir_les_doublons(scene, agenda)
    return agenda, scene
