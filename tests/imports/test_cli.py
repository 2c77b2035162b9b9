"""The commands that load the directory of an instance."""

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import make_acteur, make_compte, make_promotion
from mse.annuaire.cli import COMMANDS as ANNUAIRE
from mse.annuaire.models import Acteur, Nature
from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import verify_mot_de_passe
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.extensions import db
from mse.imports.cli import COMMANDS as IMPORTS
from mse.journal.models import LigneJournal
from mse.representation.cli import COMMANDS as REPRESENTATION
from mse.representation.models import Promotion, RoleMandat
from mse.representation.policies import roles_de

DONNEES = Path(__file__).parent.parent / "donnees"
MOT_DE_PASSE = "quatre girafes mangent un piano"


def lancer(commande: str, *arguments: Any, entree: str | None = None) -> Result:
    [trouvee] = [c for c in (*ANNUAIRE, *IMPORTS, *REPRESENTATION) if c.name == commande]
    result = CliRunner().invoke(trouvee, [str(a) for a in arguments], input=entree)
    if isinstance(result.exception, DonneeInvalide):
        raise result.exception
    return result


def test_l_import_rend_compte_ligne_par_ligne(app: Flask) -> None:
    result = lancer("importer-organismes", DONNEES / "organismes_fictifs_format_dgefp.csv")
    lignes = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lignes[0] == "ligne 2 : créé, ATELIER DES MÉTIERS DU VIEUX-PORT (00090001900019)"
    assert lignes[-1] == (
        "40 lignes lues : 40 créés, 0 mis à jour, 0 inchangé, 0 refusé, "
        "0 hors du territoire ; 0 sans département."
    )
    assert len(lignes) == 41


def test_un_essai_dit_tout_et_ne_garde_rien(app: Flask, tmp_path: Path) -> None:
    """A dry run prints the same result as the import, and writes nothing, not even to the journal."""
    fichier = DONNEES / "organismes_fictifs_format_dgefp.csv"
    rapport = tmp_path / "rapport.csv"
    essai = lancer("importer-organismes", fichier, "--essai", "--rapport", rapport)
    assert "40 créés" in essai.stdout
    assert essai.stdout.endswith("C’était un essai : rien n’a été gardé.\n")
    assert count(Acteur) == count(LigneJournal) == 0
    assert lancer("importer-organismes", fichier).stdout.splitlines()[:-1] == essai.stdout.splitlines()[:-1]
    assert count(Acteur) == 40
    encore = lancer("importer-organismes", fichier, "--essai")
    assert "40 inchangés" in encore.stdout


