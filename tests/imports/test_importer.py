"""`mse importer-organismes`: the national list, with the defects of the real file."""

from pathlib import Path

import pytest
from flask import Flask

from mse.annuaire.models import Acteur, Nature
from mse.core.errors import DonneeInvalide
from mse.extensions import db
from mse.imports.bilan import Issue
from mse.imports.lecture_organismes import FichierInconnu
from mse.imports.use_cases import importer_organismes as module
from mse.imports.use_cases.importer_organismes import importer_organismes
from mse.journal.models import LigneJournal
from tests.imports.liste_organismes import A_BIS, ENTETE, A, B, C, Chargeur, acteur, codes, issues, ligne

DONNEES = Path(__file__).parent.parent / "donnees"


# ---------------------------------------------------------------- whole files


def test_le_fichier_fictif_entre_tout_entier_puis_ne_change_plus(app: Flask) -> None:
    chemin = DONNEES / "organismes_fictifs_format_dgefp.csv"
    bilans = list(importer_organismes(chemin))
    assert issues(bilans) == ["cree"] * 40
    assert [b.numero for b in bilans] == list(range(2, 42))
    assert not any(b.remarques for b in bilans)
    assert (acteur(A).nom, acteur(A).declaration) == ("ATELIER DES MÉTIERS DU VIEUX-PORT", "93139000010")
    assert acteur(A).adresse == "1 PLACE DE LA DEMONSTRATION, 13001 MARSEILLE"
    assert codes(A) == ("13055", "13-9312")
    assert db.session.query(LigneJournal).filter_by(action="acteur_cree").count() == 40

    assert issues(list(importer_organismes(chemin))) == ["inchange"] * 40
    assert db.session.query(LigneJournal).filter_by(objet="acteur").count() == 40


@pytest.mark.parametrize("autre", ["organismes_fictifs_format_ods.csv", "organismes_fictifs_format_2017.csv"])
def test_les_autres_generations_disent_la_meme_chose(app: Flask, autre: str) -> None:
    """BOM, CRLF, lost zeros, Windows-1252, column names with a space, SIRET in two columns."""
    list(importer_organismes(DONNEES / "organismes_fictifs_format_dgefp.csv"))
    assert set(issues(list(importer_organismes(DONNEES / autre)))) == {"inchange"}


@pytest.mark.parametrize(
    "contenu",
    [
        "",
        "\n\n",
        "nom;ville\nLAVANDE;MARSEILLE\n",
        "siren;denomination\n000900019;LAVANDE\n",
        '{"siret": 1}',
        "\x00\xff\xfe" * 50,
    ],
)
def test_un_autre_fichier_est_refuse_d_une_phrase(app: Flask, tmp_path: Path, contenu: str) -> None:
    chemin = tmp_path / "autre.csv"
    chemin.write_text(contenu, "utf-8")
    with pytest.raises(FichierInconnu, match=r"SIRET|fichier de texte"):
        list(importer_organismes(chemin))


def test_une_instance_sans_territoires_le_dit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "list_territoires", lambda: [])
    with pytest.raises(DonneeInvalide, match="mse initialiser"):
        list(importer_organismes(DONNEES / "organismes_fictifs_format_dgefp.csv"))


# ---------------------------------------------------------------- lines


def test_une_mauvaise_ligne_n_arrete_pas_les_autres(charger: Chargeur) -> None:
    bilans = charger(
        ligne(A),
        ligne("00090001900018"),
        ligne(""),
        ligne("1.9E+13"),
        ligne("0" * 14),
        "n’importe quoi",
        "",
        ligne(B),
    )
    assert issues(bilans) == ["cree", "refuse", "refuse", "refuse", "refuse", "refuse", "cree"]
    assert [b.numero for b in bilans] == [2, 3, 4, 5, 6, 7, 9]  # an empty line is not reported
    assert "non valable" in bilans[1].remarques[0]
    assert "pas de SIRET" in bilans[2].remarques[0]


def test_un_siret_suffit(charger: Chargeur) -> None:
    [bilan] = charger(f";;;{A};;;;;")
    assert bilan.issue == Issue.CREE
    assert acteur(A).nom == f"Organisme {A}"
    assert acteur(A).territoire_code is None


def test_les_espaces_du_siret_et_ceux_de_la_poste_sont_lus(charger: Chargeur) -> None:
    assert issues(charger(ligne("000 900 019 00019"), ligne("35600000049837"))) == ["cree", "cree"]
    assert acteur("35600000049837").nom == "LAVANDE"


def test_meme_siren_deux_acteurs_meme_siret_un_seul(charger: Chargeur) -> None:
    bilans = charger(ligne(A), ligne(A_BIS), ligne(A, "AUTRE NOM"))
    assert issues(bilans) == ["cree", "cree", "refuse"]
    assert "ligne 2" in bilans[2].remarques[0]
    assert acteur(A).nom == "LAVANDE"


def test_un_nic_seul_se_joint_a_son_siren(charger: Chargeur) -> None:
    charger(f";LAVANDE;{A[:9]};19;;13001;MARSEILLE;93;")
    assert acteur(A).nom == "LAVANDE"


