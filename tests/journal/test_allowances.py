"""The hourly limit of writes per account stops a program but not a person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import JOUR, Monde
from mse.core.clock import at
from mse.core.events import Event
from mse.core.use_cases import batch, record, use_case
from mse.depot.events import BrouillonCommence, BrouillonEcrit
from mse.depot.use_cases.preciser import preciser_fiche
from mse.extensions import db
from mse.fiches.events import FichePrecisee
from mse.fiches.models import Etape
from mse.journal import allowances
from mse.journal.allowances import PAR_HEURE, TropDEcritures
from mse.notifications.models import Annonce
from tests.concurrency import together

pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture
def trois(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the limit to three précisions an hour. Other tests run with a high limit."""
    monkeypatch.setitem(app.config, "MSE", replace(app.config["MSE"], ecritures=1))
    monkeypatch.setitem(PAR_HEURE, FichePrecisee, 3)


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.usefixtures("trois")
def test_le_texte_de_trop_reste_dans_le_formulaire(monde: Monde, as_: Any) -> None:
    samira = as_(monde.samira)
    url = f"/fiches/{monde.fiche.id}/precision"
    for numero in range(3):
        assert samira.poster(url, texte=f"Encore un détail utile, le numéro {numero}.").status_code == 303
    avant = count(Etape), count(Annonce)
    page = samira.poster(url, texte="Celui-ci est de trop pour cette heure.")
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 3500
    assert "Vous avez beaucoup écrit depuis une heure" in page.text
    assert "recommencez dans 60" in page.text
    assert "Celui-ci est de trop pour cette heure." in page.text
    assert (count(Etape), count(Annonce)) == avant


@pytest.mark.usefixtures("trois")
def test_une_heure_apres_on_ecrit_de_nouveau(monde: Monde) -> None:
    for minute in range(3):
        with at(JOUR + timedelta(minutes=10 * minute)):
            preciser_fiche(monde.fiche, f"Encore un détail utile, {minute}.", par=monde.samira)
    with at(JOUR + timedelta(minutes=59)), pytest.raises(TropDEcritures, match="dans une minute"):
        preciser_fiche(monde.fiche, "Encore un détail utile, trop tôt.", par=monde.samira)
    with at(JOUR + timedelta(minutes=60)):
        preciser_fiche(monde.fiche, "Encore un détail utile, une heure après.", par=monde.samira)


@pytest.mark.usefixtures("trois")
def test_chacun_a_sa_mesure_et_une_commande_n_en_a_pas(monde: Monde) -> None:
    @use_case
    def ecrire(fois: int, par_id: int | None) -> None:
        for _fois in range(fois):
            record(FichePrecisee(fiche_id=monde.fiche.id, etape_id=1, par_id=par_id))

    with at(JOUR), pytest.MonkeyPatch.context() as patch:
        patch.setattr("mse.core.use_cases.dispatch", lambda _event: None)
        ecrire(2, monde.samira.id)
        with pytest.raises(TropDEcritures):
            ecrire(2, monde.samira.id)
        ecrire(3, monde.lea.id)
        ecrire(9, None)
        with batch():
            ecrire(9, monde.samira.id)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_trente_requetes_au_meme_instant_ne_passent_pas_la_mesure(
    app: Flask, monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MSE", replace(app.config["MSE"], ecritures=1))
    monkeypatch.setattr("mse.core.use_cases.dispatch", lambda _event: None)
    monkeypatch.setattr(db.engine.pool, "_max_overflow", 30)
    monkeypatch.setitem(PAR_HEURE, FichePrecisee, 6)
    fiche, samira = monde.fiche.id, monde.samira.id

    @use_case
    def ecrire() -> None:
        record(FichePrecisee(fiche_id=fiche, etape_id=1, par_id=samira))

    issues = together(app, *[ecrire] * 30)
    assert issues.count(None) == 6
    assert {type(refus) for refus in issues if refus} == {TropDEcritures}


@pytest.mark.usefixtures("trois")
def test_un_brouillon_a_sa_mesure_aussi(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write over the limit gets a 429 and the form keeps the text. An unchanged text does not count."""
    monkeypatch.setitem(PAR_HEURE, BrouillonEcrit, 2)
    monkeypatch.setitem(PAR_HEURE, BrouillonCommence, 1)
    lea, champs = as_(monde.lea), {"promotion_id": monde.autre_promotion.id, "theme_code": "transport"}
    debut = lea.poster("/fiches/nouvelle", **champs)
    assert debut.status_code == 303
    url = debut.location.rsplit("/", 1)[0] + "/causes"
    for texte in ("Les horaires ont changé.", "Les horaires ont changé.", "Le car passe trop tard."):
        assert lea.poster(url, causes=texte).status_code == 303
    page = lea.poster(url, causes="Une cause de trop pour cette heure.")
    assert page.status_code == 429
    assert "Une cause de trop pour cette heure." in page.text
    assert lea.poster("/fiches/nouvelle", **champs).status_code == 429


def test_chaque_geste_dont_le_texte_se_lit_a_sa_mesure() -> None:
    """Every event that stores a line of a history has a limit, because the line holds a written text."""
    kinds = [kind for module in (allowances.fiches, allowances.initiatives) for kind in vars(module).values()]
    written = {
        kind
        for kind in kinds
        if isinstance(kind, type)
        and issubclass(kind, Event)
        and {"etape_id", "ligne_id"} & set(kind.__dataclass_fields__)
        and not kind.__name__.startswith("Evenement")
    }
    assert written <= PAR_HEURE.keys()
