"""A whole class and its delegates at the same instant (PostgreSQL)."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.classe.models import Contribution, Participant
from mse.classe.use_cases.contribuer import dire_concerne
from mse.classe.use_cases.ouvrir import ouvrir_classe
from mse.classe.use_cases.reprendre import reprendre_contribution
from mse.comptes.models import Compte
from mse.core.errors import LienPerdu
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from mse.fiches.models import Fiche
from tests.classe.classe import SECRET, open_class, send, sender
from tests.concurrency import get, together

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def count(table: type[object]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_cinq_telephones_et_deux_reprises(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    une, autre = send(lien, "Une."), send(lien, "Autre.")
    une_id, autre_id, fiche_id = une.id, autre.id, fiche.id
    samira, karim = monde.samira.id, monde.karim.id

    def take(contribution_id: int, compte_id: int) -> None:
        reprendre_contribution(get(Contribution, contribution_id), par=get(Compte, compte_id))

    assert (
        together(
            app,
            *(partial(send, lien, f"Idée {rang}", appareil=str(rang)) for rang in range(5)),
            partial(take, une_id, samira),
            partial(take, autre_id, karim),
        )
        == [None] * 7
    )
    assert count(Contribution) == 7
    assert count(Participant) == 6
    causes = get(Fiche, fiche_id).causes
    assert (causes.count("Une."), causes.count("Autre.")) == (1, 1)


def test_les_deux_delegues_reprennent_la_meme(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    contribution, fiche_id = send(lien, "Une seule fois.").id, fiche.id
    gens = (monde.samira.id, monde.karim.id)

    def take(compte_id: int) -> None:
        reprendre_contribution(get(Contribution, contribution), par=get(Compte, compte_id))

    assert together(app, *(partial(take, compte) for compte in gens)) == [None, None]
    db.session.rollback()
    assert get(Fiche, fiche_id).causes.count("Une seule fois.") == 1


def test_un_telephone_ecrit_pendant_le_depot(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    fiche_id, samira = fiche.id, monde.samira.id
    depot, envoi = together(
        app,
        lambda: deposer_fiche(get(Fiche, fiche_id), par=get(Compte, samira)),
        partial(send, lien, "Trop tard ?"),
    )
    assert depot is None
    assert isinstance(envoi, LienPerdu)
    assert count(Contribution) == 0


def test_un_doigt_impatient_est_concerne_une_fois(app: Flask, monde: Monde) -> None:
    _fiche, lien = open_class(monde)
    clic = partial(dire_concerne, de=sender(lien))
    assert together(app, clic, clic, clic) == [None] * 3
    assert count(Participant) == 1


def test_les_deux_delegues_ouvrent(app: Flask, monde: Monde) -> None:
    from devtools.factories import make_brouillon

    fiche_id, gens = make_brouillon(monde.promotion, monde.samira).id, (monde.samira.id, monde.karim.id)

    def begin(compte_id: int) -> None:
        ouvrir_classe(get(Fiche, fiche_id), par=get(Compte, compte_id), cles=[SECRET])

    assert together(app, *(partial(begin, compte) for compte in gens)) == [None, None]
