"""The saisines of an acteur in a spreadsheet."""

import csv
import io
from typing import Any

import openpyxl

from devtools.factories import Monde, make_fiche
from mse.core.clock import local_date
from mse.extensions import db
from mse.travail.use_cases import attribuer_saisine
from mse.travail.views import exporter


def _csv(texte: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(texte.lstrip("\ufeff")), delimiter=";"))


def test_le_csv_dit_les_siennes_et_qui_s_en_occupe(monde: Monde, as_: Any) -> None:
    make_fiche(monde.promotion, monde.samira, monde.remuneration)
    attribuer_saisine(monde.saisine, monde.agent.id, par=monde.agent)
    reponse = as_(monde.agent).get(f"/acteurs/{monde.transports.id}/saisines.csv")
    _titres, *lignes = _csv(reponse.text)
    assert [ligne[1] for ligne in lignes] == [monde.fiche.titre]
    assert lignes[0][8] == local_date(monde.saisine.deposee_le).isoformat()
    assert f"{monde.agent.prenom} {monde.agent.nom}" in lignes[0]
    assert "no-store" in reponse.headers["Cache-Control"]


def test_une_formule_reste_du_texte(monde: Monde, as_: Any) -> None:
    monde.fiche.titre = "=1+1"
    db.session.commit()
    agent = as_(monde.agent)
    assert _csv(agent.get(f"/acteurs/{monde.transports.id}/saisines.csv").text)[1][1] == "'=1+1"
    contenu = agent.get(f"/acteurs/{monde.transports.id}/saisines.xlsx").data
    [_titres, ligne] = openpyxl.load_workbook(io.BytesIO(contenu)).active.iter_rows()
    assert (ligne[1].data_type, ligne[1].value) == ("s", "=1+1")


def test_les_dates_sont_des_dates(monde: Monde, as_: Any) -> None:
    contenu = as_(monde.agent).get(f"/acteurs/{monde.transports.id}/saisines.xlsx").data
    [_titres, ligne] = openpyxl.load_workbook(io.BytesIO(contenu)).active.iter_rows()
    assert ligne[10].is_date
    assert ligne[10].value.date() == monde.saisine.reponse_due


def test_les_fichiers_sont_comptes(monde: Monde, as_: Any) -> None:
    agent, adresse = as_(monde.agent), f"/acteurs/{monde.transports.id}/saisines.csv"
    statuts = [agent.get(adresse).status_code for _fois in range(exporter.PAR_ADRESSE + 1)]
    assert statuts == [200] * exporter.PAR_ADRESSE + [429]
