"""A mandat ends: what the next delegates find, and what nobody else reads."""

import re
from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import (
    LONGUE,
    Monde,
    make_agent,
    make_brouillon,
    make_delegue,
    make_fiche,
    make_promotion,
)
from mse.core import clock
from mse.core.clock import today
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.impressions.use_cases import imprimer
from mse.passation.use_cases import laisser_un_mot, oublier_mots
from mse.representation.models import Mandat, RoleMandat
from mse.representation.use_cases.mandats import ouvrir_mandat, terminer_mandat
from mse.suivis.queries.cibles import get_cible
from mse.suivis.queries.suiveurs import list_suivis
from mse.suivis.use_cases import suivre
from tests.espace import lire

SECRET = "CANARI-PASSATION-BROUILLON"
MOT = "CANARI-MOT : demandez toujours la ligne et l’heure du car."
pytestmark = pytest.mark.usefixtures("jour")


def mandat_de(compte: Any) -> Mandat:
    return next(m for m in compte.mandats if m.fin is None)


def partir(compte: Any, *, jours: int = 1) -> None:
    """End the mandat of a delegate `jours` days ago."""
    with clock.at(clock.now() - timedelta(days=jours)):
        terminer_mandat(mandat_de(compte), fin=today(), par=None)


def elire(monde: Monde, prenom: str = "Nour", role: RoleMandat = RoleMandat.TITULAIRE) -> Any:
    compte = make_delegue(
        monde.autre_promotion,
        prenom,
        role,
        debut=today() - timedelta(days=90),
        fin=today() - timedelta(days=80),
    )
    ouvrir_mandat(compte, monde.promotion, role, par=None)
    return compte


