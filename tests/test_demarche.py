"""The démarche file: its valid content, its words on the site, the errors that refuse it."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from devtools.factories import LONGUE, Monde
from mse.annuaire.models import Commune, Niveau, Territoire, Theme
from mse.annuaire.use_cases.initialiser import initialiser
from mse.config import ConfigDangereuse
from mse.core.errors import DonneeInvalide
from mse.demarche import DOSSIER, adopt, check_pictograms, choose, get_demarche
from mse.demarche.fichier import read_demarche
from mse.demarche.modele import Mesures, Seuils
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.meteo import mesures

FOURNIES = Path(str(resources.files("mse.demarche")))
VAL_DE_MARNE = (FOURNIES / "val-de-marne.toml").read_text("utf-8")


@pytest.fixture
def celle_du_val_de_marne(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Adopt the démarche of Val-de-Marne for one test, then choose the previous one again."""
    adopt(FOURNIES / "val-de-marne.toml", tmp_path)
    yield tmp_path
    choose(Path(app.instance_path))


def _ecrire(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    texte = VAL_DE_MARNE
    for avant, apres in changes:
        assert avant in texte
        texte = texte.replace(avant, apres, 1)
    fichier = tmp_path / "ma-demarche.toml"
    fichier.write_text(texte, "utf-8")
    return fichier


def test_ce_qui_est_fourni_se_lit() -> None:
    paca, val_de_marne = (read_demarche(FOURNIES / nom) for nom in ("paca.toml", "val-de-marne.toml"))
    assert paca.territoires.niveaux == ("region", "departement", "zone_emploi")
    assert paca.dire("Les stagiaires") == "Les stagiaires"
    assert val_de_marne.territoires.racine == "94"
    assert val_de_marne.delais.reponse == 30


@pytest.mark.parametrize(
    ("avant", "apres", "phrase"),
    [
        ("titre = ", "titre = = ", "ne se lit pas"),
        ('titre = "Le RSA, parlons-en"', "", "il manque « titre »"),
        ('titre = "Le RSA, parlons-en"', "titre = 3", "titre doit être un texte"),
        ("reponse = 30", 'reponse = "30"', "reponse doit être un nombre entier"),
        ("reponse = 30", "reponse = true", "reponse doit être un nombre entier"),
        ("reponse = 30", "reponse = 0", "au moins un jour"),
        ("reponse = 30", "reponse = 30\nreponce = 3", "« reponce » n’est pas un réglage connu"),
        ('["departement", "commune"]', '["commune", "departement"]', "du plus grand au plus petit"),
        ('["departement", "commune"]', '["quartier"]', "du plus grand au plus petit"),
        ('["departement", "commune"]', "[]", "niveaux doit être"),
        ('"Europe/Paris"', '"Europe/Créteil"', "fuseau « Europe/Créteil » inconnu"),
        ('jours_feries = "FR"', 'jours_feries = "FRANCE"', "jours_feries « FRANCE » inconnu"),
        ('jours_feries = "FR"', 'jours_feries = "FR-PACA"', "jours_feries « FR-PACA » inconnu"),
        ('jours_feries = "FR"', 'jours_feries = ""', "jours_feries «\u202f\u202f» inconnu"),
        ("ecoute = 1", "", "il manque « ecoute »"),
        ("ecoute = 1", "ecoute = 1\necoutes = 1", "« ecoutes » n’est pas un réglage connu"),
        ("pluie = 30", "", "il manque « pluie »"),
        ("pluie = 30", "pluie = 50", "niveaux va du plus haut au plus bas"),
        ("fenetre = 90", "fenetre = 0", "au moins 1"),
        ("mesures_minimum = 3", "mesures_minimum = 0", "au moins 1"),
        ('code = "logement"', 'code = "transport"', "deux thèmes ont le même code"),
        ('couleur = "#7a1f4b"', 'couleur = "rouge"', "s’écrit #rrggbb"),
        ('couleur = "#7a1f4b"', 'couleur = "#ff9999"', "ne se lit pas assez bien"),
        ('couleur = "#7a1f4b"\n', "", "vont ensemble"),
        ("[apparence]", '[apparence]\nlogo = "absent.svg"', "à côté de ce fichier"),
        ("cog_communes_val_de_marne.csv", "../communes.csv", "sans dossier"),
    ],
)
def test_une_faute_dans_le_fichier_se_dit_en_une_phrase(
    tmp_path: Path, avant: str, apres: str, phrase: str
) -> None:
    with pytest.raises(ConfigDangereuse, match=phrase):
        read_demarche(_ecrire(tmp_path, (avant, apres)))


@pytest.mark.parametrize(
    ("ici", "la_bas"),
    [
        ("Un organisme de formation", "Un espace d’insertion"),
        ("Organismes de formation", "Espaces d’insertion"),
        ("Les délégué·es des stagiaires", "Les représentant·es des bénéficiaires"),
        ("%(num)s promotion de %(promotion)s", "%(num)s commission de %(promotion)s"),
        ('<a class="promotion">promotion</a>', '<a class="promotion">commission</a>'),
        ("Ce que l’information dit, sans transformation", "Ce que l’information dit, sans transformation"),
    ],
)
def test_le_site_parle_comme_la_demarche(ici: str, la_bas: str) -> None:
    assert read_demarche(FOURNIES / "val-de-marne.toml").dire(ici) == la_bas


@pytest.mark.usefixtures("celle_du_val_de_marne")
def test_une_instance_ne_change_pas_de_territoire(app: Flask) -> None:
    assert get_demarche().territoires.racine == "94"
    with pytest.raises(DonneeInvalide, match="Cette instance est celle de Provence"):
        initialiser()


def test_les_communes_sont_les_territoires(app: Flask, tmp_path: Path) -> None:
    """A démarche with its own file of communes and a logo: each commune is a territoire."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "mes-communes.csv").write_text(
        "code_insee,nom,code_departement,code_region,codes_postaux,population\n"
        "94028,Créteil,94,11,94000,93000\n94081,Vitry-sur-Seine,94,11,94400,96000\n"
        "75056,Paris,75,11,75001,2100000\n",
        "utf-8",
    )
    (tmp_path / "source" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    fichier = _ecrire(
        tmp_path / "source",
        ("cog_communes_val_de_marne.csv", "mes-communes.csv"),
        ("[apparence]", '[apparence]\nlogo = "logo.svg"'),
    )
    adopt(fichier, tmp_path)
    try:
        assert {chemin.name for chemin in (tmp_path / DOSSIER).iterdir()} == {
            "demarche.toml",
            "mes-communes.csv",
            "logo.svg",
        }
        for table in (Commune, Territoire):
            db.session.query(table).delete()
        db.session.commit()
        initialiser()
        niveaux = {t.code: (t.niveau, t.parent_code) for t in db.session.query(Territoire)}
        commune = (Niveau.COMMUNE, "94")
        assert niveaux == {"94": (Niveau.DEPARTEMENT, None), "94028": commune, "94081": commune}
        assert db.session.get_one(Commune, "94028").territoire.nom == "Créteil"
    finally:
        choose(Path(app.instance_path))
        for table in (Commune, Territoire, Theme):
            db.session.query(table).delete()
        db.session.commit()
        initialiser()


def test_les_delais_que_disent_les_pages_sont_les_siens(
    app: Flask, monde: Monde, as_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paca = (FOURNIES / "paca.toml").read_text("utf-8")
    paca = paca.replace("decision_reouverture = 5", "decision_reouverture = 1")
    (tmp_path / "presses.toml").write_text(paca.replace("\nreouverture = 10", "\nreouverture = 7"), "utf-8")
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}"
    adopt(tmp_path / "presses.toml", tmp_path)
    try:
        monkeypatch.setitem(app.jinja_env.globals, "demarche", get_demarche())
        assert "due dans 7 jours ouvrés" in as_(monde.agent).get(f"{adresse}/reouverture").text
        samira = as_(monde.samira)
        assert "a 1 jour ouvré pour" in samira.get(f"{adresse}/demande-de-reouverture").text
        samira.poster(f"{adresse}/demande-de-reouverture", texte="Le car arrive toujours trop tard.")
        assert "sous 1 jour ouvré." in samira.get(f"/fiches/{monde.fiche.id}").text
    finally:
        choose(Path(app.instance_path))


def test_la_demarche_connait_les_mesures_et_les_temps() -> None:
    assert list(mesures.Mesure) == list(Mesures)
    assert list(mesures.Niveau) == [*Seuils, "orage", "brouillard"]


def test_un_pictogramme_inconnu_arrete_le_demarrage(app: Flask, tmp_path: Path) -> None:
    """The drawings stand in the templates: the file alone cannot be checked against them."""
    fichier = _ecrire(tmp_path, ('pictogramme = "remuneration"', 'pictogramme = "billets"'))
    dessins = app.jinja_env.get_template("components/dessins.html").module.THEMES  # type: ignore[attr-defined]
    with pytest.raises(ConfigDangereuse, match=r"pictogramme «.billets.» inconnu"):
        check_pictograms(read_demarche(fichier), dessins)


def test_chaque_demarche_fournie_a_un_theme_autre() -> None:
    """A delegate whose problem has no thème is not stopped: an animateur chooses the owner."""
    for nom in ("paca.toml", "val-de-marne.toml"):
        assert read_demarche(FOURNIES / nom).themes[-1].libelle == "Autre"
