"""The national list in the encodings of common programs, filtered by the territoire of the démarche."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde
from mse.annuaire.geocoding import Lieux
from mse.annuaire.models import Acteur, Commune, Niveau, Territoire
from mse.extensions import db
from mse.imports.bilan import Bilan, Issue
from mse.imports.lecture_organismes import FichierInconnu
from mse.imports.models import ImportOrganismes
from mse.imports.use_cases import importer_organismes as module
from mse.imports.use_cases.importer_liste import importer_liste
from mse.imports.use_cases.importer_organismes import importer_organismes
from tests.imports.liste_organismes import ENTETE, A, B, C, Chargeur, acteur, codes, issues, ligne
from tests.imports.test_importer_liste import PAGE, _envoyer

LISTE = "\n".join([ENTETE, ligne(A, "ÉCOLE"), ligne(B, "MÉTIERS"), ""])


def lire(chemin: Path, octets: bytes) -> list[Bilan]:
    chemin.write_bytes(octets)
    return list(importer_organismes(chemin))


@pytest.mark.parametrize(
    "octets",
    [
        LISTE.encode("utf-16"),
        LISTE.encode("utf-16-le"),
        f"sep=;\n{LISTE}".encode(),
        LISTE.replace("\n", "\r\n").encode("cp1252"),
        LISTE.replace("\n", "\r").encode("mac_roman"),
        LISTE.replace(A, f"{A}.0").replace(B, f"{int(B)}.0").encode(),
        LISTE.replace(A, str(int(A))).replace(A[:9], str(int(A[:9]))).encode(),
    ],
)
def test_la_liste_se_lit_telle_qu_un_programme_l_enregistre(
    app: Flask, tmp_path: Path, octets: bytes
) -> None:
    assert issues(lire(tmp_path / "liste.csv", octets)) == ["cree", "cree"]
    assert (acteur(A).nom, acteur(B).nom) == ("ÉCOLE", "MÉTIERS")


def test_un_classeur_est_refuse_pour_ce_qu_il_est(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(FichierInconnu, match="classeur"):
        lire(tmp_path / "liste.csv", b"PK\x03\x04" + b"\x00" * 50)


def test_un_siret_arrondi_par_le_tableur_est_dit(charger: Chargeur) -> None:
    [bilan] = charger(ligne("9,0001E+10"))
    assert bilan.remarques[0].startswith("le tableur a arrondi le SIRET")


@pytest.mark.parametrize(
    ("voie", "ville", "attendue"),
    [
        ("15 RUE HAUTE 13001 MARSEILLE 1", "", "15 RUE HAUTE, 13001 MARSEILLE 1"),
        ("15 RUE HAUTE", "13001 MARSEILLE", "15 RUE HAUTE, 13001 MARSEILLE"),
        ("15 RUE HAUTE 13001 MARSEILLE", "MARSEILLE", "15 RUE HAUTE, 13001 MARSEILLE"),
        ("BP 30110 13331 MARSEILLE CEDEX 03", "", "BP 30110, 13331 MARSEILLE CEDEX 03"),
    ],
)
def test_un_code_postal_dans_la_voie_situe(charger: Chargeur, voie: str, ville: str, attendue: str) -> None:
    [bilan] = charger(ligne(A, cp="", voie=voie, ville=ville))
    assert (codes(A), bilan.remarques) == (("13055", "13-9312"), ())
    assert acteur(A).adresse == attendue


def test_une_ville_de_corse_avec_cedex_a_son_departement() -> None:
    """20704 Ajaccio Cedex 9, 20405 Bastia Cedex: the first two digits are not a département in Corse."""
    region = Territoire(code="94", nom="Corse", niveau=Niveau.REGION)
    departements = [
        Territoire(code=code, nom=code, niveau=Niveau.DEPARTEMENT, parent_code="94") for code in ("2A", "2B")
    ]
    communes = [
        Commune(code="2A004", nom="Ajaccio", codes_postaux="20000 20090 20167", territoire_code="2A"),
        Commune(code="2B033", nom="Bastia", codes_postaux="20200 20600", territoire_code="2B"),
    ]
    lieux = Lieux(communes, [region, *departements])
    for code, ville, attendu in (
        ("20704", "AJACCIO CEDEX 9", ("2A", "2A004")),
        ("20405", "BASTIA CEDEX", ("2B", "2B033")),
        ("20176", "AILLEURS CEDEX", ("2A", None)),
        ("20293", "AILLEURS CEDEX", ("2B", None)),
        ("20704", "AILLEURS CEDEX", ("94", None)),
    ):
        lieu = lieux.find(code, ville, "94")
        assert (lieu.territoire_code, lieu.commune_code) == attendu
    assert [place.code for place in lieux.read("20167").places] == ["2A004"]


def test_les_organismes_d_ailleurs_sont_laisses_de_cote(app: Flask, tmp_path: Path) -> None:
    lignes = [
        ligne(A),
        ligne(B, cp="69001", ville="LYON", region="84"),
        ligne(C, cp="", ville="", region="93"),  # without an address, but of the region
    ]
    chemin = tmp_path / "liste.csv"
    bilans = lire(chemin, "\n".join([ENTETE, *lignes]).encode())
    assert [bilan.issue for bilan in bilans] == [Issue.CREE, Issue.LAISSE, Issue.CREE]
    assert "hors du territoire" in bilans[1].remarques[0]
    assert issues(list(importer_organismes(chemin, partout=True))) == ["inchange", "cree", "inchange"]


def test_rien_ne_se_lit_pendant_qu_une_transaction_ecrit(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow read inside a transaction would block all other writers on SQLite."""

    def outside(vraie: Any) -> Any:
        def call(*args: Any) -> Any:
            assert not db.session().in_transaction()
            return vraie(*args)

        return call

    monkeypatch.setattr(module, "read_organismes", outside(module.read_organismes))
    monkeypatch.setattr(Lieux, "find", outside(Lieux.find))
    assert issues(lire(tmp_path / "liste.csv", LISTE.encode())) == ["cree", "cree"]


@pytest.mark.parametrize(("champs", "crees", "laisses"), [({"ici": "y"}, 1, 1), ({}, 2, 0)])
def test_la_page_dit_ce_qu_elle_garde(
    monde: Monde, as_: Any, champs: dict[str, str], crees: int, laisses: int
) -> None:
    animatrice = as_(monde.animatrice)
    page = animatrice.get(PAGE).text
    assert "Provence-Alpes-Côte d’Azur" in page
    assert 'checked id="ici"' in page
    liste = "\n".join([ENTETE, ligne(A), ligne(B, cp="69001", ville="LYON", region="84")])
    suivi = _envoyer(animatrice, liste.encode(), **champs).location
    importer_liste()
    demande = db.session.scalars(select(ImportOrganismes)).one()
    assert (demande.crees, demande.laisses) == (crees, laisses)
    assert ("hors du territoire" in animatrice.get(suivi).text) is bool(champs)
    assert db.session.query(Acteur).filter_by(siret=B).count() == 1 - laisses
