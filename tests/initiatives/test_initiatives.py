"""Use cases of initiatives: permissions, statuses, porteurs, participants, e-mails and the board."""

import re
from html import unescape
from itertools import product
from typing import Any
from uuid import uuid4

import pytest

from devtools.factories import Monde, make_agent, make_initiative
from mse.core.clock import today
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.initiatives.models import Initiative
from mse.initiatives.use_cases import (
    ajouter_porteur,
    avancer_initiative,
    delier_fiche,
    donner_nouvelle,
    lier_fiche,
    masquer_ligne,
    modifier_initiative,
    ne_plus_participer,
    participer,
    quitter_portage,
    retablir_initiative,
    retirer_initiative,
)
from mse.initiatives.workflow import EXPLIQUEES, TRANSITIONS, Action, Statut
from tests.notifications.conftest import addresses, take_mails

MOT = "Nous avons trouvé une salle et des livres."
TEXTES = {
    "titre": "Un guide",
    "description": "Seize pages, écrites à plusieurs.",
    "besoins": "",
    "theme_code": "transport",
}


@pytest.fixture
def initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira)


@pytest.mark.parametrize(("statut", "action"), list(product(Statut, Action)))
def test_les_statuts_suivent_la_table(
    monde: Monde, initiative: Initiative, statut: Statut, action: Action
) -> None:
    initiative.statut = statut
    db.session.commit()
    attendu = TRANSITIONS.get((statut, action))
    if attendu is None:
        with pytest.raises(TransitionInterdite, match="initiative est"):
            avancer_initiative(initiative, action, MOT, par=monde.samira)
    else:
        avancer_initiative(initiative, action, MOT, par=monde.samira)
        assert initiative.statut == attendu
        assert initiative.lignes[-1].statut == attendu


@pytest.mark.parametrize("action", list(Action))
def test_ce_qui_ferme_ou_rouvre_s_explique(monde: Monde, initiative: Initiative, action: Action) -> None:
    initiative.statut = next(statut for statut, possible in TRANSITIONS if possible == action)
    db.session.commit()
    if action in EXPLIQUEES:
        with pytest.raises(DonneeInvalide, match="au moins 15"):
            avancer_initiative(initiative, action, "fait", par=monde.samira)
    else:
        avancer_initiative(initiative, action, "", par=monde.samira)


def test_un_double_clic_est_une_seule_initiative(monde: Monde) -> None:
    from mse.initiatives.use_cases import proposer_initiative

    cle = str(uuid4())
    deux = [proposer_initiative(cle=cle, porteur=monde.promotion, par=monde.samira, **TEXTES) for _ in "ab"]
    assert deux[0] is deux[1]
    assert deux[0].territoire_code == monde.promotion.territoire_code


def test_on_n_engage_que_les_siens(monde: Monde, initiative: Initiative) -> None:
    for par in (monde.lea, monde.ancienne, monde.agent, monde.admin):
        with pytest.raises(Interdit):
            make_initiative(monde.promotion, par)
        with pytest.raises(Interdit):
            donner_nouvelle(initiative, MOT, par=par)
    assert make_initiative(monde.ailleurs, monde.animatrice).porteurs[0].organisme == monde.ailleurs
    assert make_initiative(monde.lavande, make_agent(monde.lavande)).porteurs_actuels[0].designation == (
        "Lavande Formation"
    )


def test_l_organisme_engage_ses_promotions(monde: Monde) -> None:
    assert (
        make_initiative(monde.promotion, make_agent(monde.lavande)).porteurs[0].promotion == monde.promotion
    )


def test_quelqu_un_porte_toujours(monde: Monde, initiative: Initiative) -> None:
    [seul] = initiative.porteurs
    with pytest.raises(TransitionInterdite, match="ajoutez d’abord une équipe"):
        quitter_portage(seul, par=monde.samira)
    ajouter_porteur(initiative, monde.autre_promotion, par=monde.animatrice)
    ajouter_porteur(initiative, monde.autre_promotion, par=monde.animatrice)  # double click
    assert len(initiative.porteurs_actuels) == 2
    quitter_portage(seul, par=monde.samira)
    assert seul.jusqu_a == today()
    with pytest.raises(Interdit):
        donner_nouvelle(initiative, MOT, par=monde.samira)
    donner_nouvelle(initiative, MOT, par=monde.lea)


def test_participer_puis_partir(monde: Monde, initiative: Initiative) -> None:
    version = initiative.version
    for _ in "ab":
        participer(initiative, par=monde.lea)
    db.session.refresh(initiative)
    assert (initiative.nombre_participants, initiative.version) == (1, version)
    for _ in "ab":
        ne_plus_participer(initiative, par=monde.lea)
    db.session.refresh(initiative)
    assert initiative.nombre_participants == 0
    avancer_initiative(initiative, Action.ABANDONNER, MOT, par=monde.samira)
    with pytest.raises(TransitionInterdite, match="terminée"):
        participer(initiative, par=monde.lea)


def test_deux_personnes_ecrivent_en_meme_temps(monde: Monde, initiative: Initiative) -> None:
    lue = initiative.version
    modifier_initiative(initiative, version=lue, par=monde.samira, **TEXTES | {"titre": "Un"})
    with pytest.raises(Conflit, match="quelqu’un d’autre"):
        modifier_initiative(initiative, version=lue, par=monde.karim, **TEXTES | {"titre": "Autre"})
    with pytest.raises(Conflit):
        avancer_initiative(initiative, Action.LANCER, "", version=lue, par=monde.karim)


