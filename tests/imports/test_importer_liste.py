"""Import of the national list by upload: the worker runs it, the page shows progress, a dead worker is
replaced."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.annuaire.models import Acteur
from mse.core.clock import at, now
from mse.core.errors import DonneeInvalide, Interdit
from mse.extensions import db
from mse.imports.models import EtatImport, ImportOrganismes
from mse.imports.use_cases import importer_liste as cas
from mse.imports.use_cases.importer_liste import balayer_imports, demander_import, importer_liste
from mse.imports.use_cases.importer_organismes import importer_organismes

LISTE = Path(__file__).parents[1] / "donnees" / "organismes_fictifs_format_dgefp.csv"
PAGE = "/importer/organismes"


def _envoyer(client: Any, contenu: bytes = LISTE.read_bytes(), **champs: str) -> Any:
    jeton = client.get(PAGE)
    assert jeton.status_code == 200
    return client.poster(PAGE, fichier=(BytesIO(contenu), "liste.csv"), **champs)


def _compter() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Acteur)) or 0


def test_la_liste_est_chargee_par_le_worker_et_la_page_le_suit(app: Flask, monde: Monde, as_: Any) -> None:
    animatrice, avant = as_(monde.animatrice), _compter()
    reponse = _envoyer(animatrice, LISTE.read_bytes() + LISTE.read_bytes().splitlines()[-1])  # a line twice
    assert reponse.status_code == 303
    suivi = animatrice.get(reponse.location)
    assert "En attente" in suivi.text
    assert "data-suivre" in suivi.text
    assert _compter() == avant  # the request itself imports nothing
    importer_liste()
    fini = animatrice.get(reponse.location).text
    assert "C’est fini." in fini
    assert "data-suivre" not in fini
    demande = db.session.scalars(select(ImportOrganismes)).one()
    assert _compter() == avant + demande.crees > avant
    assert demande.lues == demande.crees + demande.refuses + demande.actualises + demande.inchanges
    assert demande.refuses > 0
    rapport = animatrice.get(f"{reponse.location}/rapport.csv")
    lignes = list(csv.reader(StringIO(rapport.get_data().decode("utf-8-sig")), delimiter=";"))
    assert len(lignes) == demande.lues + 1
    assert [ligne for ligne in lignes if ligne[1] == "refusé" and ligne[4]]
    # A second import changes nothing, and the uploaded file is deleted.
    _envoyer(animatrice)
    importer_liste()
    deuxieme = db.session.scalars(select(ImportOrganismes).order_by(ImportOrganismes.id.desc())).first()
    assert (deuxieme.crees, deuxieme.inchanges) == (0, demande.crees)
    assert {chemin.name for chemin in ImportOrganismes.store.root.iterdir()} >= {deuxieme.rapport}
    assert deuxieme.fichier is None


def test_un_essai_ne_garde_rien(monde: Monde, as_: Any) -> None:
    avant = _compter()
    suivi = _envoyer(as_(monde.admin), essai="1").location
    importer_liste()
    fini = as_(monde.admin).get(suivi).text
    assert "rien n’a été gardé" in fini
    assert f'href="{PAGE}">Importer le même fichier' in fini
    assert "liste.csv</a> (essai), lignes lues" in as_(monde.admin).get(PAGE).text
    assert db.session.scalars(select(ImportOrganismes)).one().crees > 0
    assert _compter() == avant


@pytest.mark.parametrize(
    ("contenu", "phrase"), [(b"nom;adresse\nA;B\n", "SIRET"), (b"\x00\xff\x00\xfe" * 40, "SIRET")]
)
def test_ce_qui_n_est_pas_la_liste_est_dit(monde: Monde, as_: Any, contenu: bytes, phrase: str) -> None:
    suivi = _envoyer(as_(monde.animatrice), contenu).location
    importer_liste()
    page = as_(monde.animatrice).get(suivi).text
    assert phrase in page
    assert f'href="{PAGE}">Choisir un autre fichier' in page
    assert db.session.scalars(select(ImportOrganismes)).one().etat == EtatImport.REFUSE


def test_sans_fichier_la_page_le_dit(monde: Monde, as_: Any) -> None:
    reponse = as_(monde.animatrice).poster(PAGE)
    assert reponse.status_code == 422
    assert "Choisissez le fichier" in reponse.text


def test_un_seul_a_la_fois(monde: Monde) -> None:
    demander_import("a.csv", BytesIO(LISTE.read_bytes()), essai=False, par=monde.admin)
    with pytest.raises(DonneeInvalide, match="déjà en cours"):
        demander_import("b.csv", BytesIO(b"SIRET"), essai=False, par=monde.admin)
    with pytest.raises(Interdit):
        demander_import("b.csv", BytesIO(b"SIRET"), essai=False, par=monde.agent)
    db.session.rollback()
    assert len(list(ImportOrganismes.store.root.iterdir())) >= 1
    importer_liste()
    demander_import("b.csv", BytesIO(b"SIRET"), essai=False, par=monde.admin)


def test_un_worker_mort_est_remplace_et_rien_n_est_double(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    demander_import("a.csv", BytesIO(LISTE.read_bytes()), essai=False, par=monde.admin)

    def meurt(*args: Any, **kwargs: Any) -> Any:
        for numero, bilan in enumerate(importer_organismes(*args, **kwargs)):
            yield bilan
            if numero == 20:
                raise KeyboardInterrupt

    monkeypatch.setattr(cas, "importer_organismes", meurt)
    with pytest.raises(KeyboardInterrupt):
        importer_liste()
    monkeypatch.undo()
    avant = _compter()
    importer_liste()  # too early: another worker may still be running it
    assert db.session.scalars(select(ImportOrganismes)).one().etat == EtatImport.EN_COURS
    db.session.rollback()
    with at(now() + cas.ABANDONNE + timedelta(seconds=1)):
        importer_liste()
    demande = db.session.scalars(select(ImportOrganismes)).one()
    assert demande.etat == EtatImport.FINI
    assert _compter() == avant  # the batch was committed before the worker died


def test_une_panne_s_arrete_et_se_dit(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def casse(*_args: Any, **_kwargs: Any) -> Any:
        raise ZeroDivisionError

    suivi = _envoyer(as_(monde.animatrice)).location
    monkeypatch.setattr(cas, "importer_organismes", casse)
    importer_liste()
    assert "Recommencez" in as_(monde.animatrice).get(suivi).text
    demander_import("encore.csv", BytesIO(b"SIRET"), essai=False, par=monde.admin)  # a new import is possible


def test_un_rapport_est_garde_trente_jours(monde: Monde) -> None:
    demander_import("a.csv", BytesIO(LISTE.read_bytes()), essai=True, par=monde.admin)
    importer_liste()
    chemin = db.session.scalars(select(ImportOrganismes)).one().chemin_rapport
    db.session.rollback()
    balayer_imports()
    assert chemin.is_file()
    with at(now() + cas.GARDE + timedelta(days=1)):
        balayer_imports()
    assert not chemin.exists()
    assert db.session.scalars(select(ImportOrganismes)).all() == []
