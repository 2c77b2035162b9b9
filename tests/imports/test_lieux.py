"""The lookup of a commune, shared by forms, imports and commands. An ambiguous input is never guessed."""

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from html import unescape
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_agent
from mse.annuaire.geocoding import Lieux
from mse.annuaire.models import Acteur, Commune, Nature, Niveau, Territoire
from mse.annuaire.queries import list_communes, list_territoires
from mse.annuaire.use_cases.creer import creer_acteur
from mse.annuaire.validation import lire_commune
from mse.core.errors import ADecider, DonneeInvalide
from mse.demarche import find_beside
from mse.extensions import db
from mse.imports.bilan import Issue
from mse.imports.lecture_tableau import read_tableau
from mse.imports.use_cases import importer_promotions as imports
from mse.representation.models import Promotion
from tests.imports.test_cli import lancer

MARSEILLE, NICE, BELCODENE = "13055", "06088", "13013"


@pytest.mark.parametrize(
    ("ecrits", "code"),
    [
        (
            ("Marseille 13", "Marseille 13e", "MARSEILLE 13E ARRONDISSEMENT", "Marseille (13)"),
            MARSEILLE,
        ),
        (("13013 Marseille", "13 013 Marseille", "Marseille (13013)", "13213"), MARSEILLE),
        (("6088", "06000", "6000", "06 000", "6000.0", "NICE", "06 Nice"), NICE),
        (("Belcodène", "13013 Belcodene", "Belcodène (13)"), BELCODENE),
        (("Aix en provence", "13100 Aix-en-Provence", "AIX-EN-PROVENCE CEDEX 1"), "13001"),
        (("13617 Aix-en-Provence", "13097 AIX EN PROVENCE CEDEX 2"), "13001"),  # a CEDEX has its own postcode
        (("St Raphaël", "Saint-Raphael", "83700 saint raphael"), "83118"),
        (("Isle s/ la Sorgue", "L’Isle-sur-la-Sorgue", "isle sur la sorgue"), "84054"),
        (("Mirabeau 84", "Mirabeau (84)", "84120 Mirabeau"), "84076"),
        (("4001", "04001", "Aiglun 04"), "04001"),
    ],
)
def test_un_nom_un_code_postal_ou_un_code_insee(app: Flask, ecrits: Sequence[str], code: str) -> None:
    assert {ecrit: lire_commune(ecrit) for ecrit in ecrits} == dict.fromkeys(ecrits, code)


@pytest.mark.parametrize(
    ("ecrit", "choix"),
    [
        ("13013", [MARSEILLE, BELCODENE]),
        ("13 013", [MARSEILLE, BELCODENE]),
        ("13013.0", [MARSEILLE, BELCODENE]),
        ("Mirabeau", ["04122", "84076"]),
        ("13100 Marseille", ["13001", "13012", MARSEILLE, "13090", "13095", "13109", "13100"]),
        ("Marseille 84", [MARSEILLE]),
        ("31000 Castellane", ["04039"]),
        ("13540 Puyricard", ["13001"]),
        ("Saint-Rémy", ["13100"]),
        ("Antibes Juan-les-Pins", ["06004"]),
        ("Marseille 21e", [MARSEILLE]),
    ],
)
def test_deux_lectures_se_demandent(app: Flask, ecrit: str, choix: list[str]) -> None:
    with pytest.raises(ADecider) as doute:
        lire_commune(ecrit)
    assert [code for code, _nom in doute.value.choix] == choix
    assert lire_commune(ecrit, choix[-1]) == choix[-1]
    with pytest.raises(ADecider):
        lire_commune(ecrit, "05061")  # not one of the choices for this text


@pytest.mark.parametrize("ecrit", ["20167", "75013", "84", "13", "2A004", "", "Atlantide", "9" * 400])
def test_une_commune_d_ailleurs_se_refuse(app: Flask, ecrit: str) -> None:
    with pytest.raises(DonneeInvalide, match="n’existe pas ici") as refus:
        lire_commune(ecrit)
    assert not isinstance(refus.value, ADecider)


def test_chaque_commune_se_retrouve_par_ce_qui_la_nomme(app: Flask) -> None:
    """A bare code finds exactly the communes that have it as postcode or as INSEE code."""
    communes = list_communes()
    lieux = Lieux(communes, list_territoires())
    par_code = defaultdict(set, {str(13200 + n): {MARSEILLE} for n in range(1, 17)})
    for commune in communes:
        for code in (commune.code, *commune.codes_postaux.split()):
            par_code[code].add(commune.code)
            for ecrit in (commune.nom_precis, f"{code} {commune.nom}", f"{commune.nom} {code}"):
                assert [place.code for place in lieux.read(ecrit).places] == [commune.code], ecrit
    for code, attendues in par_code.items():
        assert {place.code for place in lieux.read(code.lstrip("0")).places} == attendues
    assert sum(len(attendues) > 1 for attendues in par_code.values()) > 150


