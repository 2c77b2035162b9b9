"""`mse initialiser` loads the territoires of INSEE and the thèmes of the démarche."""

from flask import Flask

from mse.annuaire.models import Acteur, Commune, Competence, Niveau, Territoire, Theme
from mse.annuaire.queries import list_sous_arbre, list_territoires, list_themes
from mse.annuaire.use_cases.initialiser import initialiser
from mse.demarche import get_demarche
from mse.extensions import db


def _commune(code: str) -> Commune:
    commune = db.session.get(Commune, code)
    assert commune is not None
    return commune


def test_une_commune_est_dans_sa_part_de_zone_d_emploi(app: Flask) -> None:
    marseille, saint_zacharie = _commune("13055"), _commune("83120")
    assert [t.code for t in marseille.territoire.lignee] == ["13-9312", "13", "93"]
    # the same zone d'emploi, in another département
    assert [t.code for t in saint_zacharie.territoire.lignee] == ["83-9312", "83", "93"]
    assert marseille.territoire.nom == "Marseille"
    assert saint_zacharie.territoire.nom == "Saint-Cyr-sur-Mer et alentours"


def test_les_territoires_se_lisent_comme_un_arbre(app: Flask) -> None:
    codes = [t.code for t in list_territoires()]
    assert codes[:3] == ["93", "04", "04-9315"]
    assert [c for c in codes if len(c) == 2][1:] == ["04", "05", "06", "13", "83", "84"]
    lus: set[str] = set()
    for territoire in list_territoires():
        assert territoire.parent_code is None or territoire.parent_code in lus
        lus.add(territoire.code)


def test_un_sous_arbre_ne_sort_pas_de_son_departement(app: Flask) -> None:
    codes = set(list_sous_arbre("13"))
    assert {"13", "13-9312", "13-0052"} <= codes
    assert not codes & {"93", "83", "83-9312"}
    assert list_sous_arbre("13-9312") == ["13-9312"]


def test_tout_est_charge_une_fois(app: Flask) -> None:
    assert db.session.query(Commune).count() == 946
    assert db.session.query(Territoire).filter_by(niveau=Niveau.DEPARTEMENT).count() == 6
    assert [t.code for t in list_themes()] == [theme.code for theme in get_demarche().themes]


def test_recommencer_ne_change_que_les_libelles(app: Flask) -> None:
    service = Acteur(nature="service", nom="Service", territoire_code="13")
    db.session.add(Competence(acteur=service, theme_code="transport", territoire_code="13-9312"))
    transport = db.session.get(Theme, "transport")
    assert transport is not None
    transport.libelle, transport.organisme = "Vieux mot", True
    transport.importe = {"libelle": "Vieux mot", "organisme": True}  # the démarche's file of last year
    _commune("13055").nom = "Massilia"
    db.session.commit()
    tables = (Territoire, Commune, Theme)
    avant = [db.session.query(table).count() for table in tables]

    initialiser()

    assert (transport.libelle, transport.organisme) == ("Transport", False)
    assert _commune("13055").nom == "Marseille"
    assert [db.session.query(table).count() for table in tables] == avant
    assert service.competences[0].territoire_code == "13-9312"
