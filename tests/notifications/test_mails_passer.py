"""E-mails about transfers, added owners, orientation, restoration and précisions."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from devtools.factories import LONGUE, Monde, make_fiche
from mse.depot.use_cases.preciser import preciser_fiche, signaler_plus_actuelle
from mse.fiches.models import Fiche
from mse.fiches.use_cases.traiter import regler_saisine
from mse.moderation.use_cases import orienter_fiche, retablir_fiche, retirer_fiche
from mse.responsables.use_cases import elargir_fiche, transferer_saisine
from tests.notifications.conftest import tell_at_once
from tests.notifications.test_destinataires import (
    MOTIF,
    addresses,
    delegues,
    look_at,
    responsable,
    take_mails,
)


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails()
    tell_at_once(monde.agent, monde.referent, monde.autre_agent, monde.animatrice)
    return monde


def nouveau(monde: Monde) -> set[str]:
    return {monde.remuneration.courriel, monde.autre_agent.courriel}


@pytest.mark.parametrize(
    ("geste", "phrase"),
    [
        (
            lambda m: transferer_saisine(m.saisine, m.remuneration.id, MOTIF, par=m.agent),
            "Service Cars régionaux transfère la fiche",
        ),
        (
            lambda m: transferer_saisine(m.saisine, m.remuneration.id, MOTIF, par=m.animatrice),
            "à la place de Service Cars régionaux",
        ),
        (
            lambda m: elargir_fiche(m.fiche, m.remuneration.id, MOTIF, par=m.agent),
            "Service Cars régionaux demande que Service Rémunération agisse aussi",
        ),
        (
            lambda m: elargir_fiche(m.fiche, m.remuneration.id, MOTIF, par=m.animatrice),
            "L’équipe d’animation confie aussi",
        ),
    ],
    ids=["transfert", "redirection", "elargissement", "elargissement-animation"],
)
def test_le_nouveau_responsable_et_les_delegues(
    monde: Monde, geste: Callable[[Monde], object], phrase: str
) -> None:
    geste(monde)
    mails = take_mails()
    assert addresses(mails) == nouveau(monde) | delegues(monde)  # not the agents of the former owner
    for mail in mails:
        look_at(mail, monde, MOTIF)
        assert phrase in mail.texte
        du_responsable = mail.destinataire in nouveau(monde)
        assert ("Prenez-la en charge au plus tard" in mail.texte) == du_responsable
        assert ("vous est" in mail.sujet) == du_responsable


def test_orientee_la_fiche_dit_aux_delegues_qui_va_repondre(monde: Monde) -> None:
    """After an orientation the delegates learn the owners and the due date."""
    fiche = make_fiche(monde.promotion, monde.samira)
    assert take_mails() == []
    orienter_fiche(fiche, [monde.remuneration.id, monde.transports.id], par=monde.animatrice)
    mails = {mail.destinataire: mail for mail in take_mails()}
    assert set(mails) == responsable(monde) | nouveau(monde) | delegues(monde)
    for delegue in delegues(monde):
        assert mails[delegue].sujet.startswith("Votre fiche a trouvé qui va répondre")
        look_at(mails[delegue], replace(monde, fiche=fiche), "Service Rémunération, Service Cars régionaux")
        assert "au plus tard le" in mails[delegue].texte


def test_un_nouveau_responsable_sans_compte_l_apprend_dans_sa_boite(monde: Monde) -> None:
    transferer_saisine(monde.saisine, monde.ailleurs.id, MOTIF, par=monde.agent)
    [mail] = [mail for mail in take_mails() if mail.destinataire == monde.ailleurs.courriel]
    assert "n’a encore de compte" in mail.texte


def test_une_precision_va_a_tous_les_responsables(monde: Monde) -> None:
    preciser_fiche(monde.fiche, MOTIF, par=monde.samira)
    mails = take_mails()
    assert addresses(mails) == responsable(monde)
    assert "Samira, délégué·e, ajoute une précision" in mails[0].texte
    look_at(mails[0], monde, MOTIF)


def test_plus_actuelle_va_a_qui_peut_encore_clore(monde: Monde) -> None:
    elargir_fiche(monde.fiche, monde.remuneration.id, MOTIF, par=monde.agent)
    regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.karim)
    mails = take_mails()
    assert addresses(mails) == nouveau(monde)
    assert "Karim, délégué·e, dit que la fiche" in mails[0].texte
    look_at(mails[0], monde, MOTIF)


def test_sans_responsable_c_est_l_animation_qui_l_apprend(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira)
    take_mails()
    signaler_plus_actuelle(fiche, MOTIF, par=monde.samira)
    assert addresses(take_mails()) == {monde.animatrice.courriel}


def test_une_fiche_retablie_se_dit_a_tous_ceux_qui_la_suivent(monde: Monde) -> None:
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    take_mails()
    retablir_fiche(monde.fiche, par=monde.animatrice)
    mails = take_mails()
    assert addresses(mails) == delegues(monde) | responsable(monde)
    look_at(mails[0], monde, "de nouveau")


def test_transmise_deux_fois_avant_le_courriel_on_ne_dit_que_le_dernier_passage(monde: Monde) -> None:
    """After two transfers before the worker ran, only the last one is announced."""
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports)
    [saisine] = fiche.saisines
    transferer_saisine(saisine, monde.ailleurs.id, MOTIF, par=monde.agent)
    transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.animatrice)
    mails = take_mails()
    assert addresses(mails) == nouveau(monde) | delegues(monde)
    for mail in mails:
        assert "à la place d’Azur Formation" in mail.texte


def test_un_responsable_de_plus_qui_transmet_aussitot_n_est_pas_annonce(monde: Monde) -> None:
    saisine = elargir_fiche(monde.fiche, monde.ailleurs.id, MOTIF, par=monde.agent)
    transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.animatrice)
    assert addresses(take_mails()) == nouveau(monde) | delegues(monde)


@pytest.mark.parametrize(
    "geste",
    [
        lambda m: make_fiche(m.promotion, m.samira, m.remuneration, titre="Le car ne passe plus"),
        lambda m: elargir_fiche(m.fiche, m.remuneration.id, MOTIF, par=m.agent),
        lambda m: transferer_saisine(m.saisine, m.remuneration.id, MOTIF, par=m.agent),
        lambda m: preciser_fiche(m.fiche, MOTIF, par=m.samira),
        lambda m: signaler_plus_actuelle(m.fiche, MOTIF, par=m.samira),
    ],
    ids=["depot", "elargissement", "transfert", "precision", "plus-actuelle"],
)
def test_retiree_avant_le_courriel_rien_ne_s_en_ecrit_a_qui_ne_la_lit_plus(
    monde: Monde, geste: Callable[[Monde], object]
) -> None:
    fait = geste(monde)
    retirer_fiche(fait if isinstance(fait, Fiche) else monde.fiche, MOTIF, par=monde.animatrice)
    ecrits = {mail.destinataire for mail in take_mails()}
    assert ecrits <= delegues(monde) | {monde.animatrice.courriel}
