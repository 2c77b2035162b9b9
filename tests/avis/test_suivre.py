"""Verdicts and requests to reopen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from devtools.factories import JOUR, LONGUE, Monde, hidden_fields, make_compte, make_delegue, make_promotion
from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.use_cases.gerer import fermer_acteur, rouvrir_acteur
from mse.avis import use_cases as suivre
from mse.core.clock import at, now
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import EtatDemande, NatureEtape, Statut, Valeur
from mse.responsables.use_cases import elargir_fiche

pytestmark = pytest.mark.usefixtures("jour")

MOTIF = "Le car arrive toujours après le début des cours."


@pytest.fixture
def reponse(monde: Monde) -> Monde:
    """The world after an answer given on Monday."""
    with at(JOUR):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    return monde


def test_un_avis_par_tour_changeable_jusqu_au_suivant(reponse: Monde) -> None:
    saisine = reponse.saisine
    suivre.donner_avis(saisine, Valeur.NON, "Rien n’a changé.", par=reponse.samira)
    suivre.donner_avis(saisine, Valeur.OUI, "", par=reponse.karim)
    assert [(avis.tour, avis.valeur) for avis in saisine.avis] == [(1, Valeur.OUI)]
    traiter.regler_saisine(saisine, LONGUE, par=reponse.agent)
    assert saisine.avis_du_tour() is None
    suivre.donner_avis(saisine, Valeur.EN_PARTIE, "", par=reponse.samira)
    assert [(avis.tour, avis.valeur) for avis in saisine.avis] == [(1, Valeur.OUI), (2, Valeur.EN_PARTIE)]
    assert saisine.statut == Statut.REGLEE


def test_non_se_justifie(reponse: Monde) -> None:
    with pytest.raises(DonneeInvalide):
        suivre.donner_avis(reponse.saisine, Valeur.NON, " \n ", par=reponse.samira)


def test_personne_ne_juge_a_la_place_des_delegues(reponse: Monde) -> None:
    for personne in (reponse.agent, reponse.animatrice, reponse.admin, reponse.lea, reponse.ancienne):
        with pytest.raises(Interdit):
            suivre.donner_avis(reponse.saisine, Valeur.OUI, "", par=personne)
        with pytest.raises(Interdit):
            suivre.demander_reouverture(reponse.saisine, MOTIF, par=personne)


def test_pas_d_avis_sans_reponse(monde: Monde) -> None:
    with pytest.raises(TransitionInterdite):
        suivre.donner_avis(monde.saisine, Valeur.OUI, "", par=monde.samira)


def test_la_promotion_suivante_donne_son_avis(reponse: Monde) -> None:
    suivante = make_promotion(reponse.lavande, "Agent de cuisine 2", succede_a_id=reponse.promotion.id)
    suivre.donner_avis(reponse.saisine, Valeur.OUI, "", par=make_delegue(suivante, "Nour"))
    assert reponse.saisine.avis_du_tour().valeur == Valeur.OUI


def test_demander_puis_accepter_rouvre_avec_dix_jours(reponse: Monde) -> None:
    with at(JOUR):
        suivre.demander_reouverture(reponse.saisine, MOTIF, par=reponse.samira)
        assert reponse.saisine.demande_courante().decision_due.isoformat() == "2026-11-23"
        with pytest.raises(TransitionInterdite, match="déjà demandée"):
            suivre.demander_reouverture(reponse.saisine, MOTIF, par=reponse.karim)
        suivre.accepter_reouverture(reponse.saisine, "Nous regardons de nouveau.", par=reponse.agent)
    assert reponse.saisine.statut == Statut.EN_COURS
    assert reponse.saisine.reponse_due.isoformat() == "2026-11-30"
    assert reponse.saisine.demande_courante().etat == EtatDemande.ACCEPTEE


def test_refuser_se_conteste_une_fois_puis_l_animatrice_tranche(reponse: Monde) -> None:
    saisine = reponse.saisine
    with at(JOUR):
        suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
        with pytest.raises(TransitionInterdite):
            suivre.rejeter_reouverture(saisine, LONGUE, par=reponse.animatrice)
        with pytest.raises(DonneeInvalide):
            suivre.refuser_reouverture(saisine, "Non, c’est comme ça.", par=reponse.agent)
        suivre.refuser_reouverture(saisine, LONGUE, par=reponse.agent)
        suivre.contester_refus(saisine, MOTIF, par=reponse.karim)
        with pytest.raises(TransitionInterdite):
            suivre.contester_refus(saisine, MOTIF, par=reponse.samira)
        suivre.rejeter_reouverture(saisine, LONGUE, par=reponse.animatrice)
    assert saisine.statut == Statut.REPONSE
    assert saisine.demande_courante().etat == EtatDemande.REJETEE


def test_ce_que_l_animatrice_a_tranche_ne_se_redemande_pas(reponse: Monde, as_: Any) -> None:
    """A rejected request cannot be repeated until the owner closes the saisine again."""
    saisine = reponse.saisine
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
    suivre.refuser_reouverture(saisine, LONGUE, par=reponse.agent)
    with pytest.raises(TransitionInterdite, match="contesté une fois"):
        suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
    suivre.contester_refus(saisine, MOTIF, par=reponse.karim)
    suivre.rejeter_reouverture(saisine, LONGUE, par=reponse.animatrice)
    assert _gestes(as_(reponse.samira), reponse) == set()
    for delegue in (reponse.samira, reponse.karim):
        with pytest.raises(TransitionInterdite, match="ajoutez une précision"):
            suivre.demander_reouverture(saisine, MOTIF, par=delegue)
    with at(JOUR + timedelta(hours=1)):
        traiter.abandonner_saisine(saisine, LONGUE, par=reponse.agent)
    assert _gestes(as_(reponse.samira), reponse) == {"demande-de-reouverture"}
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)


def test_sans_decision_en_cinq_jours_l_animatrice_peut_rouvrir(reponse: Monde) -> None:
    saisine = reponse.saisine
    with at(JOUR):
        suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
        with pytest.raises(TransitionInterdite, match="encore du temps"):
            suivre.accepter_reouverture(saisine, MOTIF, par=reponse.animatrice)
    with at(JOUR + timedelta(days=8)):
        with pytest.raises(TransitionInterdite, match="ne pouvez plus refuser"):
            suivre.refuser_reouverture(saisine, LONGUE, par=reponse.agent)
        suivre.accepter_reouverture(saisine, "Personne n’a répondu à la demande.", par=reponse.animatrice)
    assert saisine.statut == Statut.EN_COURS


@pytest.mark.parametrize("decision", ["accepter", "refuser", "rejeter"])
def test_une_decision_envoyee_deux_fois_est_prise_une_fois(reponse: Monde, as_: Any, decision: str) -> None:
    suivre.demander_reouverture(reponse.saisine, MOTIF, par=reponse.samira)
    par = reponse.agent
    if decision != "refuser":  # an animateur decides on a contested refusal
        suivre.refuser_reouverture(reponse.saisine, LONGUE, par=reponse.agent)
        suivre.contester_refus(reponse.saisine, MOTIF, par=reponse.karim)
        par = reponse.animatrice
    decide, url = as_(par), f"/fiches/{reponse.fiche.id}/saisines/{reponse.saisine.id}/decision"
    ouverte = hidden_fields(decide.get(url).text)
    texte = f"Après en avoir parlé. {LONGUE}"
    for _fois in range(2):
        assert decide.post(url, data={**ouverte, "decision": decision, "texte": texte}).status_code == 303
    db.session.expire_all()
    assert [etape.texte for etape in reponse.fiche.etapes].count(texte) == 1
    collegue = make_compte("Noa", est_animateur=True)
    with pytest.raises(TransitionInterdite, match=r"déjà|contestée une fois"):
        suivre.accepter_reouverture(reponse.saisine, MOTIF, par=collegue)


def test_refuser_trop_tard_dit_pourquoi_et_garde_le_texte(reponse: Monde, as_: Any) -> None:
    """The owner declines after the deadline, on a page opened before it."""
    agent, url = as_(reponse.agent), f"/fiches/{reponse.fiche.id}/saisines/{reponse.saisine.id}/decision"
    with at(now() - timedelta(days=20)):
        suivre.demander_reouverture(reponse.saisine, MOTIF, par=reponse.samira)
    ouverte = hidden_fields(agent.get(url).text)
    refus = agent.post(url, data={**ouverte, "decision": "refuser", "texte": LONGUE})
    assert refus.status_code == 409
    assert "ne pouvez plus refuser" in refus.text
    assert LONGUE in refus.text
    assert 'value="refuser"' not in refus.text


def test_une_fiche_ne_se_rouvre_pas_chez_un_acteur_ferme(reponse: Monde) -> None:
    """Reopening at a closed acteur is refused. Another owner must be added or the acteur reopened."""
    saisine = reponse.saisine
    fermer_acteur(reponse.transports, par=reponse.animatrice)
    with pytest.raises(TransitionInterdite, match="responsable de plus"):
        traiter.rouvrir_saisine(saisine, "Vous avez raison, rien n’est fini.", par=reponse.agent)
    with at(JOUR):
        suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
    with at(JOUR + timedelta(days=8)), pytest.raises(TransitionInterdite, match="responsable de plus"):
        suivre.accepter_reouverture(saisine, MOTIF, par=reponse.animatrice)
    assert saisine.statut == Statut.REPONSE
    elargir_fiche(reponse.fiche, reponse.remuneration.id, MOTIF, par=reponse.animatrice)
    rouvrir_acteur(reponse.transports, par=reponse.animatrice)
    traiter.rouvrir_saisine(saisine, "Vous avez raison, rien n’est fini.", par=reponse.agent)


def test_rouvrir_de_soi_meme_accepte_la_demande(reponse: Monde) -> None:
    suivre.demander_reouverture(reponse.saisine, MOTIF, par=reponse.samira)
    traiter.rouvrir_saisine(reponse.saisine, "Vous avez raison, rien n’est fini.", par=reponse.agent)
    assert reponse.saisine.demande_courante().etat == EtatDemande.ACCEPTEE


@pytest.mark.parametrize("contestee", [False, True])
def test_une_demande_se_decide_avant_toute_autre_chose(reponse: Monde, as_: Any, contestee: bool) -> None:
    saisine = reponse.saisine
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
    if contestee:
        suivre.refuser_reouverture(saisine, LONGUE, par=reponse.agent)
        suivre.contester_refus(saisine, MOTIF, par=reponse.samira)
    for geste in (traiter.regler_saisine, traiter.abandonner_saisine):
        with pytest.raises(TransitionInterdite, match="répondre à leur demande"):
            geste(saisine, LONGUE, par=reponse.agent)
    assert _gestes(as_(reponse.agent), reponse) == {"etape", "reouverture", "repere"} | (
        set() if contestee else {"decision"}
    )
    traiter.rouvrir_saisine(saisine, "Vous avez raison, rien n’est fini.", par=reponse.agent)
    assert {"reponse", "reglement", "abandon"} <= _gestes(as_(reponse.agent), reponse)
    traiter.regler_saisine(saisine, LONGUE, par=reponse.agent)
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)


def test_l_animatrice_decide_d_une_demande_avant_de_clore(reponse: Monde, as_: Any) -> None:
    """The owner has no agent left, so the animatrice may act, but she must decide on the request first."""
    with at(JOUR):
        suivre.demander_reouverture(reponse.saisine, MOTIF, par=reponse.samira)
        _vider(reponse.transports)
        with pytest.raises(TransitionInterdite, match="répondre à leur demande"):
            traiter.abandonner_saisine(reponse.saisine, LONGUE, par=reponse.animatrice)
        assert _gestes(as_(reponse.animatrice), reponse) == {"decision", "repere"}
        suivre.rejeter_reouverture(reponse.saisine, LONGUE, par=reponse.animatrice)
        assert _gestes(as_(reponse.animatrice), reponse) == {"abandon", "repere"}


def _gestes(browser: Any, monde: Monde) -> set[str]:
    """Return the actions on the saisine that the page links to, except assignment, messages and notes."""
    page = browser.get(f"/fiches/{monde.fiche.id}").text
    return set(re.findall(rf'"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/([a-z-]+)"', page)) - {
        "attribution",
        "echanges",
        "notes",
    }


def _vider(acteur: Acteur) -> None:
    db.session.execute(delete(Appartenance).where(Appartenance.acteur_id == acteur.id))
    db.session.commit()


def test_un_refus_d_un_tour_passe_ne_bloque_pas_le_suivant(reponse: Monde) -> None:
    saisine = reponse.saisine
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
    suivre.refuser_reouverture(saisine, LONGUE, par=reponse.agent)
    traiter.rouvrir_saisine(saisine, "Nous avons changé d’avis.", par=reponse.agent)
    with pytest.raises(TransitionInterdite):
        suivre.contester_refus(saisine, MOTIF, par=reponse.samira)
    traiter.repondre_saisine(saisine, LONGUE, par=reponse.agent)
    assert saisine.demande_courante() is None
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.karim)
    assert saisine.demande_courante().etat == EtatDemande.DEMANDEE


def test_un_refus_que_le_responsable_a_defait_ne_se_conteste_plus(reponse: Monde, as_: Any) -> None:
    """A refusal followed by a reopening and an abandon cannot be contested: a new request is needed."""
    saisine = reponse.saisine
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)
    suivre.refuser_reouverture(saisine, LONGUE, par=reponse.agent)
    traiter.rouvrir_saisine(saisine, "Nous avons changé d’avis.", par=reponse.agent)
    traiter.abandonner_saisine(saisine, LONGUE, par=reponse.agent)
    assert _gestes(as_(reponse.samira), reponse) == {"demande-de-reouverture"}
    with pytest.raises(TransitionInterdite):
        suivre.contester_refus(saisine, MOTIF, par=reponse.samira)
    suivre.demander_reouverture(saisine, MOTIF, par=reponse.samira)


def test_deux_delegues_jugent_en_meme_temps_le_second_l_apprend(reponse: Monde) -> None:
    lue = reponse.saisine.version
    suivre.donner_avis(reponse.saisine, Valeur.OUI, "", par=reponse.samira, version=lue)
    with pytest.raises(Conflit, match="Avis des délégué·es"):
        suivre.donner_avis(reponse.saisine, Valeur.NON, "Rien n’a changé.", par=reponse.karim, version=lue)
    assert reponse.saisine.avis_du_tour().valeur == Valeur.OUI


def test_le_meme_avis_envoye_deux_fois_n_est_dit_qu_une(reponse: Monde, as_: Any) -> None:
    """A repeated verdict adds no étape, even from the other delegate. A new comment adds one."""
    samira = as_(reponse.samira)
    url = f"/fiches/{reponse.fiche.id}/saisines/{reponse.saisine.id}/avis"
    ouverte = hidden_fields(samira.get(url).text)
    for _fois in range(2):
        donne = samira.post(url, data={**ouverte, "valeur": "non", "commentaire": MOTIF})
        assert donne.status_code == 303
    suivre.donner_avis(reponse.saisine, Valeur.NON, MOTIF, par=reponse.karim)
    db.session.expire_all()
    assert [e.nature for e in reponse.fiche.etapes].count(NatureEtape.AVIS) == 1
    suivre.donner_avis(reponse.saisine, Valeur.NON, "Rien n’a changé.", par=reponse.samira)
    db.session.expire_all()
    assert [e.nature for e in reponse.fiche.etapes].count(NatureEtape.AVIS) == 2


def test_changer_d_avis_propose_le_nouveau(reponse: Monde, as_: Any) -> None:
    suivre.donner_avis(reponse.saisine, Valeur.OUI, "", par=reponse.samira)
    url = f"/fiches/{reponse.fiche.id}/saisines/{reponse.saisine.id}/avis?valeur=non"
    page = as_(reponse.samira).get(url).text
    assert re.search(r'<input[^>]*checked[^>]*value="non"', page)


def test_un_telephone_ne_devient_pas_public_par_un_avis(reponse: Monde) -> None:
    phrase = "Appelez-moi au 06 12 34 56 78."
    with pytest.raises(DonneeInvalide, match="06 12 34 56 78"):
        suivre.donner_avis(reponse.saisine, Valeur.NON, phrase, par=reponse.samira)
    with pytest.raises(DonneeInvalide, match="06 12 34 56 78"):
        suivre.demander_reouverture(reponse.saisine, phrase, par=reponse.samira)
    suivre.demander_reouverture(reponse.saisine, MOTIF, par=reponse.samira)
    suivre.refuser_reouverture(reponse.saisine, LONGUE, par=reponse.agent)
    with pytest.raises(DonneeInvalide, match="06 12 34 56 78"):
        suivre.contester_refus(reponse.saisine, phrase, par=reponse.samira)
