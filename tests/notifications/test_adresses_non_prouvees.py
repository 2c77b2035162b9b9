"""An unverified address receives the invitation only."""

from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_compte, make_delegue, make_fiche, make_initiative
from mse.avis.use_cases import (
    accepter_reouverture,
    contester_refus,
    demander_reouverture,
    donner_avis,
    refuser_reouverture,
)
from mse.comptes.events import CourrielChange, MotDePasseChange
from mse.comptes.models import Compte, Jeton, NatureJeton
from mse.core.use_cases import record, use_case
from mse.depot.use_cases.preciser import preciser_fiche, signaler_plus_actuelle
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import Valeur
from mse.initiatives.use_cases import donner_nouvelle, participer
from mse.moderation.use_cases import retablir_fiche, retirer_fiche
from mse.notifications.models import Courriel
from mse.representation.models import Mandat, RoleMandat
from mse.representation.use_cases.promotions import creer_promotion
from mse.responsables.use_cases import transferer_saisine
from tests.notifications.conftest import take_mails
from tests.representation.invites import NORA, invite_agente

MOTIF = "Le car n’a pas changé d’horaire."


def make_inconnue(prenom: str, **champs: object) -> Compte:
    """An account invited by e-mail but never activated: its address is not verified."""
    return make_compte(prenom, active_le=None, courriel_prouve_le=None, **champs)


def live(monde: Monde) -> list[Courriel]:
    """Trigger the e-mails of fiches and initiatives with the accounts of `monde`. Return the e-mails."""
    take_mails()
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports)
    saisine = fiche.saisines[0]
    repondre_saisine(saisine, LONGUE, par=monde.agent)
    donner_avis(saisine, Valeur.NON, MOTIF, par=monde.samira)
    demander_reouverture(saisine, MOTIF, par=monde.samira)
    mails = take_mails()
    refuser_reouverture(saisine, LONGUE, par=monde.agent)
    contester_refus(saisine, MOTIF, par=monde.samira)
    mails += take_mails()
    accepter_reouverture(saisine, MOTIF, par=monde.animatrice)
    preciser_fiche(fiche, "Une précision de la promotion.", par=monde.samira)
    signaler_plus_actuelle(fiche, "Un car de plus passe maintenant.", par=monde.samira)
    mails += take_mails()
    transferer_saisine(saisine, monde.remuneration.id, "Cela relève de ce service.", par=monde.agent)
    retirer_fiche(fiche, MOTIF, par=monde.animatrice)
    retablir_fiche(fiche, par=monde.animatrice)
    initiative = make_initiative(monde.lavande, monde.animatrice)
    participer(initiative, par=monde.lea)
    donner_nouvelle(initiative, "Le guide est imprimé.", par=monde.animatrice)
    return mails + take_mails()


def test_une_adresse_non_prouvee_ne_recoit_rien_de_la_vie_des_fiches(monde: Monde) -> None:
    """A delegate, an agent and an animatrice who are only invited get no e-mail about fiches."""
    [siege] = db.session.scalars(select(Mandat).where(Mandat.compte_id == monde.karim.id))
    siege.compte = make_inconnue("Nadia")
    animatrice = make_inconnue("Ines", est_animateur=True)
    agente = invite_agente(monde.transports, par=monde.referent)
    [invitation] = [mail for mail in take_mails() if mail.destinataire == NORA]
    assert invitation.evenement == "appartenance_ouverte"
    mails = live(monde)
    assert len({mail.evenement for mail in mails}) >= 12
    inconnues = {siege.compte.courriel, animatrice.courriel, agente.courriel}
    assert not inconnues & {mail.destinataire for mail in mails}
    avis = db.session.scalars(select(Jeton).where(Jeton.nature == NatureJeton.AVIS)).all()
    assert {jeton.compte_id for jeton in avis} == {monde.samira.id}


def test_la_boite_d_un_service_ne_lit_aucun_prenom_de_delegue(monde: Monde) -> None:
    mails = live(monde)
    boites = {monde.transports.courriel, monde.remuneration.courriel}
    recus = [mail for mail in mails if mail.destinataire in boites]
    assert len({mail.evenement for mail in recus}) >= 7
    for mail in recus:
        assert "Samira" not in mail.sujet + mail.texte + mail.html
    [adresse] = [mail for mail in recus if mail.evenement == "saisine_ouverte"]
    assert "Un·e délégué·e de" in adresse.texte
    assert any(
        "Samira, délégué·e" in mail.texte for mail in mails if mail.destinataire == monde.agent.courriel
    )


def test_un_agent_qui_lit_aussi_la_boite_recoit_un_seul_courriel(monde: Monde) -> None:
    monde.transports.courriel = monde.agent.courriel.upper()
    db.session.commit()
    take_mails()
    make_fiche(monde.promotion, monde.samira, monde.transports)
    [mail] = [mail for mail in take_mails() if mail.destinataire == monde.agent.courriel]
    assert "Samira" in mail.texte


def test_un_agent_jamais_venu_ne_cache_pas_une_fiche_a_l_animation(monde: Monde) -> None:
    """If the acteur has no mailbox and no agent with a verified address, animateurs are notified."""
    keep_boite_vide(monde)
    invite_agente(monde.ailleurs, par=monde.admin, referent=True)
    take_mails()
    make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    assert {mail.destinataire for mail in take_mails()} == {monde.animatrice.courriel}


def keep_boite_vide(monde: Monde) -> None:
    monde.ailleurs.courriel = None
    db.session.commit()


@use_case
def change_password(compte: Compte, ancien: str) -> None:
    record(MotDePasseChange(compte_id=compte.id, par_id=compte.id))
    record(CourrielChange(compte_id=compte.id, ancien=ancien, par_id=compte.id))


def test_un_compte_ouvert_par_un_code_n_est_averti_de_rien_avant_d_avoir_confirme_son_adresse(
    monde: Monde,
) -> None:
    fatou = make_delegue(monde.autre_promotion, "Fatou", RoleMandat.SUPPLEANT)
    fatou.courriel_prouve_le = None
    db.session.commit()
    fin = monde.autre_promotion.fin
    champs = {"titre": "Soudeur 2", "commune_code": "84003", "debut": fin, "fin": fin, "effectif": 9}
    creer_promotion(monde.ailleurs, succede_a=monde.autre_promotion, par=monde.animatrice, **champs)
    change_password(fatou, "")
    assert fatou.courriel not in {mail.destinataire for mail in take_mails()}
