"""The incremental daily update gives the same figures as a full computation."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from devtools.factories import (
    JOUR,
    LONGUE,
    MARSEILLE,
    NICE,
    Monde,
    build_monde,
    make_agent,
    make_compte,
    make_fiche,
    make_promotion,
)
from mse.avis import use_cases as suivre
from mse.core.clock import at, now, today
from mse.core.errors import ErreurMetier
from mse.echanges.use_cases import ecrire_message
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Valeur
from mse.meteo import presences
from mse.meteo.models import ChiffreMeteo, JourMeteo, RepriseMeteo
from mse.meteo.use_cases import actualiser, chiffres, recalculer
from mse.moderation import use_cases as moderer
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.representation.models import Promotion, RoleMandat
from mse.representation.use_cases.mandats import ouvrir_mandat, terminer_mandat
from mse.representation.use_cases.promotions import creer_promotion, modifier_promotion
from mse.responsables.use_cases import annuler_transfert, transferer_saisine

MOTIF = "Cette équipe connaît mieux le sujet que la nôtre."


def _kept() -> dict[tuple[Any, ...], tuple[int, int]]:
    lignes = db.session.scalars(select(ChiffreMeteo))
    return {(x.territoire_code, x.coupe, x.jour, x.mesure): (x.k, x.n) for x in lignes}


class Region:
    """A random simulation of the actions that are possible at each moment."""

    def __init__(self, monde: Monde, graine: int) -> None:
        self.monde, self.rng = monde, Random(graine)
        self.agents = {
            monde.transports.id: monde.agent,
            monde.remuneration.id: monde.autre_agent,
            monde.lavande.id: make_agent(monde.lavande),
        }

    def vivre(self) -> None:
        rares = [
            self.deposer,
            self.dater,
            self.juger,
            self.passer,
            self.rendre,
            self.retirer,
            self.partir,
            self.prolonger,
            self.ecrire,
        ]
        with suppress(ErreurMetier):  # the action is not possible now
            self.rng.choice([*rares, *3 * [self.traiter]])()

    def deposer(self) -> None:
        acteurs = self.rng.sample([self.monde.transports, self.monde.remuneration, self.monde.lavande], 2)
        promotion = self._promotion()
        delegue = make_compte("Rosa")
        ouvrir_mandat(delegue, promotion, RoleMandat.TITULAIRE, debut=today() - timedelta(days=5))
        make_fiche(promotion, delegue, *acteurs[: self.rng.randint(1, 2)])

    def dater(self) -> None:
        """Correct the start and the commune of a promotion."""
        promotion = self._promotion()
        debut = promotion.debut + timedelta(days=self.rng.randrange(-30, 6))
        modifier_promotion(
            promotion,
            titre=promotion.titre,
            commune_code=self.rng.choice([MARSEILLE, NICE]),
            debut=debut,
            fin=promotion.fin,
            effectif=promotion.effectif,
            succede_a=None,
            par=None,
        )

    def _promotion(self) -> Promotion:
        debut = today() - timedelta(days=self.rng.randrange(10, 60))
        return creer_promotion(
            self.monde.lavande,
            titre=f"Groupe {self.rng.random()}",
            commune_code=MARSEILLE,
            debut=debut,
            fin=debut + timedelta(days=self.rng.randrange(61, 120)),
            effectif=12,
        )

    def traiter(self) -> None:
        saisine = self._saisine()
        geste = self.rng.choice(
            [
                traiter.repondre_saisine,
                traiter.regler_saisine,
                traiter.abandonner_saisine,
                traiter.rouvrir_saisine,
            ]
        )
        geste(saisine, LONGUE, par=self.agents[saisine.acteur_id])

    def prolonger(self) -> None:
        saisine = self._saisine()
        prolonger_saisine(saisine, self.rng.randint(1, 10), MOTIF, par=self.agents[saisine.acteur_id])

    def juger(self) -> None:
        saisine = self._saisine()
        valeur = self.rng.choice(list(Valeur))
        suivre.donner_avis(saisine, valeur, "Voici pourquoi.", par=saisine.fiche.auteur)

    def passer(self) -> None:
        saisine = self._saisine()
        autres = [acteur_id for acteur_id in self.agents if acteur_id != saisine.acteur_id]
        transferer_saisine(saisine, self.rng.choice(autres), MOTIF, par=self.agents[saisine.acteur_id])

    def rendre(self) -> None:
        """Take back a transfer."""
        saisine = self._saisine()
        if transfert := saisine.transfert_a_annuler():
            annuler_transfert(saisine, par=self.agents[transfert.de_id])

    def ecrire(self) -> None:
        """Ask the delegates a question, which stops the time to answer, or reply."""
        saisine = self._saisine()
        par = self.rng.choice([self.agents[saisine.acteur_id], saisine.fiche.auteur])
        ecrire_message(saisine, LONGUE, cle=str(uuid4()), attend=True, par=par)

    def retirer(self) -> None:
        fiche = self.rng.choice(list(db.session.scalars(select(Fiche).order_by(Fiche.id))))
        moderer.retirer_fiche(fiche, MOTIF, par=self.monde.animatrice)

    def partir(self) -> None:
        fiche = self.rng.choice(list(db.session.scalars(select(Fiche).order_by(Fiche.id))))
        mandats = [mandat for mandat in fiche.promotion.mandats if mandat.fin is None]
        if mandats:
            terminer_mandat(self.rng.choice(mandats), fin=today(), par=None)

    def _saisine(self) -> Saisine:
        return self.rng.choice(
            list(
                db.session.scalars(
                    select(Saisine).where(Saisine.acteur_id.in_(self.agents)).order_by(Saisine.id)
                )
            )
        )


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # shrinking a random seed does not simplify the history
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(graine=st.integers(0, 10_000))
def test_jour_apres_jour_comme_d_un_coup(app: Flask, graine: int) -> None:
    with at(JOUR):
        region = Region(build_monde(), graine)
        for table in (ChiffreMeteo, JourMeteo):
            db.session.execute(delete(table))  # rows of the previous example
        db.session.commit()
        recalculer(today() - timedelta(days=90), today())
    for jour in range(60):
        with at(JOUR + timedelta(days=jour)):
            region.vivre()
            actualiser()
    with at(JOUR + timedelta(days=59)):
        gardes = _kept()
        assert any(cle[3] == "resolution" for cle in gardes)
        recalculer(JOUR.date() - timedelta(days=90), today())
        assert _kept() == gardes


def test_une_nouvelle_journee_se_rattrape(app: Flask) -> None:
    with at(JOUR):
        build_monde()
        actualiser()
    with at(JOUR + timedelta(days=3)):
        actualiser()
        jours = {cle[2] for cle in _kept()}
    assert jours == {(JOUR + timedelta(days=n)).date() for n in range(4)}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # SQLite locks the whole database
def test_on_ecrit_pendant_que_la_meteo_se_compte(monde: Monde, lent: Any) -> None:
    ecrits = lent(chiffres, "compter")
    actualiser()
    actualiser()
    assert len(ecrits) == 2


def test_une_reprise_inscrite_pendant_le_compte_attend_son_tour(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inscrire(numero: int) -> None:
        with db.engine.begin() as autre:
            autre.execute(insert(RepriseMeteo), {"id": numero, "depuis": today() - timedelta(days=3)})

    def compter(*args: Any) -> Any:
        inscrire(7)  # like a transaction that took its id before 8 but commits after it
        return presences.compter(*args)

    recalculer(today() - timedelta(days=5), today())
    db.session.execute(delete(RepriseMeteo))
    db.session.commit()
    inscrire(8)
    with monkeypatch.context() as patch:
        patch.setattr(chiffres, "compter", compter)
        actualiser()
    assert list(db.session.scalars(select(RepriseMeteo.id))) == [7]
    db.session.rollback()
    actualiser()
    assert list(db.session.scalars(select(RepriseMeteo.id))) == []


def test_ce_qui_est_compte_pendant_une_longue_commande_reste(monde: Monde) -> None:
    """A change to past days during a long `recalculer` is not overwritten by the facts read at its start."""
    soudeurs, debut = make_promotion(monde.lavande, "Soudeur"), today() - timedelta(days=59)
    fatou = make_compte("Fatou", active_le=now() - timedelta(days=90))

    def entre_temps(faits: int, _total: int) -> None:
        if faits == chiffres.TRANCHE:
            ouvrir_mandat(fatou, soudeurs, RoleMandat.TITULAIRE, debut=today() - timedelta(days=10))
            actualiser()

    recalculer(debut, today(), avance=entre_temps)
    gardes = _kept()
    recalculer(debut, today())
    assert _kept() == gardes
