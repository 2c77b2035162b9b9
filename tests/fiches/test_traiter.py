"""Use cases of the owner: prise en charge, étapes, answers, and concurrent agents."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, LONGUE, Monde, hidden_fields, make_agent, make_fiche
from mse.core.clock import at, now
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.models import Compteur, Etape
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import NatureEtape, Statut
from mse.journal.models import LigneJournal
from tests.fiches.compteurs import recount

pytestmark = pytest.mark.usefixtures("jour")

GESTES = [traiter.repondre_saisine, traiter.regler_saisine, traiter.abandonner_saisine]


def test_repondre_change_le_statut_et_laisse_une_etape(monde: Monde) -> None:
    traiter.prendre_en_charge(monde.saisine, par=monde.agent)
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert monde.saisine.statut == Statut.REPONSE
    assert monde.fiche.statut == Statut.REPONSE
    assert monde.fiche.est_traitee
    natures = [etape.nature for etape in monde.fiche.etapes]
    assert natures == [NatureEtape.DEPOT, NatureEtape.PRISE_EN_CHARGE, NatureEtape.REPONSE]
    assert monde.fiche.etapes[-1].acteur_id == monde.transports.id
    actions = db.session.scalars(
        select(LigneJournal.action).where(LigneJournal.compte_id == monde.agent.id).order_by(LigneJournal.id)
    ).all()
    assert actions == ["saisine_prise_en_charge", "saisine_repondue", "fiche_traitee"]


@pytest.mark.parametrize("geste", GESTES)
def test_traite_n_est_pas_une_reponse(monde: Monde, geste: Any) -> None:
    for texte in ("traité", "x" * 79, ("a " * 20 + "\u200b" * 60), " " * 200):
        with pytest.raises(DonneeInvalide, match="au moins 80"):
            geste(monde.saisine, texte, par=monde.agent)
    assert monde.saisine.statut == Statut.EN_COURS


def test_un_texte_vide_n_est_pas_compte_il_est_demande(monde: Monde, as_: Any) -> None:
    page = as_(monde.agent).poster(f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/etape", texte=" ")
    assert "au moins 15 caractères" in page.text
    assert "0 caractères" not in page.text
    with pytest.raises(DonneeInvalide, match="au moins 80 caractères"):
        traiter.repondre_saisine(monde.saisine, " ", par=monde.agent)


@pytest.mark.parametrize("geste", GESTES)
def test_seul_le_responsable_traite(monde: Monde, geste: Any) -> None:
    for personne in (
        monde.autre_agent,
        monde.samira,
        monde.animatrice,
        monde.admin,
        monde.lea,
        monde.ancienne,
    ):
        with pytest.raises(Interdit):
            geste(monde.saisine, LONGUE, par=personne)
    geste(monde.saisine, LONGUE, par=monde.referent)
    assert monde.saisine.statut != Statut.EN_COURS


def test_repondre_sans_prise_en_charge_la_date_du_jour(monde: Monde) -> None:
    with at(JOUR):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert monde.saisine.prise_en_charge_le == JOUR


def test_une_fiche_reglee_ne_se_repond_plus_elle_se_rouvre(monde: Monde) -> None:
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    with pytest.raises(TransitionInterdite, match=r"déjà réglée\. Vous pouvez la rouvrir"):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    with at(JOUR):
        traiter.rouvrir_saisine(monde.saisine, "Le car a de nouveau changé d’horaire.", par=monde.agent)
    assert monde.fiche.statut == Statut.EN_COURS
    assert monde.saisine.reponse_due.isoformat() == "2026-11-30"
    assert monde.saisine.repondue_le is not None


def test_un_abandon_n_est_pas_une_reponse_detaillee(monde: Monde) -> None:
    traiter.abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert monde.fiche.statut == Statut.ABANDONNEE
    assert not monde.fiche.est_traitee
    assert db.session.get(Compteur, "traitees") is None


def test_l_animatrice_clot_ce_que_personne_ne_peut_lire(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    traiter.abandonner_saisine(fiche.saisines[0], LONGUE, par=monde.animatrice)
    assert fiche.statut == Statut.ABANDONNEE
    assert fiche.etapes[-1].acteur_id is None
    autre = make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    make_agent(monde.ailleurs)
    with pytest.raises(Interdit):
        traiter.abandonner_saisine(autre.saisines[0], LONGUE, par=monde.animatrice)


def test_close_par_l_animatrice_elle_n_est_prise_en_charge_par_personne(monde: Monde, client: Any) -> None:
    """After reopening by a service that now has an account, the saisine waits for a prise en charge."""
    fiche = make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    [saisine] = fiche.saisines
    traiter.abandonner_saisine(saisine, LONGUE, par=monde.animatrice)
    agent = make_agent(monde.ailleurs)
    with at(JOUR):
        traiter.rouvrir_saisine(saisine, "Nous avons un compte désormais.", par=agent)
    assert saisine.attend_prise_en_charge()
    assert saisine.prise_en_charge_due.isoformat() == "2026-11-23"
    page = client.get(f"/fiches/{fiche.id}").text
    assert "À prendre en charge avant le lundi 23 novembre" in page
    assert "Prise en charge le" not in page
    traiter.repondre_saisine(saisine, LONGUE, par=agent)
    assert saisine.prise_en_charge_le is not None


def test_deux_agents_en_meme_temps_le_second_apprend_ce_qui_a_change(monde: Monde) -> None:
    lue = monde.saisine.version
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent, version=lue)
    with pytest.raises(Conflit, match="A répondu"):
        traiter.regler_saisine(monde.saisine, LONGUE, par=monde.referent, version=lue)
    assert monde.saisine.statut == Statut.REPONSE


@pytest.mark.parametrize(
    ("avant", "adresse", "nature"),
    [
        ([], "prise-en-charge", NatureEtape.PRISE_EN_CHARGE),
        ([], "reponse", NatureEtape.REPONSE),
        (["reponse"], "reglement", NatureEtape.REGLEMENT),
        ([], "abandon", NatureEtape.ABANDON),
        (["reponse"], "reouverture", NatureEtape.REOUVERTURE),
    ],
)
def test_un_double_clic_n_accuse_personne_et_mene_a_la_fiche(
    monde: Monde, as_: Any, avant: list[str], adresse: str, nature: NatureEtape
) -> None:
    """A form sent twice by the same person is processed once. Both requests redirect to the saisine."""
    agent, saisine = as_(monde.agent), f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}"
    for geste in avant:
        agent.poster(f"{saisine}/{geste}", texte=f"Avant toute autre chose. {LONGUE}")
    ouverte = hidden_fields(agent.get(f"{saisine}/{adresse}").text)
    for _fois in range(2):
        envoyee = agent.post(f"{saisine}/{adresse}", data={**ouverte, "texte": LONGUE})
        assert envoyee.status_code == 303
        assert f"#saisine-{monde.saisine.id}" in agent.get(envoyee.location).text
    db.session.expire_all()
    assert [etape.nature for etape in monde.fiche.etapes].count(nature) == 1


def test_qui_a_agi_dans_une_autre_fenetre_l_apprend(monde: Monde) -> None:
    lue = monde.saisine.version
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent, version=lue)
    with pytest.raises(Conflit, match=r"vous avez agi sur cette fiche dans une autre fenêtre.*A répondu"):
        traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent, version=lue)
    with pytest.raises(Conflit, match="quelqu’un d’autre"):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.referent, version=lue)


def test_on_ne_prend_en_charge_qu_une_fois(monde: Monde, as_: Any) -> None:
    """A colleague who opens or sends the form later is redirected to the fiche, with an explanation."""
    referent, url = as_(monde.referent), f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}"
    ouverte = hidden_fields(referent.get(f"{url}/prise-en-charge").text)
    traiter.prendre_en_charge(monde.saisine, par=monde.agent)
    with pytest.raises(TransitionInterdite, match="déjà prise en charge"):
        traiter.prendre_en_charge(monde.saisine, par=monde.referent)
    for reponse in (
        referent.post(f"{url}/prise-en-charge", data=ouverte),
        referent.get(f"{url}/prise-en-charge"),
    ):
        assert reponse.status_code == 303
        assert reponse.location == f"/fiches/{monde.fiche.id}"
    assert "Cette fiche est déjà prise en charge par votre équipe." in referent.get(reponse.location).text


@pytest.mark.parametrize(("jours", "lue"), [(0, "16 novembre"), (5, "21 novembre")])
def test_une_reponse_du_jour_ou_du_samedi_ne_compte_pas_zero_jour(
    monde: Monde, client: Any, jours: int, lue: str
) -> None:
    with at(JOUR + timedelta(days=min(jours, 4))):
        fiche = make_fiche(monde.promotion, monde.samira, monde.transports)
    with at(JOUR + timedelta(days=jours)):
        traiter.repondre_saisine(fiche.saisines[0], LONGUE, par=monde.agent)
    page = client.get(f"/fiches/{fiche.id}").text
    assert f"{lue} 2026, en moins d’un jour ouvré" in page
    assert "0 jour" not in page


def test_une_etape_se_lit_et_ne_change_pas_le_statut(monde: Monde) -> None:
    traiter.ajouter_etape(monde.saisine, "Rendez-vous pris avec le **transporteur**.", par=monde.agent)
    assert monde.saisine.statut == Statut.EN_COURS
    assert "<strong>transporteur</strong>" in monde.fiche.etapes[-1].texte_html
    traiter.abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
    with pytest.raises(TransitionInterdite):
        traiter.ajouter_etape(monde.saisine, "Encore un mot pour la route.", par=monde.agent)


def test_une_etape_envoyee_deux_fois_n_est_ecrite_qu_une(monde: Monde, as_: Any) -> None:
    agent, url = as_(monde.agent), f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/etape"
    texte = "Nous avons écrit au transporteur ce matin."
    assert [agent.poster(url, texte=texte).status_code for _fois in (1, 2)] == [303, 303]
    db.session.expire_all()
    assert [etape.texte for etape in monde.fiche.etapes].count(texte) == 1
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    traiter.ajouter_etape(monde.saisine, texte, par=monde.agent)  # accepted after another étape


def test_deux_responsables_le_statut_de_la_fiche_attend_le_dernier(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, monde.remuneration)
    premiere, seconde = fiche.saisines
    traiter.regler_saisine(premiere, LONGUE, par=monde.agent)
    assert fiche.statut == Statut.EN_COURS
    assert fiche.prochaine_echeance == seconde.reponse_due
    traiter.abandonner_saisine(seconde, LONGUE, par=monde.autre_agent)
    assert fiche.statut == Statut.REGLEE
    assert fiche.prochaine_echeance is None


def test_un_refus_ne_laisse_rien_derriere_lui(monde: Monde) -> None:
    avant = len(db.session.scalars(select(Etape)).all()), len(db.session.scalars(select(LigneJournal)).all())
    with pytest.raises(Interdit):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.lea)
    assert (
        len(db.session.scalars(select(Etape)).all()),
        len(db.session.scalars(select(LigneJournal)).all()),
    ) == avant


def test_les_compteurs_disent_la_meme_chose_que_les_faits(monde: Monde) -> None:
    for rang, geste in enumerate([*GESTES, traiter.regler_saisine]):
        with at(now() + timedelta(days=rang)):
            fiche = make_fiche(monde.promotion, monde.samira, monde.transports, monde.remuneration)
        with at(now() + timedelta(days=3 * rang)):
            geste(fiche.saisines[0], LONGUE, par=monde.agent)
            geste(fiche.saisines[1], LONGUE, par=monde.autre_agent)
    traiter.rouvrir_saisine(fiche.saisines[0], "Ce n’est pas réglé du tout.", par=monde.agent)
    traiter.repondre_saisine(fiche.saisines[0], LONGUE, par=monde.agent)
    compteurs = {c.cle: c.valeur for c in db.session.scalars(select(Compteur))}
    assert compteurs == {cle: n for cle, n in recount().items() if n}
    assert compteurs["traitees"] == 3