def test_le_rapport_s_ouvre_dans_un_tableur(app: Flask, tmp_path: Path) -> None:
    liste, rapport = tmp_path / "liste.csv", tmp_path / "rapport.csv"
    liste.write_text("siretEtablissementDeclarant;denomination\n1;=LAVANDE()\n", "utf-8")
    lancer("importer-organismes", liste, "--rapport", rapport)
    titres, ligne = csv.reader(rapport.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert titres == ["Ligne", "Résultat", "Organisme", "SIRET", "Remarques"]
    assert ligne[:4] == ["2", "refusé", "'=LAVANDE()", ""]
    assert ligne[4]


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_un_fichier_lu_rend_0_meme_si_tout_est_refuse(app: Flask, tmp_path: Path) -> None:
    chemin = tmp_path / "liste.csv"
    chemin.write_text("siretEtablissementDeclarant;denomination\n1;LAVANDE\n", "utf-8")
    result = lancer("importer-organismes", chemin)
    assert result.exit_code == 0
    assert "refusé, LAVANDE" in result.stdout


@pytest.mark.parametrize("contenu", [None, "nom;ville\n"])
def test_un_autre_fichier_rend_2_et_une_phrase(app: Flask, tmp_path: Path, contenu: str | None) -> None:
    chemin = tmp_path / "autre.csv"
    if contenu is not None:
        chemin.write_text(contenu, "utf-8")
    result = lancer("importer-organismes", chemin)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_une_instance_se_remplit_commande_par_commande(app: Flask) -> None:
    assert lancer("initialiser").exit_code == 0
    lancer("creer-acteur", "--nature", "service", "--nom", "Cars", "--territoire", "13")
    lancer(
        "creer-acteur",
        "--nature",
        "organisme",
        "--nom",
        "Lavande",
        "--commune",
        "13055",
        "--siret",
        "00090001900019",
    )
    cars, lavande = db.session.query(Acteur).order_by(Acteur.id)
    lancer("creer-competence", "--acteur", cars.id, "--theme", "transport", "--territoire", "13")
    lancer(
        "creer-promotion",
        "--organisme",
        lavande.id,
        "--titre",
        "Soudeur",
        "--commune",
        "13055",
        "--debut",
        f"{today() - timedelta(days=30):%d/%m/%Y}",
        "--fin",
        f"{today() + timedelta(days=300)}",
        "--effectif",
        12,
    )
    promotion = db.session.query(Promotion).one()
    result = lancer(
        "creer-compte",
        "--prenom",
        "Samira",
        "--nom",
        "Fictif",
        "--courriel",
        "samira@exemple.fr",
        "--delegue-de",
        promotion.id,
        "--suppleant",
        "--agent-de",
        cars.id,
        "--referent-de",
        lavande.id,
        "--mot-de-passe-stdin",
        entree=MOT_DE_PASSE + "\n",
    )
    assert result.exit_code == 0, result.output
    samira = db.session.query(Compte).one()
    assert verify_mot_de_passe(samira.mot_de_passe, MOT_DE_PASSE)
    roles = roles_de(samira)
    assert roles.agent_de == {cars.id, lavande.id}
    assert roles.referent_de == {lavande.id}
    assert roles.promotions == {promotion.id}
    assert promotion.mandats[0].role == RoleMandat.SUPPLEANT
    assert cars.competences[0].territoire_code == "13"


def test_un_role_impossible_ne_laisse_pas_de_compte(app: Flask) -> None:
    lavande = make_acteur("Lavande", Nature.ORGANISME)
    hier = today() - timedelta(days=1)
    finie = make_promotion(lavande, debut=hier, fin=hier)
    with pytest.raises(DonneeInvalide, match="terminée"):
        lancer(
            "creer-compte",
            "--prenom",
            "Samira",
            "--nom",
            "Fictif",
            "--courriel",
            "samira@exemple.fr",
            "--agent-de",
            lavande.id,
            "--delegue-de",
            finie.id,
            "--mot-de-passe-stdin",
            entree=MOT_DE_PASSE,
        )
    assert db.session.query(Compte).count() == 0
    assert not lavande.a_un_agent


def test_un_compte_qui_existe_recoit_ses_roles(app: Flask) -> None:
    samira, lavande = make_compte("Samira"), make_acteur("Lavande", Nature.ORGANISME)
    promotion = make_promotion(lavande)
    assert lancer("creer-mandat", "--courriel", samira.courriel, "--promotion", promotion.id).exit_code == 0
    assert (
        lancer("creer-appartenance", "--courriel", samira.courriel.upper(), "--acteur", lavande.id).exit_code
        == 0
    )
    assert (roles_de(samira).promotions, roles_de(samira).agent_de) == ({promotion.id}, {lavande.id})


@pytest.mark.parametrize(
    ("commande", "arguments"),
    [
        ("creer-competence", ["--acteur", 404]),
        ("creer-appartenance", ["--courriel", "personne@exemple.fr", "--acteur", 1]),
        ("creer-mandat", ["--courriel", "personne@exemple.fr", "--promotion", 1]),
        ("creer-compte", ["--prenom", "A", "--nom", "B", "--courriel", "a@exemple.fr", "--delegue-de", 404]),
    ],
)
def test_ce_qui_n_existe_pas_est_dit(app: Flask, commande: str, arguments: list[Any]) -> None:
    with pytest.raises(DonneeInvalide, match=r"n’existe pas|Il n’y a pas de compte"):
        lancer(commande, *arguments)


def test_un_accent_devant_l_arobase_est_refuse_en_ligne_de_commande(app: Flask) -> None:
    champs = ["--nature", "service", "--nom", "Cars", "--courriel", "hélène@exemple.fr"]
    with pytest.raises(DonneeInvalide, match="ni accent ni lettre spéciale"):
        lancer("creer-acteur", *champs)
