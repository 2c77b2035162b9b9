"""Two people in the same instant, on PostgreSQL: each holds its transaction open until the other has come,
or is kept waiting by a lock. SQLite has one writer at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from mse.comptes.models import Compte
from mse.core.errors import TransitionInterdite
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.initiatives.models import Initiative, InitiativeFiche, Porteur
from mse.initiatives.use_cases import ajouter_porteur, lier_fiche, participer, quitter_portage
from tests.fabrique import Monde, make_initiative

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
KEPT_WAITING = 0.5  # seconds after which the other is believed to wait for a lock


@pytest.fixture
def initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira)


def _ensemble(app: Flask, *gestes: Callable[[], Any]) -> list[Any]:
    """What became of each: None, or the refusal."""
    ensemble = Barrier(len(gestes))

    def attend(_session: Any) -> None:
        with suppress(BrokenBarrierError):
            ensemble.wait(KEPT_WAITING)

    def fait(geste: Callable[[], Any]) -> Any:
        with app.app_context():
            event.listen(db.session(), "before_commit", attend)
            try:
                geste()
            except TransitionInterdite as refus:
                return refus
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(gestes)) as pool:
        return list(pool.map(fait, gestes))


def _get(modele: Any, cle: int) -> Any:
    return db.session.get_one(modele, cle)


def test_le_dernier_porteur_reste(app: Flask, monde: Monde, initiative: Initiative) -> None:
    """Both see another carrier; only one may leave."""
    ajouter_porteur(initiative, monde.autre_promotion, par=monde.lea)
    gestes = [
        (porteur.id, par.id) for porteur, par in zip(initiative.porteurs, _deleguees(monde), strict=True)
    ]
    faits = _ensemble(
        app, *(lambda p=p, c=c: quitter_portage(_get(Porteur, p), par=_get(Compte, c)) for p, c in gestes)
    )
    assert sorted(type(fait) for fait in faits if fait) == [TransitionInterdite]
    assert len(db.session.get_one(Initiative, initiative.id).porteurs_actuels) == 1


def test_un_double_clic_n_ajoute_qu_un_porteur(app: Flask, monde: Monde, initiative: Initiative) -> None:
    quoi, lea = initiative.id, monde.lea.id
    promotion = type(monde.autre_promotion), monde.autre_promotion.id
    clic = lambda: ajouter_porteur(_get(Initiative, quoi), _get(*promotion), par=_get(Compte, lea))  # noqa: E731
    assert _ensemble(app, clic, clic) == [None, None]
    assert len(db.session.get_one(Initiative, quoi).porteurs_actuels) == 2


def test_chaque_participant_est_compte(app: Flask, monde: Monde, initiative: Initiative) -> None:
    quoi, qui = initiative.id, [monde.lea.id, monde.karim.id]
    gestes = [lambda c=c: participer(_get(Initiative, quoi), par=_get(Compte, c)) for c in qui]
    assert _ensemble(app, *gestes) == [None, None]
    assert db.session.get_one(Initiative, quoi).nombre_participants == 2


def test_chaque_initiative_qui_repond_a_une_fiche_est_comptee(app: Flask, monde: Monde) -> None:
    initiatives = [make_initiative(monde.promotion, monde.samira).id for _ in "ab"]
    fiche, samira = monde.fiche.id, monde.samira.id
    gestes = [
        lambda i=i: lier_fiche(_get(Initiative, i), _get(Fiche, fiche), par=_get(Compte, samira))
        for i in initiatives
    ]
    assert _ensemble(app, *gestes) == [None, None]
    assert len(db.session.scalars(select(InitiativeFiche.initiative_id)).all()) == 2
    assert db.session.get_one(Fiche, fiche).nombre_initiatives == 2


def _deleguees(monde: Monde) -> list[Compte]:
    return [monde.samira, monde.lea]
