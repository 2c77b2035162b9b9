"""A client of Open311 reads fiches as service requests."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from devtools.factories import LONGUE, Monde
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.moderation.use_cases import retirer_fiche
from tests.adresses import SECRETS, make_adresses


def _read(client: Any, chemin: str) -> Any:
    response = client.get(f"/open311/v2/{chemin}")
    assert response.status_code == 200, response.text
    return json.loads(response.text)


def test_une_fiche_est_une_demande_ouverte_puis_close(client: Any, monde: Monde) -> None:
    [ouverte] = _read(client, "requests.json?status=open&service_code=transport")
    assert ouverte["status"] == "open"
    assert ouverte["service_name"] == "Transport"
    assert ouverte["agency_responsible"] == "Service Cars régionaux"
    assert ouverte["address"] == "Marseille"
    assert (ouverte["lat"], ouverte["long"]) == (None, None)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert _read(client, "requests.json?status=open") == []
    [close] = _read(client, f"requests.json?service_request_id={monde.fiche.id}")
    assert close["status"] == "closed"
    assert _read(client, f"requests/{monde.fiche.id}.json") == [close]


def test_la_meme_chose_en_xml(client: Any, monde: Monde) -> None:
    response = client.get("/open311/v2/requests.xml")
    assert response.mimetype == "text/xml"
    [demande] = ElementTree.fromstring(response.get_data())
    assert demande.findtext("service_request_id") == str(monde.fiche.id)
    services = ElementTree.fromstring(client.get("/open311/v2/services.xml").get_data())
    assert "transport" in [un.findtext("service_code") for un in services]
    assert len(services) == len(_read(client, "services.json"))


def test_ni_prive_ni_retire(client: Any, monde: Monde) -> None:
    adresses = make_adresses(monde)
    lues = "".join(client.get(f"/open311/v2/requests.{forme}").text for forme in ("json", "xml"))
    assert [secret for secret in SECRETS.values() if secret in lues] == []
    for nom in ("brouillon", "retenue", "retiree"):
        assert client.get(f"/open311/v2/requests/{adresses[nom]}.json").status_code == 404
    retirer_fiche(monde.fiche, "Elle nommait une personne de l’organisme.", par=monde.animatrice)
    gone = client.get(f"/open311/v2/requests/{monde.fiche.id}.xml")
    assert gone.status_code == 404
    assert ElementTree.fromstring(gone.get_data()).findtext("error/code") == "404"


@pytest.mark.parametrize(
    "demande",
    [
        "service_request_id=abc",
        "service_request_id=" + ",".join(["1"] * 101),
        "status=%00",
        "status=ouvert",
        "start_date=hier",
        "start_date=0001-01-01T00:00:00Z",
        "end_date=9999-12-31T23:59:59-12:00",
    ],
)
def test_une_mauvaise_demande_recoit_une_phrase(client: Any, monde: Monde, demande: str) -> None:
    response = client.get(f"/open311/v2/requests.json?{demande}")
    assert response.status_code == 400
    assert "n’est pas valable" in json.loads(response.text)[0]["description"]


def test_du_texte_quelconque_ne_casse_rien(client: Any, monde: Monde) -> None:
    assert _read(client, "requests.json?service_code=%00,%F0%9F%98%80,%ED%A0%80") == []
    assert client.get("/open311/v2/requests.pdf").status_code == 404