def test_elle_repond_a_une_fiche_dans_les_deux_sens(
    monde: Monde, initiative: Initiative, client: Any
) -> None:
    lier_fiche(initiative, monde.fiche, par=monde.samira)
    lier_fiche(initiative, monde.fiche, par=monde.samira)
    fiche, elle = f"/fiches/{monde.fiche.id}", f"/initiatives/{initiative.id}"
    assert "Une initiative y répond" in client.get(fiche).text
    assert monde.fiche.titre in client.get(elle).text
    retirer_initiative(initiative, "Elle nomme une personne.", par=monde.animatrice)
    assert "Une initiative y répond" not in client.get(fiche).text
    retablir_initiative(initiative, par=monde.animatrice)
    delier_fiche(initiative, monde.fiche, par=monde.samira)
    assert "Une initiative y répond" not in client.get(fiche).text
    with pytest.raises(DonneeInvalide, match="ne porte ce numéro"):
        lier_fiche(initiative, None, par=monde.samira)


def test_un_texte_masque_laisse_sa_ligne(monde: Monde, initiative: Initiative, client: Any) -> None:
    donner_nouvelle(initiative, "Madame Dupont a tout payé.", par=monde.samira)
    ligne = initiative.lignes[-1]
    masquer_ligne(ligne, "Ce texte nommait une personne.", par=monde.animatrice)
    page = client.get(f"/initiatives/{initiative.id}").text
    assert "Dupont" not in page
    assert "Ce texte nommait une personne." in page
    with pytest.raises(TransitionInterdite):
        masquer_ligne(ligne, "Une autre raison, plus tard.", par=monde.animatrice)


def test_les_courriels(monde: Monde, initiative: Initiative) -> None:
    take_mails()
    participer(initiative, par=monde.lea)
    mails = take_mails()
    assert addresses(mails) == {monde.samira.courriel, monde.karim.courriel}
    assert "Lea participe" in mails[0].texte
    donner_nouvelle(initiative, MOT, par=monde.samira)
    assert addresses(take_mails()) == {monde.karim.courriel, monde.lea.courriel}
    avancer_initiative(initiative, Action.REALISER, MOT, par=monde.samira)
    mails = take_mails()
    assert addresses(mails) == {monde.karim.courriel, monde.lea.courriel}
    assert mails[0].sujet.startswith("Réalisée")


def test_les_filtres_du_tableau(monde: Monde, client: Any) -> None:
    ici = make_initiative(monde.promotion, monde.samira, titre="Ici et maintenant")
    make_initiative(monde.autre_promotion, monde.lea, titre="Là-bas", theme_code="transport")
    for adresse, vues in {
        "/initiatives": (True, True),
        "/initiatives?territoire=13": (True, False),
        "/initiatives?territoire=93": (True, True),
        "/initiatives?theme=transport": (False, True),
        "/initiatives?statut=en_etude": (True, True),
        "/initiatives?statut=realisee": (False, False),
    }.items():
        page = client.get(adresse).text
        assert ("Ici et maintenant" in page, "Là-bas" in page) == vues, adresse
    for faux in ("statut=oui", "theme=x", "territoire=99", "statut=en_etude&avant=zz", "theme=%00"):
        assert client.get(f"/initiatives?{faux}").status_code in (200, 422)
    assert ici.titre in client.get(f"/initiatives/{ici.id}").text


def test_une_longue_colonne_a_une_suite(monde: Monde, client: Any) -> None:
    for numero in range(30):
        make_initiative(monde.promotion, monde.samira, titre=f"Numéro {numero:02}")
    tableau = client.get("/initiatives").text
    assert "Numéro 29" in tableau
    assert "Numéro 23" not in tableau
    assert "À l’étude <span>30</span>" in tableau
    assert "Voir les 24 autres" in tableau
    adresse = re.findall(r'"(/initiatives\?statut=en_etude&amp;avant=[^"]+)"', tableau)[0]
    suite = client.get(unescape(adresse)).text
    assert "Numéro 23" in suite
    assert "Numéro 24" not in suite
    assert "avant=" in client.get("/initiatives?statut=en_etude").text


def test_une_carte_dit_ce_qui_se_construit_et_ce_qui_manque(monde: Monde, client: Any) -> None:
    une = make_initiative(monde.promotion, monde.samira)
    modifier_initiative(une, version=une.version, par=monde.samira, **{**TEXTES, "besoins": "Des voitures."})
    tableau = client.get("/initiatives").text
    assert f'<p class="extrait">{TEXTES["description"]}</p>' in tableau
    assert "Cherche\u202f: Des voitures." in tableau


def test_les_abandonnees_sont_repliees_avec_leur_raison(monde: Monde, client: Any) -> None:
    une = make_initiative(monde.promotion, monde.samira, titre="Une navette à vélo")
    avancer_initiative(une, Action.ABANDONNER, "Le local a été vendu.", par=monde.samira)
    colonnes, repliees = client.get("/initiatives").text.split("1 initiative abandonnée, et pourquoi")
    assert une.titre not in colonnes
    assert une.titre in repliees
    assert "Le local a été vendu." in repliees
    masquer_ligne(une.lignes[-1], "Elle nomme une personne.", par=monde.animatrice)
    assert "Le local a été vendu." not in client.get("/initiatives").text


def test_des_coordonnees_ne_deviennent_pas_publiques(monde: Monde, initiative: Initiative) -> None:
    with pytest.raises(DonneeInvalide, match="samira@exemple"):
        donner_nouvelle(initiative, "Écrivez à samira@exemple.fr", par=monde.samira)
    besoins = {**TEXTES, "besoins": "06 12 34 56 78"}
    with pytest.raises(DonneeInvalide, match="06 12"):
        modifier_initiative(initiative, version=initiative.version, par=monde.samira, **besoins)
