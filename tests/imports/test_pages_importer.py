"""Import pages: the input is kept, every bad file is explained, the report holds no spreadsheet formula."""

import io
import re
from html import unescape
from typing import Any

import pytest

from devtools.factories import Monde, hidden_fields, make_agent, make_promotion
from mse.annuaire.models import Appartenance
from mse.extensions import db
from mse.imports.views import importer as views
from mse.representation.models import Promotion

PERSONNES, PROMOTIONS = "/importer/personnes", "/importer/promotions"
ENTETE = "prénom;nom;courriel;rôle;acteur"


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_une_animatrice_verifie_importe_et_garde_le_rapport(as_: Any, monde: Monde) -> None:
    browser = as_(monde.animatrice)
    texte = f"{ENTETE}\n=1+1;T;ada@exemple.fr;agent;Azur Formation\nBo;T;bo;agent;Azur Formation"
    avant = db.session.query(Appartenance).count()
    revue = browser.poster(PERSONNES, texte=texte)
    assert "1 ligne à créer" in revue.text
    assert "1 ligne refusée" in revue.text
    assert f'action="{PERSONNES}"' in revue.text
    assert db.session.query(Appartenance).count() == avant
    rapport = browser.poster(PERSONNES, texte=texte, digest=digest(revue.text))
    assert "C’est importé" in rapport.text
    assert db.session.query(Appartenance).count() == avant + 1
    champs = {nom: unescape(valeur) for nom, valeur in hidden_fields(rapport.text).items()}
    fichier = browser.post("/importer/rapport.csv", data=champs)
    assert fichier.headers["Content-Disposition"] == "attachment; filename=rapport.csv"
    assert "\r\n2;créée;Agent·e d’Azur Formation;'=1+1 T;" in fichier.get_data().decode("utf-8-sig")
    encore = browser.poster(PERSONNES, texte=texte, digest=digest(revue.text))
    assert "Rien n’a été importé" in encore.text
    assert db.session.query(Appartenance).count() == avant + 1


def test_une_agente_importe_ses_promotions_deux_fois_sans_doubler(as_: Any, monde: Monde) -> None:
    browser = as_(make_agent(monde.lavande, "Ines"))
    lignes = ["Soudeur;13055;16/11/2026;28 mai 2027;9", "Couvreur;06000 Nice;2026-11-16;2026-11-01;9"]
    avant = db.session.query(Promotion).count()
    for effectif, mot in (("9", "1 ligne créée"), ("11", "1 ligne changée")):
        texte = "\n".join(["titre;commune;début;fin;effectif", *lignes]).replace(";9", f";{effectif}")
        revue = browser.poster(PROMOTIONS, texte=texte).text
        assert "La fin de la formation est avant son début." in revue
        assert mot in browser.poster(PROMOTIONS, texte=texte, digest=digest(revue)).text
    assert db.session.query(Promotion).count() == avant + 1
    assert (
        db.session.query(Promotion).filter_by(titre="Soudeur", organisme_id=monde.lavande.id).one().effectif
        == 11
    )


@pytest.mark.parametrize(
    ("octets", "mot"),
    [
        (b"PK\x03\x04 renamed", "classeur"),
        (b"a\x00\x01\xff", "fichier de texte"),
        (b"", "rien à lire"),
        (b"x" * 1_000_001, "trop long"),
        (b'";b' * 333_000, "première ligne est trop longue"),
        (ENTETE.encode() + b"\n" + b";" * 900_000, "aucune ligne"),
        (b"nom;courriel\nT;a@exemple.fr", "prénom"),
        (f"{ENTETE};nom\nA;T;a@exemple.fr;agent;1;T".encode(), "deux fois"),
        (ENTETE.encode("cp1252"), "aucune ligne"),
        ("\n".join([ENTETE, *["A;T;a@exemple.fr;agent;1"] * 201]).encode(), "plus de 200 lignes"),
    ],
)
def test_un_mauvais_fichier_recoit_une_phrase_et_le_texte_reste(
    as_: Any, monde: Monde, octets: bytes, mot: str
) -> None:
    browser = as_(monde.animatrice)
    page = browser.poster(PERSONNES, fichier=(io.BytesIO(octets), "liste.csv"), texte="Mon texte collé")
    assert page.status_code == 422
    assert mot in page.text
    assert "Mon texte collé" in page.text


def test_un_fichier_se_lit_sans_empecher_les_autres_d_ecrire(
    as_: Any, monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parsing a file inside a transaction would block all other writers on SQLite."""
    vues: list[bool] = []
    for nom in ("read_fichier", "read_tableau"):
        vraie = getattr(views, nom)

        def lire(*args: Any, vraie: Any = vraie) -> Any:
            vues.append(db.session().in_transaction())
            return vraie(*args)

        monkeypatch.setattr(views, nom, lire)
    fichier = (io.BytesIO(f"{ENTETE}\nAda;T;ada@exemple.fr;agent;1".encode()), "liste.csv")
    assert as_(monde.animatrice).poster(PERSONNES, fichier=fichier).status_code == 200
    assert vues == [False, False]


@pytest.mark.parametrize("nom", ["\x00", "\u202e", "سميرة", "😀", "<b>x</b>", "é" * 3000])
def test_un_nom_etrange_ne_casse_rien(as_: Any, monde: Monde, nom: str) -> None:
    page = as_(monde.animatrice).poster(
        PERSONNES, texte=f"{ENTETE}\n{nom};T;a@exemple.fr;agent;Azur Formation"
    )
    assert page.status_code == 200
    assert "<b>x" not in page.text


@pytest.mark.parametrize("url", [PERSONNES, PROMOTIONS])
def test_un_fichier_bien_trop_lourd_a_sa_phrase_et_le_formulaire(as_: Any, monde: Monde, url: str) -> None:
    """A file over the request limit is refused with 413 before it is read."""
    lourd = (io.BytesIO(b"nom;ville\n" * 500_000), "liste.csv")
    response = as_(monde.animatrice).poster(url, fichier=lourd)
    assert response.status_code == 413
    assert "choisissez un fichier plus petit" in response.text
    assert 'type="file"' in response.text


def test_le_rapport_n_est_rendu_qu_a_qui_importe_et_jamais_vivant(as_: Any, monde: Monde) -> None:
    for compte, attendu in ((None, 401), (monde.samira, 403), (monde.animatrice, 200)):
        browser = as_(compte)
        jeton = hidden_fields(browser.get("/affichage").text)["csrf_token"]
        page = browser.post("/importer/rapport.csv", data={"csrf_token": jeton, "rapport": "=1+1;x"})
        assert page.status_code == attendu
    assert page.get_data() == "\ufeff'=1+1;x\r\n".encode()


def test_un_agent_d_organisme_importe_un_agent_de_service_non(as_: Any, monde: Monde) -> None:
    make_promotion(monde.lavande, "Soudeur")
    for compte, attendu in ((make_agent(monde.lavande, "Ines"), 200), (monde.agent, 403)):
        for adresse in (PERSONNES, PROMOTIONS, "/importer/modele-personnes.csv"):
            assert as_(compte).get(adresse).status_code == attendu
        assert ("Importer des promotions" in as_(compte).get("/mon-espace").text) is (attendu == 200)
