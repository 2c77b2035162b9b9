"""Take back a transfer made by mistake, until the new owner takes the saisine up."""

from datetime import date, timedelta
from typing import Any

import pytest

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.core.clock import at
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.fiches.models import Saisine
from mse.fiches.queries.passages import list_transmises
from mse.fiches.use_cases.traiter import ajouter_etape, prendre_en_charge, repondre_saisine
from mse.responsables.use_cases import annuler_transfert, elargir_fiche, transferer_saisine
from tests.notifications.conftest import addresses, take_mails

pytestmark = pytest.mark.usefixtures("jour")

MOTIF = "Ces horaires dépendent de vous, pas de nous."
DUE = date(2026, 12, 14)


@pytest.fixture
def saisine(monde: Monde) -> Saisine:
    """Filed on Monday 16 November with `transports`, taken up the next day, due on 14 December."""
    with at(JOUR):
        saisine = make_fiche(monde.promotion, monde.samira, monde.transports).saisines[0]
    with at(JOUR + timedelta(days=1)):
        prendre_en_charge(saisine, par=monde.agent)
    return saisine


def transferer(monde: Monde, saisine: Saisine, jours: int) -> None:
    with at(JOUR + timedelta(days=jours)):
        transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.agent)


def annuler(monde: Monde, saisine: Saisine, jours: int) -> None:
    with at(JOUR + timedelta(days=jours)):
        annuler_transfert(saisine, par=monde.agent)


def test_tout_redevient_comme_avant(monde: Monde, saisine: Saisine) -> None:
    prise, due = saisine.prise_en_charge_le, saisine.prise_en_charge_due
    transferer(monde, saisine, 23)
    assert saisine.reponse_due == date(2026, 12, 23)
    annuler(monde, saisine, 24)
    assert (saisine.acteur, saisine.reponse_due) == (monde.transports, DUE)
    assert (saisine.prise_en_charge_le, saisine.prise_en_charge_due) == (prise, due)
    assert saisine.transferee_le is None
    assert saisine.fiche.prochaine_echeance == DUE
    assert [(une.echeance, une.tenue_le) for une in saisine.echeances_remplacees] == [
        (DUE, None),
        (date(2026, 12, 23), None),
    ]
    assert list_transmises(monde.transports) == list_transmises(monde.remuneration) == []
    with at(JOUR + timedelta(days=25)):
        repondre_saisine(saisine, LONGUE, par=monde.agent)


def test_un_transfert_annule_ne_compte_pas_parmi_les_deux(monde: Monde, saisine: Saisine) -> None:
    for jours in (23, 25, 28):
        transferer(monde, saisine, jours)
        annuler(monde, saisine, jours)
        assert saisine.reponse_due == DUE
    transferer(monde, saisine, 28)
    assert saisine.reponse_due == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("transfere", "annule", "due"),
    [
        (2, 30, DUE),  # the transfer had not moved the date
        (23, 27, DUE),
        (23, 30, date(2026, 12, 16)),  # the former date has passed meanwhile: due on the day of the return
        (23, 40, DUE),  # the date of the new owner has passed too: late
        (35, 36, DUE),  # the former date passed before the transfer: late, as before
    ],
)
def test_la_date_d_avant_revient(
    monde: Monde, saisine: Saisine, transfere: int, annule: int, due: date
) -> None:
    transferer(monde, saisine, transfere)
    annuler(monde, saisine, annule)
    assert saisine.reponse_due == due


def test_trop_tard_des_que_le_nouveau_responsable_agit(monde: Monde, saisine: Saisine) -> None:
    transferer(monde, saisine, 2)
    ajouter_etape(saisine, MOTIF, par=monde.autre_agent)
    with pytest.raises(TransitionInterdite, match="s’en occupe déjà"):
        annuler_transfert(saisine, par=monde.agent)
    prendre_en_charge(saisine, par=monde.autre_agent)
    with pytest.raises(TransitionInterdite, match="s’en occupe déjà"):
        annuler_transfert(saisine, par=monde.agent)


def test_seul_l_ancien_responsable_annule_le_sien(monde: Monde, saisine: Saisine) -> None:
    with pytest.raises(Interdit):
        annuler_transfert(saisine, par=monde.agent)  # never transferred
    transferer(monde, saisine, 2)
    for personne in (monde.autre_agent, monde.samira, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            annuler_transfert(saisine, par=personne)
    annuler(monde, saisine, 2)
    transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.animatrice)
    with pytest.raises(Interdit):  # the animateurs decided
        annuler_transfert(saisine, par=monde.agent)


def test_un_ancien_responsable_ajoute_depuis_garde_une_seule_saisine(monde: Monde, saisine: Saisine) -> None:
    transferer(monde, saisine, 2)
    elargir_fiche(saisine.fiche, monde.transports.id, MOTIF, par=monde.autre_agent)
    with pytest.raises((DonneeInvalide, TransitionInterdite)):
        annuler_transfert(saisine, par=monde.agent)


def test_la_page_l_offre_a_l_ancien_responsable(monde: Monde, saisine: Saisine, as_: Any) -> None:
    fiche, adresse = f"/fiches/{saisine.fiche_id}", f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}"
    transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    take_mails()
    for personne in (None, monde.samira, monde.autre_agent, monde.animatrice):
        assert "Annuler le transfert" not in as_(personne).get(fiche).text
    ada = as_(monde.agent)
    assert "Annuler le transfert" in ada.get(fiche).text
    for _clic in range(3):
        assert ada.poster(f"{adresse}/transfert/annulation", fiche).status_code == 303
    html = ada.get(fiche).text
    assert "Annuler le transfert" not in html
    assert html.count("Transfert annulé : la fiche revient à Service Cars régionaux") == 1
    assert "Transférée par Service Cars régionaux à Service Rémunération" in html
    mails = take_mails()
    assert addresses(mails) == {
        monde.autre_agent.courriel,
        monde.remuneration.courriel,
        monde.samira.courriel,
        monde.karim.courriel,
    }
    assert all("annule le transfert" in (mail.texte or "") for mail in mails)
