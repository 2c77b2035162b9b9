"""The mails about a new fiche: the problem for its owner, a receipt for the delegate who filed it."""

import pytest

from devtools.factories import Monde, make_brouillon, make_fiche
from mse.annuaire.models import Acteur
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from mse.moderation.use_cases import retirer_fiche
from mse.notifications.models import Courriel
from mse.responsables.use_cases import transferer_saisine
from tests.notifications.conftest import addresses, rows, take_mails

PROBLEME = "Le car arrive à **8 h 42**, la formation commence à 8 h 30."
EN_TEXTE, EN_HTML = "Le car arrive à 8 h 42", "Le car arrive à <strong>8 h 42</strong>"
MOTIF = "Cette fiche nomme une personne."


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails(receipts=True)
    return monde


def lire(courriel: Courriel) -> None:
    assert EN_TEXTE in courriel.texte
    assert EN_HTML in courriel.html


def recu(mails: list[Courriel], monde: Monde) -> Courriel:
    [accuse] = [mail for mail in mails if mail.evenement == "fiche_deposee"]
    assert accuse.destinataire == monde.samira.courriel
    lire(accuse)
    return accuse


def test_le_responsable_lit_le_probleme_dans_le_courriel(monde: Monde) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, probleme=PROBLEME)
    for courriel in take_mails():
        lire(courriel)


def test_le_nouveau_responsable_aussi_mais_pas_les_delegue_es(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, probleme=PROBLEME)
    take_mails(receipts=True)
    transferer_saisine(fiche.saisines[0], monde.remuneration.id, "C’est leur métier.", par=monde.agent)
    mails = take_mails()
    avec = [mail for mail in mails if EN_TEXTE in mail.texte and EN_HTML in mail.html]
    assert addresses(avec) == {monde.remuneration.courriel, monde.autre_agent.courriel}
    assert len(mails) == len(avec) + 2


def test_qui_depose_recoit_un_accuse(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, probleme=PROBLEME)
    accuse = recu(take_mails(receipts=True), monde)
    for version in (accuse.texte, accuse.html):
        assert f"numéro {fiche.id}" in version
        assert f"adressée à {monde.transports.nom}" in version
        assert "Une réponse est attendue au plus tard le" in version
        assert f"/fiches/{fiche.id}" in version
    assert fiche.titre in accuse.sujet


@pytest.mark.parametrize("acteurs", [0, 1])
def test_l_accuse_dit_si_la_fiche_attend(monde: Monde, acteurs: int) -> None:
    """The receipt says whether the fiche waits for a moderator or for an acteur that could answer."""
    destinataires: list[Acteur] = [monde.transports][:acteurs]
    champs = {"titre": "Appelez Jeanne au 06 12 34 56 78"} if acteurs else {}
    ids = [acteur.id for acteur in destinataires]
    fiche = make_brouillon(monde.promotion, monde.samira, probleme=PROBLEME, destinataires=ids, **champs)
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    accuse = recu(take_mails(receipts=True), monde)
    attendu = "la relit avant que tout le monde" if acteurs else "cherche maintenant qui peut vous répondre"
    assert attendu in accuse.texte
    assert attendu in accuse.html
    assert "au plus tard le" not in accuse.texte


def test_une_adresse_non_prouvee_ne_recoit_pas_d_accuse(monde: Monde) -> None:
    monde.samira.courriel_prouve_le = None
    db.session.commit()
    make_fiche(monde.promotion, monde.samira, monde.transports)
    assert monde.samira.courriel not in addresses(take_mails(receipts=True))


def test_une_fiche_retiree_emporte_son_texte(monde: Monde) -> None:
    """The problem disappears from pending mails before they are sent, and from the outbox for sent ones."""
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, probleme=PROBLEME)
    assert sum(EN_TEXTE in mail.texte for mail in rows()) == 4
    retirer_fiche(fiche, MOTIF, par=monde.animatrice)
    for courriel in rows():
        assert EN_TEXTE not in courriel.texte
        assert EN_HTML not in courriel.html
