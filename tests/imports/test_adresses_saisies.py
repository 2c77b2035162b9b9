"""Every form where a person types another person's e-mail address refuses an undeliverable one."""

from typing import Any
from uuid import uuid4

import pytest

from devtools.factories import Monde, make_agent, make_promotion
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.extensions import db
from mse.imports.lecture_tableau import read_tableau
from mse.imports.use_cases.importer_personnes import COLONNES, importer_personnes

ACCENT, COLLEE = "hélène@exemple.fr", "\u200bNora <mailto:Nora@exemple.fr>\u00a0"
PERSONNE = {"prenom": "Nora", "nom": "Fictive"}


def formulaires(monde: Monde) -> dict[str, tuple[Compte, str, dict[str, str], str]]:
    """For each page: the compte that sends, the URL, the fields, the name of the address field."""
    ines, promotion = (
        make_agent(monde.lavande, "Ines", referent=True),
        make_promotion(monde.lavande, "Soudeur"),
    )
    elue = {"cle": str(uuid4()), "le": today().isoformat(), "tour": "1"}
    elue |= {"titulaire_prenom": "Nora", "titulaire_nom": "Fictive"}
    return {
        "agent": (monde.referent, f"/acteurs/{monde.transports.id}/agents/nouveau", PERSONNE, "courriel"),
        "membre": (monde.admin, "/comptes/nouveau", {**PERSONNE, "role": "animation"}, "courriel"),
        "election": (ines, f"/promotions/{promotion.id}/election/resultat", elue, "titulaire_courriel"),
    }


@pytest.mark.parametrize("page", ["agent", "membre", "election"])
def test_un_accent_devant_l_arobase_est_refuse_a_la_saisie(monde: Monde, as_: Any, page: str) -> None:
    par, url, champs, champ = formulaires(monde)[page]
    reponse = as_(par).poster(url, **champs, **{champ: ACCENT})
    assert reponse.status_code == 422
    assert "ni accent ni lettre spéciale" in reponse.text
    assert f'value="{ACCENT}"' in reponse.text


def test_la_faute_dit_de_quelle_personne_elue_est_l_adresse(monde: Monde, as_: Any) -> None:
    par, url, champs, champ = formulaires(monde)["election"]
    elue = {champ: "nora@exemple.fr", "suppleant_prenom": "Yann", "suppleant_nom": "Fictif"}
    page = as_(par).poster(url, **champs, **elue, suppleant_courriel=ACCENT).text
    assert '<a href="#suppleant_courriel">Adresse de la personne suppléante' in page


@pytest.mark.parametrize("page", ["agent", "membre", "election"])
def test_une_adresse_collee_est_nettoyee_a_la_saisie(monde: Monde, as_: Any, page: str) -> None:
    par, url, champs, champ = formulaires(monde)[page]
    assert as_(par).poster(url, **champs, **{champ: COLLEE}).status_code == 303
    assert db.session.query(Compte).filter_by(courriel="nora@exemple.fr").count() == 1


def test_un_import_dit_l_accent_et_nettoie_ce_qui_est_colle(monde: Monde) -> None:
    lignes = [f"Nora;Fictive;{adresse};agent;{monde.transports.nom}" for adresse in (ACCENT, COLLEE)]
    texte = "\n".join(["prénom;nom;courriel;rôle;acteur", *lignes])
    premiere, seconde = importer_personnes(read_tableau(texte, COLONNES), par=monde.admin).lignes
    assert "ni accent ni lettre spéciale" in premiere.phrase
    assert seconde.issue == "cree"
