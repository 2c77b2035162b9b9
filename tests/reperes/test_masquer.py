"""A text that names a person disappears from the repère too."""

from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde
from mse.core.errors import Interdit
from mse.extensions import db
from mse.fiches.models import Etape
from mse.moderation.use_cases import masquer_etape
from mse.reperes.models import Repere, RepereFiche
from mse.reperes.use_cases.ecrire import modifier_repere
from mse.reperes.use_cases.finir import masquer_repere, retirer_repere
from mse.reperes.workflow import StatutRepere
from tests.reperes.reperes import MOTIF, TEXTE, contenu, make_brouillon, make_repere


def test_masquer_efface_toutes_les_versions(monde: Monde, as_: Any) -> None:
    repere = make_repere(monde)
    modifier_repere(repere, contenu(texte="Demandez à Jeanne Dupont, au bureau 12."), MOTIF, par=monde.agent)
    with pytest.raises(Interdit):
        masquer_repere(repere, MOTIF, par=monde.agent)
    page = f"/reperes/{repere.id}/masquage"
    for _ in range(3):
        assert as_(monde.animatrice).poster(page, motif=MOTIF).status_code == 303
    public = as_(None).get(f"/reperes/{repere.id}").text
    assert "Jeanne Dupont" not in public
    assert TEXTE not in public
    assert MOTIF in public
    db.session.expire_all()
    assert repere.statut == StatutRepere.RETIRE


def test_un_repere_retire_se_masque_encore(monde: Monde, client: Any) -> None:
    repere = make_repere(monde)
    retirer_repere(repere, MOTIF, par=monde.agent)
    masquer_repere(repere, "Il nommait une personne.", par=monde.animatrice)
    page = client.get(f"/reperes/{repere.id}").text
    assert TEXTE not in page
    assert "Il nommait une personne." in page


@pytest.mark.parametrize("make", [make_repere, make_brouillon])
def test_une_reponse_masquee_ne_se_lit_plus_dans_son_repere(monde: Monde, make: Any) -> None:
    repere, autre = make(monde, texte=f"{LONGUE}\n\nEt voici la suite."), make_repere(monde)
    etape_id = db.session.scalars(
        select(RepereFiche.etape_id).where(RepereFiche.repere_id == repere.id)
    ).one()
    masquer_etape(db.session.get_one(Etape, etape_id), "Elle nommait une personne.", par=monde.animatrice)
    db.session.expire_all()
    assert LONGUE not in repere.texte
    assert db.session.get_one(Repere, autre.id).texte == TEXTE
