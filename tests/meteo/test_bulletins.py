"""Bulletins: write, publish, Atom feed. A published bulletin never changes."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete

from devtools.factories import JOUR, LONGUE, Monde, build_monde, hidden_fields
from mse.core.clock import at, now, today
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.demarche import adopt, choose, get_demarche
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.meteo.models import Bulletin, ChiffreMeteo, JourMeteo
from mse.meteo.use_cases import (
    actualiser,
    composer_bulletin,
    modifier_bulletin,
    publier_bulletin,
    supprimer_bulletin,
)
from mse.moderation import use_cases as moderer
from tests.database_states import DatabaseStates

TEXTE = "Un mois de **soleil** et de pluie. <script>alert(1)</script>"


@pytest.fixture
def monde(database_states: DatabaseStates) -> Iterator[Monde]:
    with at(JOUR):
        yield database_states.once(_build)


def _build() -> Monde:
    monde = build_monde()
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    actualiser()
    return monde


@pytest.fixture
def bulletin(monde: Monde) -> Bulletin:
    return composer_bulletin(cle=str(uuid4()), titre="Mars", texte=TEXTE, jour=today(), par=monde.animatrice)


def test_seule_l_equipe_ecrit(monde: Monde, bulletin: Bulletin) -> None:
    for par in (monde.admin, monde.agent, monde.samira):
        with pytest.raises(Interdit):
            composer_bulletin(cle="x", titre="Mars", texte=TEXTE, jour=today(), par=par)
        with pytest.raises(Interdit):
            publier_bulletin(bulletin, par=par)


def test_publie_il_ne_change_plus(monde: Monde, bulletin: Bulletin, client: Any) -> None:
    adresse = f"/meteo/bulletins/{bulletin.id}"
    assert client.get(adresse).status_code == 404
    publier_bulletin(bulletin, par=monde.animatrice)
    avant = client.get(adresse).text
    assert "1 sur 1" in avant
    assert "<script>" not in avant
    with at(JOUR + timedelta(days=270)):
        moderer.retirer_fiche(monde.fiche, "Elle nomme une personne.", par=monde.animatrice)
        db.session.execute(delete(ChiffreMeteo))
        db.session.commit()
        assert client.get(adresse).text == avant
    with pytest.raises(TransitionInterdite, match="ne changent plus"):
        modifier_bulletin(bulletin, titre="Avril", texte=TEXTE, jour=today(), par=monde.animatrice)
    with at(now() + timedelta(hours=1)), pytest.raises(TransitionInterdite):
        publier_bulletin(bulletin, par=monde.animatrice)
    with pytest.raises(TransitionInterdite):
        supprimer_bulletin(bulletin, par=monde.animatrice)


def test_publie_il_ne_suit_pas_un_autre_reglage(
    app: Flask, monde: Monde, bulletin: Bulletin, client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A published bulletin keeps its level and its window when the settings change."""
    publier_bulletin(bulletin, par=monde.animatrice)
    adresse = f"/meteo/bulletins/{bulletin.id}"
    avant = client.get(adresse).text
    assert "Brouillard" in avant
    texte = (resources.files("mse.demarche") / "paca.toml").read_text("utf-8")
    fichier = tmp_path / "autre.toml"
    fichier.write_text(
        texte.replace("minimum = 5", "minimum = 1").replace("fenetre = 90", "fenetre = 60"), "utf-8"
    )
    adopt(fichier, tmp_path)
    monkeypatch.setitem(app.jinja_env.globals, "demarche", get_demarche())
    try:
        assert get_demarche().meteo.minimum == 1
        assert client.get(adresse).text == avant
    finally:
        choose(Path(app.instance_path))


def test_le_brouillon_se_relit_et_se_corrige(monde: Monde, bulletin: Bulletin, as_: Any) -> None:
    anouk, adresse = as_(monde.animatrice), f"/meteo/bulletins/{bulletin.id}"
    assert "Voici ce que tout le monde verra" in anouk.get(adresse).text
    refus = anouk.poster(f"{adresse}/modifier", titre="", texte=TEXTE, jour="2026-11-16")
    assert refus.status_code == 422
    assert "soleil" in refus.text
    assert (
        anouk.poster(f"{adresse}/modifier", titre="Avril", texte=TEXTE, jour="2026-11-16").status_code == 303
    )
    with pytest.raises(Conflit):
        modifier_bulletin(bulletin, titre="Mai", texte=TEXTE, jour=today(), version=1, par=monde.animatrice)
    assert anouk.poster(f"{adresse}/publication").status_code == 303
    assert "Avril" in as_(None).get("/meteo/bulletins").text
    assert "Avril" in as_(None).get("/").text


