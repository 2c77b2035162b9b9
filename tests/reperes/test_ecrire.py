"""Write a repère from an answer, publish it, write a new version."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import Monde, hidden_fields
from mse.core.clock import today
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.reperes.models import Portee, Repere, RepereFiche, VersionRepere
from mse.reperes.queries.lieux import list_lignee
from mse.reperes.use_cases.ecrire import (
    creer_repere,
    ecrire_repere,
    modifier_repere,
    publier_repere,
    supprimer_repere,
)
from mse.reperes.workflow import StatutRepere
from tests.reperes.reperes import MOTIF, TEXTE, champs, contenu, make_brouillon, make_repere, repondue


def test_une_agente_fait_un_repere_de_sa_reponse(monde: Monde, as_: Any) -> None:
    saisine, ada = repondue(monde), as_(monde.agent)
    depart = f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/repere"
    assert depart in ada.get(f"/fiches/{saisine.fiche_id}").text
    page = ada.get(depart).text
    assert saisine.fiche.titre in page
    relecture = ada.poster(depart, **champs(contenu())).location
    assert "Rien n’est encore publié" in ada.get(relecture).text
    publie = ada.poster(relecture).location
    public = as_(None).get(publie).text
    assert TEXTE in public
    assert "En vigueur" in public
    assert publie in as_(None).get(f"/fiches/{saisine.fiche_id}").text
    assert publie in as_(None).get("/reperes").text
    assert ada.get(depart).location == publie


def test_qui_peut_promouvoir(monde: Monde) -> None:
    saisine = repondue(monde)
    for compte in (monde.samira, monde.autre_agent, monde.admin):
        with pytest.raises(Interdit):
            creer_repere(saisine, contenu(), cle="c", par=compte)
    assert creer_repere(saisine, contenu(), cle="c", par=monde.animatrice).acteur_id is None


def test_une_fiche_sans_reponse_ne_fait_pas_de_repere(monde: Monde, as_: Any) -> None:
    page = as_(monde.agent).get(f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/repere")
    assert page.status_code == 409
    with pytest.raises(TransitionInterdite):
        creer_repere(monde.saisine, contenu(), cle="c", par=monde.agent)


def test_trois_clics_font_un_repere(monde: Monde) -> None:
    saisine = repondue(monde)
    trois = [creer_repere(saisine, contenu(), cle="c", par=monde.agent) for _ in range(3)]
    assert len({un.id for un in trois}) == 1
    with pytest.raises(Conflit, match="déjà tiré"):
        creer_repere(saisine, contenu(), cle="autre", par=monde.referent)
    for _ in range(3):
        publier_repere(trois[0], par=monde.agent)
    for _ in range(3):
        modifier_repere(trois[0], contenu(titre="Autre titre"), MOTIF, par=monde.agent)
    assert trois[0].numero == 2
    assert len(db.session.scalars(select(VersionRepere)).all()) == 1


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"texte": "x" * 20_001}, "texte"),
        ({"texte": "court"}, "texte"),
        ({"titre": " "}, "titre"),
        ({"base": ""}, "base"),
        ({"base_lien": "javascript:alert(1)"}, "base_lien"),
        ({"base_lien": "https://"}, "base_lien"),
        ({"base_lien": "http://[::x]/"}, "base_lien"),
        ({"territoires": ("13001",)}, "territoires"),
        ({"territoires": ()}, "territoires"),
        ({"themes": ("meteo",)}, "themes"),
        ({"themes": ()}, "themes"),
        ({"valable_du": None}, "valable_du"),
    ],
)
def test_ce_qui_ne_va_pas_a_une_phrase(monde: Monde, change: dict[str, Any], champ: str) -> None:
    repere = make_repere(monde)
    with pytest.raises(DonneeInvalide) as refus:
        modifier_repere(repere, contenu(**change), MOTIF, par=monde.agent)
    assert refus.value.champ == champ
    db.session.expire_all()
    assert repere.texte == TEXTE


@pytest.mark.parametrize("jours", [-1, 0, 4000])
def test_une_revue_se_fait_dans_les_trois_ans(monde: Monde, jours: int) -> None:
    with pytest.raises(DonneeInvalide):
        make_repere(monde, a_revoir_le=today() + timedelta(days=jours))


def test_le_formulaire_refuse_et_garde_le_texte(monde: Monde, as_: Any) -> None:
    repere, ada = make_repere(monde), as_(monde.agent)
    envoi = contenu(texte="Un texte tout neuf, que personne ne perd.", territoires=("13001",))
    page = ada.poster(f"/reperes/{repere.id}/modification", **champs(envoi, motif=MOTIF, apercu="1"))
    assert page.status_code == 422
    assert "un code postal n’en est pas un" in page.text
    assert "Un texte tout neuf" in page.text


def test_une_nouvelle_version_garde_l_ancienne(monde: Monde, as_: Any) -> None:
    repere, ada = make_repere(monde), as_(monde.agent)
    page = f"/reperes/{repere.id}/modification"
    envoi = champs(contenu(texte="La carte est rendue à la fin du stage."), motif=MOTIF)
    apercu = ada.poster(page, **envoi, apercu="1")
    assert apercu.status_code == 200
    assert "version 2" in apercu.text
    assert "Publier cette version" in apercu.text
    db.session.expire_all()
    assert repere.numero == 1
    corrige = ada.poster(page, **envoi, corriger="1")
    assert "La carte est rendue" in corrige.text
    assert ada.poster(page, **envoi).status_code == 303
    public = as_(None).get(f"/reperes/{repere.id}").text
    assert "La carte est rendue" in public
    assert TEXTE in public
    assert MOTIF in public


def test_deux_agents_a_la_fois(monde: Monde, as_: Any) -> None:
    repere, ada = make_repere(monde), as_(monde.agent)
    lue = repere.version
    modifier_repere(repere, contenu(titre="Le sien"), MOTIF, par=monde.referent)
    envoi = champs(contenu(titre="Le mien"), motif=MOTIF, version=lue)
    page = ada.post(f"/reperes/{repere.id}/modification", data={**_token(ada), **envoi})
    assert page.status_code == 409
    assert "Entre-temps" in page.text
    assert "Le mien" in page.text
    db.session.expire_all()
    assert repere.titre == "Le sien"


def _token(browser: Any) -> dict[str, str]:
    cachees = hidden_fields(browser.get("/affichage").text)
    return {"csrf_token": cachees["csrf_token"]}


def test_un_brouillon_peut_etre_incomplet(monde: Monde, as_: Any) -> None:
    saisine, ada = repondue(monde), as_(monde.agent)
    depart = f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/repere"
    envoi = champs(contenu(texte="", base="", base_lien=None, themes=(), territoires=(), valable_du=None))
    assert ada.poster(depart, **envoi, plus_tard="1").location == "/mon-espace"
    repere = db.session.scalars(select(Repere)).one()
    assert "Repères en brouillon" in ada.get("/mon-espace").text
    page = ada.get(f"/reperes/{repere.id}/publication")
    assert "Il reste à compléter" in page.text
    assert ada.poster(f"/reperes/{repere.id}/publication").status_code == 422
    db.session.expire_all()
    assert repere.est_brouillon


def test_un_brouillon_se_change_et_se_supprime(monde: Monde, as_: Any) -> None:
    repere, ada = make_brouillon(monde), as_(monde.agent)
    page = f"/reperes/{repere.id}"
    ecrire_repere(repere, contenu(titre="Mieux dit"), par=monde.referent)
    assert repere.titre == "Mieux dit"
    assert ada.poster(f"{page}/suppression").location == "/mon-espace"
    assert ada.get(page).status_code == 404
    publie = make_repere(monde)
    with pytest.raises(TransitionInterdite):
        supprimer_repere(publie, par=monde.agent)


def test_les_valeurs_derivees_se_recalculent(monde: Monde) -> None:
    repere = make_repere(monde, territoires=("13", "84"), themes=("transport", "remuneration"))
    modifier_repere(repere, contenu(territoires=("13",), themes=("remuneration",)), MOTIF, par=monde.agent)
    portees = {(p.theme_code, p.territoire_code, p.est_ici) for p in db.session.scalars(select(Portee))}
    assert portees == {
        (theme, lieu, lieu == "13") for theme in (None, "remuneration") for lieu in list_lignee("13")
    }
    [lien] = db.session.scalars(select(RepereFiche))
    db.session.expire_all()
    assert lien.fiche.nombre_reperes == 1
    assert repere.statut == StatutRepere.PUBLIE