def test_un_guillemet_jamais_referme_ne_gate_que_sa_ligne(charger: Chargeur) -> None:
    bilans = charger(
        ligne(A, '"LAVANDE'), ligne(B), ligne(C, '"LES ""GRANDS"" CHAMPS;\nET FILS"'), ligne(A_BIS)
    )
    assert issues(bilans) == ["refuse", "cree", "cree", "cree"]
    assert [b.numero for b in bilans] == [2, 3, 4, 6]
    assert acteur(C).nom == 'LES "GRANDS" CHAMPS; ET FILS'


@pytest.mark.parametrize("separateur", [",", "\t"])
def test_le_separateur_est_reconnu(charger: Chargeur, separateur: str) -> None:
    bilans = charger(
        ligne(A).replace(";", separateur), entete="\ufeff" + ENTETE.replace(";", separateur), fin="\r\n"
    )
    assert issues(bilans) == ["cree"]
    assert codes(A) == ("13055", "13-9312")


def test_un_octet_windows_ne_gate_pas_les_accents_des_autres(app: Flask, tmp_path: Path) -> None:
    chemin = tmp_path / "liste.csv"
    lignes = [ENTETE.encode(), ligne(A, "ÉCOLE").encode("cp1252"), ligne(B, "MÉTIERS").encode(), b""]
    chemin.write_bytes(b"\n".join(lignes))
    list(importer_organismes(chemin))
    assert (acteur(A).nom, acteur(B).nom) == ("ÉCOLE", "MÉTIERS")


def test_ce_qui_est_trop_long_est_coupe_et_dit(charger: Chargeur) -> None:
    [bilan] = charger(ligne(A, "L" * 500, nda="A" * 30, voie="V" * 900))
    assert bilan.issue == Issue.CREE
    assert len(bilan.remarques) == 3
    assert (len(acteur(A).nom), len(acteur(A).declaration or ""), len(acteur(A).adresse or "")) == (
        200,
        20,
        300,
    )


def test_les_caracteres_de_commande_disparaissent(charger: Chargeur) -> None:
    charger(ligne(A, "LA\x1b[31mVANDE\x00"))
    assert acteur(A).nom == "LA [31mVANDE"


def test_un_refus_de_la_base_ne_touche_qu_une_ligne(
    charger: Chargeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A SIRET created concurrently after the lookup violates the constraint: only its line is refused."""
    charger(ligne(A))
    monkeypatch.setattr(module, "get_acteurs_par_siret", lambda sirets, lock: {})
    assert issues(charger(ligne(B), ligne(A), ligne(C))) == ["cree", "refuse", "cree"]
    assert acteur(C).nom == "LAVANDE"


def test_plus_d_un_lot(charger: Chargeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOT", 2)
    bilans = charger(ligne(A), "x", ligne(B), ligne(A), ligne(C))
    assert [(b.numero, b.issue.value) for b in bilans] == [
        (2, "cree"),
        (3, "refuse"),
        (4, "cree"),
        (5, "refuse"),
        (6, "cree"),
    ]


# ---------------------------------------------------------------- a second import


def test_ce_qui_change_dans_la_liste_est_repris(charger: Chargeur) -> None:
    charger(ligne(A))
    [bilan] = charger(ligne(A, "NOUVEAU NOM", "06000", "NICE", nda="93130000001"))
    assert (bilan.issue, bilan.nom) == (Issue.ACTUALISE, "NOUVEAU NOM")
    assert codes(A) == ("06088", "06-9315")
    assert acteur(A).declaration == "93130000001"
    lignes = db.session.query(LigneJournal).filter_by(action="acteur_actualise").all()
    assert [x.objet_id for x in lignes] == [acteur(A).id]


def test_ce_qu_une_personne_a_corrige_reste(charger: Chargeur) -> None:
    charger(ligne(A))
    organisme = acteur(A)
    organisme.nom, organisme.commune_code = "Lavande Formation", "13001"
    db.session.commit()
    for _again in range(2):
        [bilan] = charger(ligne(A, "LAVANDE SARL", "06000", "NICE", nda="93130000001"))
        assert acteur(A).nom == "Lavande Formation"
        assert codes(A) == ("13001", "13-9312")  # the territoire follows the commune
        assert acteur(A).declaration == "93130000001"
        assert "gardé : nom, commune, territoire" in bilan.remarques[0]
    assert bilan.issue == Issue.INCHANGE


def test_une_valeur_effacee_par_une_personne_reste_effacee(charger: Chargeur) -> None:
    charger(ligne(A, nda="93130000001"))
    acteur(A).declaration = None
    db.session.commit()
    charger(ligne(A, nda="93130000001"))
    assert acteur(A).declaration is None


def test_un_acteur_cree_a_la_main_est_complete_jamais_recrit(charger: Chargeur) -> None:
    db.session.add(Acteur(nature=Nature.ORGANISME, nom="Lavande Formation", siret=A))
    db.session.commit()
    [bilan] = charger(ligne(A))
    assert bilan.issue == Issue.ACTUALISE
    assert acteur(A).nom == "Lavande Formation"
    assert codes(A) == ("13055", "13-9312")


def test_une_cellule_vide_n_efface_rien(charger: Chargeur) -> None:
    charger(ligne(A, nda="93130000001"))
    [bilan] = charger(ligne(A, cp="", ville=""))
    assert bilan.issue == Issue.INCHANGE
    assert (acteur(A).declaration, codes(A)) == ("93130000001", ("13055", "13-9312"))