def test_un_formulaire_demande_laquelle_et_garde_le_texte(monde: Monde, as_: Any) -> None:
    browser = as_(make_agent(monde.lavande, "Ines"))
    url = f"/acteurs/{monde.lavande.id}/promotions/nouvelle"
    champs = {"titre": "Soudeur", "debut": "2026-11-02", "fin": "2027-03-01", "effectif": "9"}
    page = browser.poster(url, **champs, commune="13013")
    assert page.status_code == 422
    assert 'value="13013"' in page.text
    offertes = re.findall(r'<option value="(\w*)">', page.text.partition('name="commune-choix"')[2])
    assert offertes[:3] == ["", MARSEILLE, BELCODENE]
    autre = browser.poster(url, **champs, commune="Nice", **{"commune-choix": BELCODENE})
    assert autre.status_code == 303
    choisie = browser.poster(url, **champs, commune="13013", **{"commune-choix": MARSEILLE})
    assert choisie.status_code == 303
    codes = {p.commune_code for p in db.session.query(Promotion).filter_by(titre="Soudeur")}
    assert codes == {NICE, MARSEILLE}


def test_l_autre_formulaire_lit_de_meme(monde: Monde, as_: Any) -> None:
    browser = as_(monde.animatrice)
    champs = {"nom": "Mission Vélo", "nature": "service", "zone": ""}
    page = browser.poster("/acteurs/nouveau", **champs, lieu="13013")
    assert (page.status_code, 'name="lieu-choix"' in page.text) == (422, True)
    choix = {"lieu-choix": MARSEILLE}
    assert browser.poster("/acteurs/nouveau", **champs, lieu="13013", **choix).status_code == 303
    velo = db.session.query(Acteur).filter_by(nom="Mission Vélo").one()
    assert (velo.commune_code, velo.territoire_code) == (MARSEILLE, "13-9312")
    assert 'value="Marseille (13)"' in browser.get(f"/acteurs/{velo.id}/profil").text


FICHIER = """titre;commune;début;fin;effectif;organisme
Un;13013;2026-11-02;2027-03-01;9;Lavande Formation
Deux;6088;2026-11-02;2027-03-01;9;Lavande Formation
Trois;Marseille 13;2026-11-02;2027-03-01;9;Lavande Formation
Quatre;Paris 13;2026-11-02;2027-03-01;9;Lavande Formation
Cinq;75013;2026-11-02;2027-03-01;9;Lavande Formation
"""


def test_un_import_laisse_une_ligne_a_decider(monde: Monde) -> None:
    revue = imports.importer_promotions(read_tableau(FICHIER, imports.COLONNES), par=monde.animatrice)
    assert [ligne.issue for ligne in revue.lignes] == [
        Issue.A_DECIDER,
        Issue.CREE,
        Issue.CREE,
        Issue.A_DECIDER,
        Issue.REFUSE,
    ]
    assert "à Nice" in revue.lignes[1].phrase
    assert "à Marseille" in revue.lignes[2].phrase
    assert "Belcodène (13), si c’est un code INSEE" in revue.lignes[0].phrase


def test_une_page_decide_et_s_en_souvient(monde: Monde, as_: Any) -> None:
    browser = as_(monde.animatrice)
    revue = browser.poster("/importer/promotions", texte=FICHIER).text
    assert "2 lignes à décider" in revue
    [option, *_] = re.findall(r'<option value="(13055 [^"]*)">', revue)
    decidee = browser.poster("/importer/promotions", texte=FICHIER, commune=unescape(option)).text
    assert "1 ligne à décider" in decidee
    assert "3 lignes à créer" in decidee
    assert f'<input type="hidden" name="commune" value="{option}">' in decidee
    [vu] = re.findall(r'name="digest" value="(\w+)"', decidee)
    browser.poster("/importer/promotions", texte=FICHIER, commune=unescape(option), digest=vu)
    promotion = db.session.query(Promotion).filter_by(titre="Un").one()
    assert (promotion.commune_code, promotion.territoire_code) == (MARSEILLE, "13-9312")


def test_une_commande_lit_de_meme(app: Flask) -> None:
    creation = ("creer-acteur", "--nom", "Vélo", "--nature", "service", "--commune")
    with pytest.raises(ADecider, match="si c’est un code postal"):
        lancer(*creation, "13013")
    assert lancer(*creation, "6000").exit_code == 0
    assert db.session.query(Acteur).one().commune_code == NICE


def test_une_autre_demarche_lit_ses_codes_postaux() -> None:
    lignes = csv.DictReader(find_beside("cog_communes_val_de_marne.csv").read_text("utf-8").splitlines())
    communes = [
        Commune(
            code=ligne["code_insee"],
            nom=ligne["nom"],
            codes_postaux=ligne["codes_postaux"],
            territoire_code="94",
        )
        for ligne in lignes
    ]
    lieux = Lieux(communes, [Territoire(code="94", nom="Val-de-Marne", niveau=Niveau.DEPARTEMENT)])
    for ecrit, code in (("94300", "94080"), ("Vincennes 94", "94080"), ("CRETEIL CEDEX", "94028")):
        assert [place.code for place in lieux.read(ecrit).places] == [code]


def test_un_code_donne_a_un_cas_d_usage_est_un_code_insee(app: Flask) -> None:
    """A use case takes INSEE codes and does not parse them as postcodes: 13013 is Belcodène."""
    acteur = creer_acteur(nature=Nature.SERVICE, nom="Vélo", commune_code=BELCODENE)
    assert acteur.commune_code == BELCODENE
