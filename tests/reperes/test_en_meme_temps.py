"""Two people, or two windows, at the same instant (PostgreSQL)."""

from functools import partial
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.comptes.models import Compte
from mse.core.errors import Conflit
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.reperes.models import Repere, VersionRepere
from mse.reperes.use_cases.ecrire import creer_repere, modifier_repere
from mse.reperes.use_cases.finir import retirer_repere
from mse.reperes.use_cases.lier import lier_fiche
from tests.concurrency import get, together
from tests.reperes.reperes import MOTIF, contenu, make_repere, repondue

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def count(table: type[object]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_deux_agentes_tirent_un_seul_repere_d_une_reponse(app: Flask, monde: Monde) -> None:
    saisine, qui = repondue(monde).id, (monde.agent.id, monde.referent.id)

    def creer(compte: int) -> None:
        creer_repere(get(Saisine, saisine), contenu(), cle=str(uuid4()), par=get(Compte, compte))

    premiere, seconde = together(app, *(partial(creer, compte) for compte in qui))
    assert premiere is None
    assert isinstance(seconde, Conflit)
    assert count(Repere) == 1


def test_deux_versions_a_la_fois_n_en_font_qu_une(app: Flask, monde: Monde) -> None:
    repere, ada = make_repere(monde), monde.agent.id
    ident, version = repere.id, repere.version

    def modifier(titre: str) -> None:
        modifier_repere(
            get(Repere, ident), contenu(titre=titre), MOTIF, par=get(Compte, ada), version=version
        )

    fautes = together(app, partial(modifier, "Un"), partial(modifier, "Deux"))
    assert [type(une) for une in fautes] == [type(None), Conflit]
    assert count(VersionRepere) == 1


def test_deux_reperes_lies_a_la_meme_fiche_sont_comptes(app: Flask, monde: Monde) -> None:
    reperes, ada, fiche = (make_repere(monde).id, make_repere(monde).id), monde.agent.id, monde.fiche.id

    def lier(repere: int) -> None:
        lier_fiche(get(Repere, repere), fiche, par=get(Compte, ada))

    assert together(app, *(partial(lier, repere) for repere in reperes)) == [None, None]
    db.session.rollback()
    assert db.session.get_one(Fiche, fiche).nombre_reperes == 2


def test_un_retrait_et_une_version_ne_se_melangent_pas(app: Flask, monde: Monde) -> None:
    ident, ada, anouk = make_repere(monde).id, monde.agent.id, monde.animatrice.id

    def retirer() -> None:
        retirer_repere(get(Repere, ident), MOTIF, par=get(Compte, anouk))

    def modifier() -> None:
        modifier_repere(get(Repere, ident), contenu(titre="Deux"), MOTIF, par=get(Compte, ada))

    premiere, seconde = together(app, retirer, modifier)
    assert premiere is None
    assert isinstance(seconde, Conflit)
    assert count(VersionRepere) == 0
