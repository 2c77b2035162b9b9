"""Addressees of each event: one e-mail per address, none to the person who acted."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from devtools.factories import (
    LONGUE,
    Monde,
    make_brouillon,
    make_fiche,
)
from mse.annuaire.models import Appartenance
from mse.avis.use_cases import (
    accepter_reouverture,
    contester_refus,
    demander_reouverture,
    donner_avis,
    refuser_reouverture,
    rejeter_reouverture,
)
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from mse.fiches.use_cases.traiter import (
    abandonner_saisine,
    ajouter_etape,
    prendre_en_charge,
    regler_saisine,
    repondre_saisine,
    rouvrir_saisine,
)
from mse.fiches.workflow import Valeur
from mse.moderation.use_cases import publier_fiche, rendre_fiche, retirer_fiche
from mse.notifications.annonces import muted
from mse.notifications.models import Courriel
from tests.notifications.conftest import addresses, take_mails, tell_at_once

MOTIF = "Le car n’a pas changé d’horaire."


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails()
    tell_at_once(monde.agent, monde.referent, monde.autre_agent, monde.animatrice)
    return monde


def delegues(monde: Monde) -> set[str]:
    return {monde.samira.courriel, monde.karim.courriel}


def responsable(monde: Monde) -> set[str]:
    return {monde.transports.courriel, monde.agent.courriel, monde.referent.courriel}


def test_une_nouvelle_saisine_previent_la_boite_du_service_et_ses_agents(monde: Monde) -> None:
    make_fiche(monde.promotion, monde.karim, monde.transports)
    mails = take_mails()
    assert addresses(mails) == responsable(monde)
    assert {mail.evenement for mail in mails} == {"saisine_ouverte"}
    assert "Karim, délégué·e de «\u202fAgent de cuisine\u202f», Lavande Formation" in mails[0].texte
    assert "Fictif" not in mails[0].texte + mails[0].html  # no family name


def test_un_service_sans_compte_recoit_le_courriel_dans_sa_boite(monde: Monde) -> None:
    make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    [mail] = take_mails()
    assert mail.destinataire == monde.ailleurs.courriel
    assert "n’a encore de compte" in mail.texte


def test_la_ou_personne_ne_lit_l_equipe_d_animation_est_prevenue(monde: Monde) -> None:
    """If the acteur has no agent and no mailbox, like most imported organismes, animateurs are notified."""
    monde.ailleurs.courriel = None
    db.session.commit()
    fiche = make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    [mail] = take_mails()
    assert mail.destinataire == monde.animatrice.courriel
    assert "n’arrive à personne" in mail.sujet
    assert "aucune adresse n’y est confirmée" in mail.texte
    assert "Prenez-la en charge" not in mail.texte + mail.html
    assert "équipe d’animation" in mail.texte.rpartition("parce que")[2]
    assert f"/fiches/{fiche.id}" in mail.texte


def repondue(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)


def demandee(monde: Monde) -> None:
    repondue(monde)
    demander_reouverture(monde.saisine, MOTIF, par=monde.samira)


def contestee(monde: Monde) -> None:
    demandee(monde)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)
    contester_refus(monde.saisine, MOTIF, par=monde.samira)


def rien(_monde: Monde) -> None:
    pass


Geste = Callable[[Monde], object]
Cas = tuple[str, Geste, Geste, str]  # event, preparation, action, expected text of the e-mail


def play(monde: Monde, cas: Cas) -> list[Courriel]:
    evenement, avant, geste, texte = cas
    avant(monde)
    take_mails()
    geste(monde)
    mails = take_mails()
    assert {mail.evenement for mail in mails} == {evenement}
    look_at(mails[0], monde, texte)
    return mails


A_DES_DELEGUES: list[Cas] = [
    ("saisine_prise_en_charge", rien, lambda m: prendre_en_charge(m.saisine, par=m.agent), "pris en charge"),
    ("etape_ajoutee", rien, lambda m: ajouter_etape(m.saisine, MOTIF, par=m.agent), MOTIF),
    ("saisine_repondue", rien, repondue, LONGUE),
    ("saisine_reglee", rien, lambda m: regler_saisine(m.saisine, LONGUE, par=m.agent), LONGUE),
    ("saisine_abandonnee", rien, lambda m: abandonner_saisine(m.saisine, LONGUE, par=m.agent), LONGUE),
    ("saisine_rouverte", repondue, lambda m: rouvrir_saisine(m.saisine, MOTIF, par=m.agent), MOTIF),
    ("reouverture_refusee", demandee, lambda m: refuser_reouverture(m.saisine, LONGUE, par=m.agent), LONGUE),
    (
        "reouverture_rejetee",
        contestee,
        lambda m: rejeter_reouverture(m.saisine, LONGUE, par=m.animatrice),
        LONGUE,
    ),
    ("fiche_retiree", rien, lambda m: retirer_fiche(m.fiche, MOTIF, par=m.animatrice), MOTIF),
]


@pytest.mark.parametrize("cas", A_DES_DELEGUES, ids=lambda cas: cas[0])
def test_les_delegue_es_sont_prevenu_es(monde: Monde, cas: Cas) -> None:
    mails = play(monde, cas)
    assert addresses(mails) == delegues(monde)


def test_ce_que_l_animation_a_tranche_se_complete_mais_ne_se_redemande_pas(monde: Monde) -> None:
    contestee(monde)
    take_mails()
    rejeter_reouverture(monde.saisine, LONGUE, par=monde.animatrice)
    for mail in take_mails():
        assert "ajoutez une précision" in mail.texte
        assert "nouvelle demande" not in mail.texte + mail.html


def look_at(mail: Courriel, monde: Monde, texte: str) -> None:
    """Check subject, text and HTML: the same words, a link on `MSE_URL`, no markup or typography error."""
    assert monde.fiche.titre in mail.sujet
    assert monde.fiche.titre in mail.texte
    assert texte in mail.texte
    assert texte in mail.html
    page = f"http://127.0.0.1:8000/fiches/{monde.fiche.id}"
    assert page in mail.texte
    assert f'href="{page}' in mail.html
    for version in (mail.sujet, mail.texte, mail.html):
        ours = re.sub(r"<style>.*?</style>", "", version, flags=re.S).replace(texte, "")
        assert not re.search(r"{{|}}|{%|%\(|None|Fictif| [?!;»]|« ", ours)
    assert "\n\n\n" not in mail.texte


AU_RESPONSABLE: list[Cas] = [
    ("avis_donne", repondue, lambda m: donner_avis(m.saisine, Valeur.NON, MOTIF, par=m.karim), MOTIF),
    ("reouverture_demandee", repondue, lambda m: demander_reouverture(m.saisine, MOTIF, par=m.karim), MOTIF),
]


@pytest.mark.parametrize("cas", AU_RESPONSABLE, ids=lambda cas: cas[0])
def test_le_responsable_est_prevenu(monde: Monde, cas: Cas) -> None:
    mails = play(monde, cas)
    assert addresses(mails) == responsable(monde)
    assert "Karim, délégué·e," in mails[0].texte


@pytest.mark.parametrize("valeur", Valeur)
def test_qui_a_aide_n_est_pas_prie_de_faire_mieux(monde: Monde, valeur: Valeur) -> None:
    repondue(monde)
    take_mails()
    donner_avis(monde.saisine, valeur, MOTIF, par=monde.karim)
    mail = take_mails()[0]
    for version in (mail.texte, mail.html):
        assert ("rouvrez la fiche" in version) is (valeur != Valeur.OUI)


@pytest.mark.parametrize("geste", [repondre_saisine, regler_saisine])
def test_le_courriel_pose_la_question_de_la_page(monde: Monde, geste: Callable[..., None]) -> None:
    geste(monde.saisine, LONGUE, par=monde.agent)
    mail = take_mails()[0]
    for version in (mail.texte, mail.html):
        assert "Cette réponse vous a-t-elle aidé ?" in version
        assert "connectez-vous pour demander de rouvrir la fiche" in version


def test_une_contestation_va_aussi_a_l_animation(monde: Monde) -> None:
    demandee(monde)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    contester_refus(monde.saisine, MOTIF, par=monde.samira)
    mails = take_mails()
    assert addresses(mails) == responsable(monde) | {monde.animatrice.courriel}
    look_at(mails[0], monde, MOTIF)


def test_rouverte_par_l_animation_le_responsable_l_apprend_aussi(monde: Monde) -> None:
    contestee(monde)
    take_mails()
    accepter_reouverture(monde.saisine, MOTIF, par=monde.animatrice)
    mails = take_mails()
    assert addresses(mails) == delegues(monde) | responsable(monde)
    assert "L’équipe d’animation a rouvert" in mails[0].texte
    look_at(mails[0], monde, MOTIF)


def test_une_fiche_retenue_puis_rendue_puis_publiee(monde: Monde) -> None:
    titre = "Appelez Jeanne au 06 12 34 56 78"
    fiche = make_brouillon(monde.promotion, monde.samira, titre=titre, destinataires=[monde.transports.id])
    with pytest.raises(DonneeInvalide):
        deposer_fiche(fiche, par=monde.samira)
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    [retenue] = take_mails()
    assert (retenue.evenement, retenue.destinataire) == ("fiche_retenue", monde.animatrice.courriel)
    assert "Jeanne" not in retenue.sujet + retenue.texte + retenue.html  # not moderated yet

    rendre_fiche(fiche, "Enlevez le nom et le numéro.", par=monde.animatrice)
    rendue = take_mails()
    assert addresses(rendue) == delegues(monde)
    assert "Enlevez le nom et le numéro." in rendue[0].texte
    for version in (rendue[0].texte, rendue[0].html):
        assert f"http://127.0.0.1:8000/fiches/{fiche.id}/brouillon/relecture" in version

    deposer_fiche(fiche, par=monde.samira, insiste=True)
    take_mails()
    publier_fiche(fiche, par=monde.animatrice)
    mails = take_mails()
    publiee = [mail for mail in mails if mail.evenement == "fiche_publiee"]
    assert addresses(publiee) == delegues(monde)
    assert "Une réponse est attendue au plus tard le" in publiee[0].texte
    assert addresses([mail for mail in mails if mail.evenement == "saisine_ouverte"]) == responsable(monde)


def test_celui_qui_agit_ne_recoit_rien_meme_dans_sa_boite(monde: Monde) -> None:
    repondue(monde)
    monde.transports.courriel = monde.samira.courriel.upper()
    db.session.commit()
    take_mails()
    donner_avis(monde.saisine, Valeur.OUI, "", par=monde.samira)
    assert addresses(take_mails()) == {monde.agent.courriel, monde.referent.courriel}


def test_une_adresse_ne_recoit_qu_un_courriel(monde: Monde) -> None:
    monde.transports.courriel = monde.agent.courriel.upper()
    db.session.commit()
    make_fiche(monde.promotion, monde.samira, monde.transports)
    assert len(take_mails()) == 2


def test_qui_est_parti_ne_recoit_plus_rien(monde: Monde) -> None:
    [poste] = db.session.scalars(select(Appartenance).where(Appartenance.compte_id == monde.agent.id))
    poste.fin = today() - timedelta(days=1)
    monde.referent.ferme_le = now()
    db.session.commit()
    make_fiche(monde.promotion, monde.samira, monde.transports)
    assert addresses(take_mails()) == {monde.transports.courriel}


def test_le_chargement_de_la_demonstration_n_ecrit_a_personne(monde: Monde) -> None:
    with muted():
        repondue(monde)
    assert take_mails() == []
