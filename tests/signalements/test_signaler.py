"""Whoever reads a page reports it; the animateurs decide once for all reports and explain."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from devtools.factories import Monde, hidden_fields, make_initiative
from mse.core.clock import at, now
from mse.core.errors import Interdit, TransitionInterdite
from mse.extensions import db
from mse.masquage.api import Sujet
from mse.notifications.models import Courriel
from mse.signalements.limites import PAR_DEMANDEUR
from mse.signalements.models import Signalement
from mse.signalements.queries import Cible
from mse.signalements.use_cases import (
    contester_decision,
    decider_signalements,
    oublier_signalements,
    signaler_page,
)
from mse.signalements.workflow import Decision, Raison
from tests.courriels import write_mails

TEXTE = "« Monsieur Durand » : c’est le nom de mon formateur."
MOTIF = "Nous avons masqué ce nom dans toute la page."


def signaler(monde: Monde, *, cle: str = "a" * 36, raison: Raison = Raison.NOM, **autres: Any) -> str:
    valeurs = {"courriel": None, "par": None, "adresse": "192.0.2.1", "secret": "essai", **autres}
    return signaler_page(Cible(Sujet.FICHE, monde.fiche), raison, TEXTE, cle=cle, **valeurs)


def test_un_visiteur_signale_puis_lit_la_decision(monde: Monde, as_: Any) -> None:
    """Without an account: report, note the code, come back on another device, read the decision."""
    visiteur, page = as_(None), f"/fiches/{monde.fiche.id}/signalement"
    assert page in visiteur.get(f"/fiches/{monde.fiche.id}").text
    formulaire = hidden_fields(visiteur.get(page).text)
    envoi = {**formulaire, "raison": "nom", "texte": TEXTE, "courriel": "Nina@Exemple.fr "}
    assert visiteur.post(page, data=envoi).location == "/signalements/suivi"
    recu = visiteur.get("/signalements/suivi").text
    code = recu.split("code-donne")[1].split("<strong>")[1].split("<")[0]
    assert len(code.replace("-", "")) == 26

    animatrice, pages = as_(monde.animatrice), f"/fiches/{monde.fiche.id}/signalements"
    espace = animatrice.get("/mon-espace").text
    assert pages in espace
    assert "1 signalement" in espace
    lue = animatrice.get(pages).text
    assert "Monsieur Durand" in lue
    assert "nina" not in lue.lower()
    decision = {**hidden_fields(lue), "decision": "suivre", "motif": MOTIF}
    assert animatrice.post(pages, data=decision).status_code == 303
    assert pages not in animatrice.get("/mon-espace").text

    ailleurs = as_(None)
    assert TEXTE[2:17] not in ailleurs.get("/signalements/suivi").text
    jeton = hidden_fields(ailleurs.get("/signalements/suivi").text)
    ailleurs.post("/signalements/suivi", data={**jeton, "code": f" {code.lower()} "})
    assert MOTIF in ailleurs.get("/signalements/suivi").text
    write_mails()
    [courriel] = db.session.scalars(select(Courriel).where(Courriel.evenement == "signalement_decide"))
    assert courriel.destinataire == "nina@exemple.fr"
    assert MOTIF in courriel.texte
    assert "Durand" not in courriel.texte


def test_un_mauvais_code_n_ouvre_rien(monde: Monde, as_: Any) -> None:
    signaler(monde)
    visiteur = as_(None)
    jeton = hidden_fields(visiteur.get("/signalements/suivi").text)
    for code in ("", "0" * 26, "x", "é" * 60, "\x00"):
        visiteur.post("/signalements/suivi", data={**jeton, "code": code})
        assert TEXTE[2:17] not in visiteur.get("/signalements/suivi").text


def test_les_signalements_d_une_page_se_lisent_ensemble(monde: Monde, as_: Any) -> None:
    """Danger comes first in «Mon espace». A report that arrives after the page was read stays open."""
    for rang in range(3):
        signaler(monde, cle=str(rang), raison=Raison.DANGER if rang == 2 else Raison.FAUX)
    animatrice, pages = as_(monde.animatrice), f"/fiches/{monde.fiche.id}/signalements"
    espace = animatrice.get("/mon-espace").text
    assert "3 signalements" in espace
    assert "Danger signalé" in espace
    lue = hidden_fields(animatrice.get(pages).text)
    signaler(monde, cle="apres")
    animatrice.post(pages, data={**lue, "decision": "classer", "motif": MOTIF})
    ouverts = [une.est_ouvert for une in db.session.scalars(select(Signalement).order_by(Signalement.id))]
    assert ouverts == [False, False, False, True]


def test_les_animateurs_sont_prevenus_sans_citation(monde: Monde) -> None:
    signaler(monde, raison=Raison.DANGER)
    write_mails()
    [courriel] = db.session.scalars(select(Courriel).where(Courriel.evenement == "page_signalee"))
    assert courriel.destinataire == monde.animatrice.courriel
    assert "Danger" in courriel.sujet
    assert "Durand" not in courriel.texte


def test_contester_une_fois(monde: Monde) -> None:
    """A report that was set aside is read again once; the second decision is final."""
    signaler(monde)
    signalement = db.session.scalars(select(Signalement)).one()
    with pytest.raises(TransitionInterdite):
        contester_decision(signalement, "Ce nom est toujours là.")
    classer(monde)
    db.session.execute(delete(Courriel))
    db.session.commit()
    contester_decision(signalement, "Ce nom est toujours là.")
    contester_decision(signalement, "Ce nom est toujours là.")  # a second click
    assert signalement.est_ouvert
    classer(monde)
    assert not signalement.est_contestable
    with pytest.raises(TransitionInterdite):
        contester_decision(signalement, "Encore une fois, non.")


def classer(monde: Monde) -> None:
    cible = Cible(Sujet.FICHE, monde.fiche)
    decider_signalements(cible, Decision.CLASSER, MOTIF, dernier=None, par=monde.animatrice)


def test_seule_l_equipe_decide(monde: Monde) -> None:
    signaler(monde)
    for personne in (monde.agent, monde.samira, monde.referent, monde.admin):
        with pytest.raises(Interdit):
            decider_signalements(
                Cible(Sujet.FICHE, monde.fiche), Decision.CLASSER, MOTIF, dernier=None, par=personne
            )


def test_un_double_envoi_fait_un_signalement(monde: Monde) -> None:
    assert signaler(monde) == signaler(monde)
    assert len(db.session.scalars(select(Signalement)).all()) == 1


def test_une_salle_entiere_signale_mais_pas_un_robot(monde: Monde, as_: Any) -> None:
    """Beyond the limit of one network the page says how long to wait, and keeps the text."""
    initiative = make_initiative(monde.promotion, monde.samira)
    visiteur, page = as_(None), f"/initiatives/{initiative.id}/signalement"
    for _n in range(PAR_DEMANDEUR):
        envoi = {**hidden_fields(visiteur.get(page).text), "raison": "faux", "texte": TEXTE}
        assert visiteur.post(page, data=envoi).status_code == 303
    refus = visiteur.post(
        page, data={**hidden_fields(visiteur.get(page).text), "raison": "faux", "texte": TEXTE}
    )
    assert refus.status_code == 429
    assert "Monsieur Durand" in refus.text


def test_un_signalement_s_efface_douze_mois_apres_la_decision(monde: Monde) -> None:
    signaler(monde, cle="ouvert")
    with at(now() + timedelta(days=800)):
        oublier_signalements()
    assert len(db.session.scalars(select(Signalement)).all()) == 1
    classer(monde)
    with at(now() + timedelta(days=364)):
        oublier_signalements()
    assert len(db.session.scalars(select(Signalement)).all()) == 1
    with at(now() + timedelta(days=366)):
        oublier_signalements()
    assert db.session.scalars(select(Signalement)).all() == []