@pytest.mark.parametrize("geste", ["publication", "suppression"])
def test_on_publie_ou_supprime_ce_qu_on_a_lu(monde: Monde, bulletin: Bulletin, as_: Any, geste: str) -> None:
    """Publishing or deleting a draft that a colleague has edited since gets a 409 and shows the new text."""
    anouk, adresse = as_(monde.animatrice), f"/meteo/bulletins/{bulletin.id}/{geste}"
    lue = anouk.get(adresse).text
    assert "<strong>soleil</strong>" in lue
    assert (f'"/meteo/bulletins/{bulletin.id}/modifier"' in lue) == (geste == "publication")
    pluie = {"titre": "Mars", "texte": "Rien que de la pluie ici.", "jour": today()}
    modifier_bulletin(bulletin, **pluie, par=monde.animatrice)
    refus = anouk.post(adresse, data=hidden_fields(lue))
    assert refus.status_code == 409
    assert "quelqu’un d’autre a écrit dans ce bulletin" in refus.text
    assert "Rien que de la pluie" in refus.text
    assert anouk.post(adresse, data=hidden_fields(refus.text)).status_code == 303


def test_pas_de_chiffres_pas_de_bulletin(monde: Monde, as_: Any) -> None:
    with pytest.raises(DonneeInvalide, match="n’est pas encore passée"):
        composer_bulletin(
            cle="y", titre="Demain", texte=TEXTE, jour=today() + timedelta(days=1), par=monde.animatrice
        )
    assert 'value="2026-11-16"' in as_(monde.animatrice).get("/meteo/bulletins/nouveau").text
    hier = {"titre": "Hier", "texte": TEXTE, "jour": today() - timedelta(days=1)}
    avant = pytest.raises(DonneeInvalide, match="comptés que depuis le 16 novembre 2026 : choisissez un jour")
    with avant:
        composer_bulletin(cle="z", **hier, par=monde.animatrice)
    bulletin = composer_bulletin(cle="z", titre="Ce jour", texte=TEXTE, jour=today(), par=monde.animatrice)
    with avant:
        modifier_bulletin(bulletin, **hier, par=monde.animatrice)
    supprimer_bulletin(bulletin, par=monde.animatrice)
    assert db.session.get(Bulletin, bulletin.id) is None
    with at(JOUR + timedelta(days=1)):
        demain = composer_bulletin(cle="w", titre="Demain", texte=TEXTE, jour=today(), par=monde.animatrice)
        with pytest.raises(DonneeInvalide, match="pas encore comptés : attendez dix minutes"):
            publier_bulletin(demain, par=monde.animatrice)


def test_le_flux_se_lit(monde: Monde, bulletin: Bulletin, client: Any) -> None:
    vide = ET.fromstring(client.get("/meteo/bulletins.atom").text)
    publier_bulletin(bulletin, par=monde.animatrice)
    flux = ET.fromstring(client.get("/meteo/bulletins.atom").text)
    ns = "{http://www.w3.org/2005/Atom}"
    assert vide.find(f"{ns}entry") is None
    [entree] = flux.findall(f"{ns}entry")
    assert entree.findtext(f"{ns}title") == "Mars"
    assert "<strong>soleil</strong>" in (entree.findtext(f"{ns}content") or "")
    assert "<script>" not in (entree.findtext(f"{ns}content") or "")


def test_un_titre_colle_d_un_autre_logiciel_ne_casse_pas_le_flux(monde: Monde, client: Any) -> None:
    """Word separates lines with a vertical tab, which is invalid in XML."""
    colle = composer_bulletin(
        cle="v", titre="Mars\x0ben Provence\x1f", texte=TEXTE, jour=today(), par=monde.animatrice
    )
    publier_bulletin(colle, par=monde.animatrice)
    flux = ET.fromstring(client.get("/meteo/bulletins.atom").text)
    assert flux.findtext(".//{*}entry/{*}title") == "Mars en Provence"


def test_un_brouillon_d_avant_les_premiers_chiffres_n_est_pas_publie(monde: Monde) -> None:
    """A draft dated before the first computed figures cannot be published."""
    db.session.execute(delete(ChiffreMeteo))
    db.session.execute(delete(JourMeteo))
    db.session.commit()
    hier = composer_bulletin(
        cle="v", titre="Hier", texte=TEXTE, jour=today() - timedelta(days=1), par=monde.animatrice
    )
    actualiser()
    with pytest.raises(DonneeInvalide, match="comptés que depuis le 16 novembre 2026"):
        publier_bulletin(hier, par=monde.animatrice)