def sans_jeton(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def adresse(monde: Monde, suite: str = "") -> str:
    return f"/promotions/{monde.promotion.id}/passation{suite}"


def test_la_suivante_est_accueillie_et_trouve_tout(monde: Monde, as_: Any) -> None:
    make_brouillon(monde.promotion, monde.samira, titre=SECRET)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    partir(monde.samira)
    nour = elire(monde)
    espace = as_(nour).get("/mon-espace").text
    assert "Vous prenez la suite de Samira" in espace
    assert f'href="{adresse(monde)}"' in espace
    dossier = as_(nour).get(adresse(monde)).text
    assert SECRET in dossier
    assert "Dire si la réponse de Service Cars régionaux a aidé" in dossier
    assert monde.fiche.titre in dossier
    assert as_(nour).poster(adresse(monde, "/vue"), page=adresse(monde)).location == "/mon-espace"
    assert "Vous prenez la suite" not in as_(nour).get("/mon-espace").text
    assert as_(nour).get(adresse(monde)).status_code == 200  # it stays


def test_le_suppleant_reste_seul_et_prend_la_suite(monde: Monde) -> None:
    assert [a.prenoms for a in lire(monde.karim)["arrivees"]] == [["Zoe"]]
    partir(monde.samira)
    assert [a.prenoms for a in lire(monde.karim)["arrivees"]] == [["Samira", "Zoe"]]


def test_la_titulaire_ne_prend_pas_la_suite_de_son_suppleant(monde: Monde) -> None:
    partir(monde.karim)
    assert lire(monde.samira)["arrivees"] == ()


def test_une_promotion_qui_continue_une_autre_en_prend_la_suite(monde: Monde, as_: Any) -> None:
    ancienne = make_promotion(
        monde.lavande,
        "Cuisine, printemps",
        debut=today() - timedelta(days=300),
        fin=today() - timedelta(days=90),
    )
    auteur = make_delegue(ancienne, "Ines")
    with clock.at(clock.now() - timedelta(days=100)):
        fiche = make_fiche(ancienne, auteur, monde.transports, titre="La cantine ferme trop tôt")
    monde.promotion.succede_a = ancienne
    db.session.commit()
    [arrivee] = lire(monde.samira)["arrivees"]
    assert arrivee.suite_de == "Cuisine, printemps"
    assert "La cantine ferme trop tôt" in as_(monde.samira).get(adresse(monde)).text
    assert f"/fiches/{fiche.id}" in as_(monde.samira).get(adresse(monde)).text


def test_personne_d_autre_ne_lit_le_dossier(monde: Monde, as_: Any) -> None:
    make_brouillon(monde.promotion, monde.samira, titre=SECRET)
    directrice = make_agent(monde.lavande, "Odile", referent=True)
    for compte in (directrice, monde.agent, monde.animatrice, monde.admin, monde.lea, monde.ancienne):
        for suite in ("", ".pdf", "/vue"):
            reponse = as_(compte).get(adresse(monde, suite))
            assert reponse.status_code == 403, (compte.prenom, suite)
            assert SECRET not in reponse.text
    assert as_(None).get(adresse(monde)).status_code == 401


def test_un_siege_vide_ne_dit_rien_a_l_organisme(monde: Monde, as_: Any) -> None:
    """The page of the organisme is the same whether or not drafts, fiches or words wait."""
    directrice = make_agent(monde.lavande, "Odile", referent=True)
    partir(monde.karim)
    partir(monde.samira)
    page = f"/promotions/{monde.promotion.id}"
    avant = as_(directrice).get(page)
    with clock.at(clock.now() - timedelta(days=2)):
        make_brouillon(monde.promotion, monde.samira, titre=SECRET)
        laisser_un_mot(monde.promotion, MOT, par=monde.samira)
    apres = as_(directrice).get(page)
    assert "Les deux sièges sont libres." in avant.text
    assert "attend la prochaine personne élue" in avant.text
    assert sans_jeton(avant.text) == sans_jeton(apres.text)


def test_le_mot_n_est_lu_que_par_la_suite(monde: Monde, as_: Any) -> None:
    samira, karim = as_(monde.samira), as_(monde.karim)
    assert samira.poster(adresse(monde, "/mot"), texte=MOT).status_code == 303
    assert MOT in samira.get(adresse(monde, "/mot")).text
    assert MOT not in karim.get(adresse(monde)).text  # a colleague, not a successor yet
    partir(monde.samira)
    assert MOT in karim.get(adresse(monde)).text
    assert MOT in as_(elire(monde)).get(adresse(monde)).text
    for compte in (monde.animatrice, monde.agent, make_agent(monde.lavande, "Odile", referent=True)):
        assert as_(compte).get(adresse(monde, "/mot")).status_code == 403


def test_le_mot_se_change_s_efface_et_s_oublie(monde: Monde, as_: Any) -> None:
    samira, page = as_(monde.samira), adresse(monde, "/mot")
    assert samira.poster(page, texte="   ").status_code == 422
    trop = samira.poster(page, texte="é" * 2001)
    assert trop.status_code == 422
    assert "é" * 2001 in trop.text
    for texte in (MOT, "Autre mot."):
        samira.poster(page, texte=texte)
    assert "Autre mot." in samira.get(page).text
    assert samira.poster(page, effacer="1").status_code == 303
    assert "Autre mot." not in samira.get(page).text
    samira.poster(page, texte=MOT)
    with clock.at(clock.now() + timedelta(days=366)):
        oublier_mots()
    assert MOT not in samira.get(page).text


def test_qui_vient_de_partir_laisse_encore_un_mot(monde: Monde, as_: Any) -> None:
    page = adresse(monde, "/mot")
    assert as_(monde.ancienne).poster(page, texte=MOT).location == "/mon-espace"  # left ten days ago
    assert MOT in as_(monde.karim).get(adresse(monde)).text
    with clock.at(clock.now() + timedelta(days=81)):
        assert as_(monde.ancienne).get(page).status_code == 403


def test_la_suite_suit_les_fiches_que_suivaient_les_autres(monde: Monde) -> None:
    ailleurs = make_fiche(monde.autre_promotion, monde.lea, monde.transports)
    for objet, reference in (("fiche", monde.fiche.id), ("fiche", ailleurs.id), ("theme", "transport")):
        cible = get_cible(None, objet, str(reference))
        assert cible is not None
        suivre(cible, par=monde.samira)
    partir(monde.samira)
    nour = elire(monde)
    assert [suivi.fiche_id for suivi in list_suivis(nour)] == [monde.fiche.id]
    assert len(list_suivis(monde.samira)) == 3


def test_le_pdf_du_dossier_est_a_qui_l_a_demande(monde: Monde, as_: Any) -> None:
    samira = as_(monde.samira)
    assert samira.get(adresse(monde, ".pdf")).status_code == 404
    assert samira.poster(adresse(monde)).status_code == 303
    assert "Le PDF se prépare" in samira.get(adresse(monde)).text
    imprimer()
    assert "Télécharger le PDF" in samira.get(adresse(monde)).text
    pdf = samira.get(adresse(monde, ".pdf"))
    assert pdf.mimetype == "application/pdf"
    assert as_(monde.karim).get(adresse(monde, ".pdf")).status_code == 404
    make_brouillon(monde.promotion, monde.samira, titre="Un de plus")
    assert samira.get(adresse(monde, ".pdf")).status_code == 404  # the file has changed
