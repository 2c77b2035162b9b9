"""Filters that a team saves: shared by its agents, read by nobody else."""

from html import unescape
from typing import Any

from sqlalchemy import func, select

from devtools.factories import Monde, hidden_fields
from mse.extensions import db
from mse.travail.models import FiltreGarde

REQUETE = "theme=transport&porteur=personne"


def _nombre() -> int | None:
    return db.session.scalar(select(func.count()).select_from(FiltreGarde))


def test_un_filtre_garde_sert_a_toute_l_equipe_et_a_elle_seule(monde: Monde, as_: Any) -> None:
    agent, adresse = as_(monde.agent), f"/acteurs/{monde.transports.id}/filtres"
    page = agent.get(f"{adresse}?requete={REQUETE.replace('&', '%26')}").text
    champs = hidden_fields(page) | {"nom": "CANARI à prendre", "requete": REQUETE}
    for _clic in range(2):
        envoyee = agent.post(adresse, data=champs)
        assert envoyee.location == f"/mon-espace?{REQUETE}"
    assert _nombre() == 1
    page = unescape(as_(monde.referent).get("/mon-espace?liste=a-faire").text)
    assert f"?liste=a-faire&{REQUETE}" in page
    for autre in (monde.samira, monde.autre_agent, monde.animatrice, monde.admin):
        assert "CANARI" not in as_(autre).get("/mon-espace").text
        assert as_(autre).get(adresse).status_code == 403


def test_un_filtre_est_celui_de_la_file_ou_refuse(monde: Monde, as_: Any) -> None:
    agent, adresse = as_(monde.agent), f"/acteurs/{monde.transports.id}/filtres"
    for requete in ("theme=invente", "", "https://exemple.fr"):
        champs = hidden_fields(agent.get("/mon-espace").text) | {"nom": "Faux", "requete": requete}
        assert agent.post(adresse, data=champs).status_code == 422
    assert _nombre() == 0


def test_un_agent_supprime_un_filtre_de_son_equipe(monde: Monde, as_: Any) -> None:
    garde = FiltreGarde(acteur_id=monde.transports.id, nom="Urgent", requete="urgence=en_retard")
    db.session.add(garde)
    db.session.commit()
    garde_id = garde.id
    for compte, acteur, reste in (
        (monde.autre_agent, monde.remuneration, 1),  # not theirs
        (monde.agent, monde.transports, 0),
        (monde.agent, monde.transports, 0),  # a second click
    ):
        client = as_(compte)
        champs = hidden_fields(client.get("/mon-espace").text) | {"filtre": str(garde_id)}
        assert client.post(f"/acteurs/{acteur.id}/filtres/suppression", data=champs).status_code == 303
        assert _nombre() == reste
