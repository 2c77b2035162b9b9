"""Two people, or two windows, at the same instant (PostgreSQL)."""

from functools import partial
from uuid import uuid4

import pytest
from flask import Flask

from devtools.factories import LONGUE, Monde
from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.errors import Conflit, TransitionInterdite
from mse.extensions import db
from mse.fiches.models import Saisine, Transfert
from mse.fiches.use_cases.traiter import prendre_en_charge, repondre_saisine
from mse.redaction.models import BrouillonReponse, ModeleReponse
from mse.redaction.use_cases.brouillons import garder_brouillon
from mse.redaction.use_cases.modeles import creer_modele, modifier_modele
from mse.redaction.workflow import Geste
from mse.responsables.use_cases import annuler_transfert, transferer_saisine
from tests.concurrency import get, together
from tests.redaction.modeles import make_modele
from tests.redaction.test_modeles import contenu

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def count(table: type[object]) -> int:
    db.session.rollback()
    return db.session.query(table).count()


def test_deux_fenetres_gardent_un_seul_brouillon(app: Flask, monde: Monde) -> None:
    saisine, ada = monde.saisine.id, monde.agent.id

    def garder(texte: str) -> None:
        garder_brouillon(get(Saisine, saisine), Geste.REPONDRE, texte, par=get(Compte, ada))

    assert together(app, partial(garder, "Un."), partial(garder, "Deux.")) == [None, None]
    assert count(BrouillonReponse) == 1


def test_une_derniere_sauvegarde_ne_ressuscite_pas_le_brouillon(app: Flask, monde: Monde) -> None:
    saisine, ada = monde.saisine.id, monde.agent.id
    garder_brouillon(monde.saisine, Geste.REPONDRE, LONGUE, par=monde.agent)
    assert together(
        app,
        lambda: repondre_saisine(get(Saisine, saisine), LONGUE, par=get(Compte, ada)),
        lambda: garder_brouillon(get(Saisine, saisine), Geste.REPONDRE, LONGUE, par=get(Compte, ada)),
    ) == [None, None]
    assert count(BrouillonReponse) == 0


def test_deux_collegues_changent_le_meme_modele(app: Flask, monde: Monde) -> None:
    modele, gens = make_modele(monde), (monde.agent.id, monde.referent.id)
    identifiant, version = modele.id, modele.version

    def modifier(compte: int, titre: str) -> None:
        un = get(ModeleReponse, identifiant)
        modifier_modele(un, contenu(un, titre=titre), archive=False, version=version, par=get(Compte, compte))

    premier, second = together(app, partial(modifier, gens[0], "Un"), partial(modifier, gens[1], "Deux"))
    assert premier is None
    assert isinstance(second, Conflit)


def test_un_double_clic_cree_un_modele(app: Flask, monde: Monde) -> None:
    cle, acteur, ada = str(uuid4()), monde.transports.id, monde.agent.id
    texte = contenu(make_modele(monde))

    def creer() -> None:
        creer_modele(get(Acteur, acteur), texte, cle=cle, par=get(Compte, ada))

    assert together(app, creer, creer) == [None, None]
    assert count(ModeleReponse) == 2


@pytest.mark.parametrize("annule_d_abord", [True, False])
def test_annuler_pendant_que_l_autre_prend_en_charge(app: Flask, monde: Monde, annule_d_abord: bool) -> None:
    """The first one succeeds, the second one is told."""
    transferer_saisine(monde.saisine, monde.remuneration.id, "Cela dépend de vous.", par=monde.agent)
    saisine, ada, otto = monde.saisine.id, monde.agent.id, monde.autre_agent.id
    gestes = [
        lambda: annuler_transfert(get(Saisine, saisine), par=get(Compte, ada)),
        lambda: prendre_en_charge(get(Saisine, saisine), par=get(Compte, otto)),
    ]
    premier, second = together(app, *(gestes if annule_d_abord else gestes[::-1]))
    assert premier is None
    assert second is not None
    assert annule_d_abord or isinstance(second, TransitionInterdite)
    assert count(Transfert) == (2 if annule_d_abord else 1)


def test_deux_collegues_annulent_le_meme_transfert(app: Flask, monde: Monde) -> None:
    transferer_saisine(monde.saisine, monde.remuneration.id, "Cela dépend de vous.", par=monde.agent)
    saisine, gens = monde.saisine.id, (monde.agent.id, monde.referent.id)

    def annuler(compte: int) -> None:
        annuler_transfert(get(Saisine, saisine), par=get(Compte, compte))

    premier, second = together(app, partial(annuler, gens[0]), partial(annuler, gens[1]))
    assert premier is None
    assert isinstance(second, TransitionInterdite)
    assert count(Transfert) == 2
