"""Atom feeds: what they contain, what they never contain, and how a reader saves its bandwidth."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, LONGUE, Monde, make_brouillon, make_fiche
from mse.core.clock import at
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.moderation.use_cases import masquer_etape, retirer_fiche
from mse.suivis.queries.flux import PAR_FLUX
from mse.verification.api import Categorie, check_text

pytestmark = pytest.mark.usefixtures("jour")
ATOM = "{http://www.w3.org/2005/Atom}"


def lire(reponse: Any) -> ET.Element:
    assert reponse.status_code == 200
    assert reponse.mimetype == "application/atom+xml"
    flux = ET.fromstring(reponse.get_data())
    assert flux.tag == f"{ATOM}feed"
    for element in (flux, *flux.iter(f"{ATOM}entry")):
        for nom in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{nom}"), nom
        assert element.find(f"{ATOM}link[@rel='alternate']") is not None
    ids = [entree.findtext(f"{ATOM}id") for entree in flux.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) <= PAR_FLUX
    return flux


def titres(flux: ET.Element) -> list[str | None]:
    return [entree.findtext(f"{ATOM}title") for entree in flux.iter(f"{ATOM}entry")]


def contenu(flux: ET.Element) -> str:
    return "\n".join(entree.findtext(f"{ATOM}content") or "" for entree in flux.iter(f"{ATOM}entry"))


def test_la_liste_a_son_flux_avec_ses_filtres(monde: Monde, client: Any) -> None:
    titre = "Pas d’eau & pas de <car>"
    make_fiche(monde.autre_promotion, monde.lea, monde.transports, titre=titre, theme="sante")
    toutes = lire(client.get("/fiches.atom"))
    assert titres(toutes) == ["Pas d’eau & pas de <car>", monde.fiche.titre]
    assert "Le car arrive à 8 h 42" in contenu(toutes)
    sante = lire(client.get("/fiches.atom?theme=sante"))
    assert titres(sante) == ["Pas d’eau & pas de <car>"]
    [soi] = sante.findall(f"{ATOM}link[@rel='self']")
    assert soi.get("href", "").endswith("/fiches.atom?theme=sante")
    assert client.get("/fiches.atom?theme=invente").status_code == 422
    assert soi.get("href", "") in client.get("/fiches?theme=sante").text


def test_une_reponse_met_a_jour_l_entree_de_sa_fiche(monde: Monde, client: Any) -> None:
    avant = lire(client.get("/fiches.atom")).findtext(f"{ATOM}updated")
    with at(JOUR + timedelta(days=3)):
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert lire(client.get("/fiches.atom")).findtext(f"{ATOM}updated") != avant


def test_une_fiche_a_son_flux(monde: Monde, client: Any) -> None:
    with at(JOUR + timedelta(days=3)):
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    flux = lire(client.get(f"/fiches/{monde.fiche.id}.atom"))
    assert titres(flux) == [f"A répondu ({monde.transports.nom})", "Fiche déposée"]
    assert LONGUE in contenu(flux)
    assert "Six personnes arrivent en retard" in contenu(flux)
    assert f"/fiches/{monde.fiche.id}.atom" in client.get(f"/fiches/{monde.fiche.id}").text


def test_un_texte_masque_et_une_fiche_retiree_quittent_les_flux(monde: Monde, client: Any) -> None:
    repondre_saisine(monde.saisine, f"{LONGUE} Madame Dupont l’a dit.", par=monde.agent)
    etape = db.session.scalars(select(Etape).where(Etape.texte.contains("Dupont"))).one()
    adresse = f"/fiches/{monde.fiche.id}.atom"
    assert "Dupont" in contenu(lire(client.get(adresse)))
    with at(JOUR + timedelta(hours=1)):
        masquer_etape(etape, "Ce texte nomme une personne.", par=monde.animatrice)
    flux = lire(client.get(adresse))
    assert "Dupont" not in contenu(flux)
    assert "Ce texte nomme une personne." in contenu(flux)
    assert flux.findtext(f"{ATOM}updated") == (JOUR + timedelta(hours=1)).isoformat()
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    assert client.get(adresse).status_code == 404
    assert titres(lire(client.get("/fiches.atom"))) == []


def test_un_flux_ne_dit_rien_de_plus_a_qui_est_connecte(monde: Monde, as_: Any, client: Any) -> None:
    """No draft, no first name of a delegate: a feed reader may be shared."""
    make_brouillon(monde.promotion, monde.samira, titre="Un brouillon secret")
    for adresse in ("/fiches.atom", f"/fiches/{monde.fiche.id}.atom"):
        public = client.get(adresse).get_data()
        assert as_(monde.samira).get(adresse).get_data() == public
        assert as_(monde.animatrice).get(adresse).get_data() == public
        assert b"Samira" not in public
        assert b"secret" not in public
        assert all(une.categorie != Categorie.COORDONNEES for une in check_text(public.decode()))


def test_rien_n_est_envoye_deux_fois(monde: Monde, client: Any) -> None:
    for adresse in ("/fiches.atom", f"/fiches/{monde.fiche.id}.atom"):
        premiere = client.get(adresse)
        assert premiere.headers["Last-Modified"]
        encore = client.get(adresse, headers={"If-None-Match": premiere.headers["ETag"]})
        assert (encore.status_code, encore.get_data()) == (304, b"")
        datee = client.get(adresse, headers={"If-Modified-Since": premiere.headers["Last-Modified"]})
        assert datee.status_code == 304
    with at(JOUR + timedelta(days=1)):
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert client.get(adresse, headers={"If-None-Match": premiere.headers["ETag"]}).status_code == 200


def test_le_flux_d_une_longue_liste_est_borne(monde: Monde, client: Any) -> None:
    for numero in range(PAR_FLUX + 2):
        with at(JOUR + timedelta(minutes=numero + 1)):
            make_fiche(monde.promotion, monde.samira, monde.transports, titre=f"Fiche n° {numero}")
    lus = titres(lire(client.get("/fiches.atom")))
    assert len(lus) == PAR_FLUX
    assert lus[0] == f"Fiche n° {PAR_FLUX + 1}"
