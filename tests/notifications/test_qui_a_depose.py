"""After the end of a promotion, the delegates who filed still get the answer or the reason of an abandon."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from devtools.factories import LONGUE, Monde
from mse.core.clock import at, now
from mse.extensions import db
from mse.fiches.use_cases.traiter import (
    abandonner_saisine,
    prendre_en_charge,
    regler_saisine,
    repondre_saisine,
)
from tests.notifications.conftest import addresses, take_mails


@pytest.mark.parametrize("geste", [repondre_saisine, regler_saisine, abandonner_saisine])
def test_apres_la_fin_de_la_promotion_qui_a_depose_lit_la_reponse(
    monde: Monde, geste: Callable[..., None]
) -> None:
    """Delegates of the filing day get the answer by e-mail, without a link to a verdict, and nothing else."""
    take_mails()
    monde.karim.courriel_prouve_le = None
    db.session.commit()
    with at(now() + timedelta(days=200)):
        prendre_en_charge(monde.saisine, par=monde.agent)
        geste(monde.saisine, LONGUE, par=monde.agent)
        mails = take_mails()
    assert addresses(mails) == {monde.samira.courriel}  # the address of Karim is not verified
    [mail] = mails
    assert LONGUE[:40] in (mail.texte or "")
    assert f"/fiches/{monde.fiche.id}" in (mail.texte or "")
    assert "avis" not in (mail.texte or "")
    assert "demander de rouvrir" not in (mail.texte or "")
    assert "Vous n’êtes plus délégué·e" in (mail.texte or "")


def test_une_ancienne_deleguee_d_avant_la_fiche_n_en_apprend_rien(monde: Monde) -> None:
    """Zoe, whose mandat ended before the fiche was filed, gets no e-mail."""
    take_mails()
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert addresses(take_mails()) == {
        monde.samira.courriel,
        monde.karim.courriel,
    }
