"""Texts that are public at once: insults are always refused, contact details in the texts of délégué·es."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from devtools.factories import LONGUE, Monde, make_initiative
from mse.avis.use_cases import demander_reouverture, refuser_reouverture
from mse.core import html
from mse.extensions import db
from mse.fiches.use_cases.traiter import regler_saisine, repondre_saisine

INSULTE = f"Ces gros abrutis ne répondent pas. {LONGUE}"
NUMERO = f"Appelez le 06 12 34 56 78. {LONGUE}"
Geste = tuple[Any, str, dict[str, Any], str]  # compte, URL, other fields, name of the text field


def _saisine(monde: Monde, suite: str, par: str = "agent", **champs: Any) -> Geste:
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/{suite}"
    return getattr(monde, par), url, champs, "texte"


def _repondue(monde: Monde, suite: str, par: str, **champs: Any) -> Geste:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    return _saisine(monde, suite, par, **champs)


def _avis(monde: Monde) -> Geste:
    par, url, champs, _champ = _repondue(monde, "avis", "samira", valeur="non")
    return par, url, champs, "commentaire"


def _rouvrir(monde: Monde) -> Geste:
    regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    return _saisine(monde, "reouverture")


def _decider(monde: Monde) -> Geste:
    geste = _repondue(monde, "decision", "agent", decision="refuser")
    demander_reouverture(monde.saisine, LONGUE, par=monde.karim)
    return geste


def _contester(monde: Monde) -> Geste:
    geste = _repondue(monde, "contestation", "karim")
    demander_reouverture(monde.saisine, LONGUE, par=monde.karim)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)
    return geste


def _initiative(monde: Monde, suite: str, champ: str, **champs: Any) -> Geste:
    initiative = make_initiative(monde.promotion, monde.samira)
    return monde.samira, f"/initiatives/{initiative.id}/{suite}", champs, champ


def _modifier(monde: Monde, champ: str) -> Geste:
    textes = {"titre": "Un guide", "description": LONGUE, "besoins": "", "theme_code": "transport"}
    return _initiative(monde, "modifier", champ, **textes)


def _bulletin(monde: Monde, champ: str) -> Geste:
    textes = {"titre": "Mars", "texte": LONGUE, "jour": "2026-03-01"}
    return monde.animatrice, "/meteo/bulletins/nouveau", textes, champ


# Written for a promotion: contact details are refused too.
PAROLES: dict[str, Callable[[Monde], Geste]] = {
    "précision": lambda m: (m.samira, f"/fiches/{m.fiche.id}/precision", {}, "texte"),
    "plus d’actualité": lambda m: (m.samira, f"/fiches/{m.fiche.id}/plus-d-actualite", {}, "texte"),
    "avis": _avis,
    "demande": lambda m: _repondue(m, "demande-de-reouverture", "karim"),
    "contestation": _contester,
    "titre d’initiative": lambda m: _modifier(m, "titre"),
    "description": lambda m: _modifier(m, "description"),
    "besoins": lambda m: _modifier(m, "besoins"),
    "nouvelle": lambda m: _initiative(m, "nouvelles", "texte"),
    "avancement": lambda m: _initiative(m, "avancement/lancer", "mot"),
}
# Written by a service or an animateur, who may give contact details.
REPONSES: dict[str, Callable[[Monde], Geste]] = {
    "étape": lambda m: _saisine(m, "etape"),
    "réponse": lambda m: _saisine(m, "reponse"),
    "règlement": lambda m: _saisine(m, "reglement"),
    "abandon": lambda m: _saisine(m, "abandon"),
    "réouverture": _rouvrir,
    "décision": _decider,
    "transfert": lambda m: _saisine(m, "transfert", "animatrice", acteur_id=m.remuneration.id),
    "titre de bulletin": lambda m: _bulletin(m, "titre"),
    "bulletin": lambda m: _bulletin(m, "texte"),
}


@pytest.mark.parametrize("quoi", [*PAROLES, *REPONSES])
def test_une_injure_est_montree_a_qui_l_a_ecrite(monde: Monde, as_: Any, quoi: str) -> None:
    """The message stands beside the field, not in a banner, and quotes the insult."""
    par, url, champs, champ = (PAROLES | REPONSES)[quoi](monde)
    texte = INSULTE[:100] if champ == "titre" else INSULTE
    refus = as_(par).poster(url, **{**champs, champ: texte})
    assert refus.status_code == 422
    assert "«\u202fCes gros abrutis\u202f»" in refus.text
    assert "ne répondent pas" in refus.text
    assert 'class="message erreur"' not in refus.text


@pytest.mark.parametrize("quoi", PAROLES)
def test_un_numero_est_montre_a_qui_l_a_ecrit(monde: Monde, as_: Any, quoi: str) -> None:
    par, url, champs, champ = PAROLES[quoi](monde)
    texte = NUMERO[:100] if champ == "titre" else NUMERO
    refus = as_(par).poster(url, **{**champs, champ: texte})
    assert refus.status_code == 422
    assert "«\u202f06 12 34 56 78\u202f»" in refus.text


@pytest.mark.parametrize("quoi", ["étape", "réponse", "bulletin"])
def test_un_service_dit_comment_le_joindre(monde: Monde, as_: Any, quoi: str) -> None:
    par, url, champs, champ = REPONSES[quoi](monde)
    assert as_(par).poster(url, **{**champs, champ: NUMERO}).status_code == 303


def test_personne_n_attend_pendant_qu_un_texte_est_nettoye(
    app: Flask, monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sanitising holds no write lock: another connection can write meanwhile, also on SQLite."""
    autre = create_engine(db.engine.url, connect_args={"timeout": 0} if db.engine.name == "sqlite" else {})
    ecrits, to_html = [], html._to_html

    def write_meanwhile(texte: str) -> str:
        with autre.begin() as connexion:
            connexion.execute(text("UPDATE themes SET libelle = libelle"))
        ecrits.append(texte)
        return to_html(texte)

    monkeypatch.setattr(html, "_to_html", write_meanwhile)
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    assert as_(monde.agent).poster(url, texte=LONGUE).status_code == 303
    autre.dispose()
    assert ecrits == [LONGUE.strip()]
