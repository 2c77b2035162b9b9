"""Internal notes: only the agents of the acteur that wrote them read them."""

from typing import Any
from uuid import uuid4

import pytest

from devtools.factories import Monde
from mse.core.errors import DonneeInvalide, Interdit
from mse.echanges.queries import list_notes
from mse.echanges.use_cases import noter
from mse.responsables.use_cases import transferer_saisine

pytestmark = pytest.mark.usefixtures("jour")
NOTE = "CANARI-NOTE : appeler la mairie lundi."
MOTIF = "Cette équipe connaît mieux le sujet que la nôtre."


def test_une_note_reste_chez_l_ancien_responsable(monde: Monde, as_: Any) -> None:
    noter(monde.saisine, NOTE, cle=str(uuid4()), par=monde.agent)
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/notes"
    assert NOTE in as_(monde.referent).get(url).text
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    noter(monde.saisine, "CANARI-AUTRE", cle=str(uuid4()), par=monde.autre_agent)
    assert [note.texte for note in list_notes(monde.saisine, monde.autre_agent)] == ["CANARI-AUTRE"]
    assert NOTE not in as_(monde.autre_agent).get(url).text
    page = as_(monde.agent).get(url).text
    assert NOTE in page
    assert "CANARI-AUTRE" not in page
    assert "<textarea" not in page
    with pytest.raises(Interdit):
        noter(monde.saisine, NOTE, cle=str(uuid4()), par=monde.agent)


def test_personne_d_autre_ne_lit_une_note(monde: Monde, as_: Any) -> None:
    noter(monde.saisine, NOTE, cle=str(uuid4()), par=monde.agent)
    fiche, saisine = monde.fiche.id, monde.saisine.id
    pages = (f"/fiches/{fiche}", f"/fiches/{fiche}/saisines/{saisine}/echanges", "/mon-espace", "/fiches")
    for qui in (
        None,
        monde.samira,
        monde.lea,
        monde.ancienne,
        monde.autre_agent,
        monde.animatrice,
        monde.admin,
    ):
        for page in (*pages, f"/fiches/{fiche}/saisines/{saisine}/notes"):
            assert "CANARI-NOTE" not in as_(qui).get(page).text, page


def test_une_note_vide_ou_trop_longue_est_refusee(monde: Monde) -> None:
    for texte in (" \n", "x" * 5001):
        with pytest.raises(DonneeInvalide):
            noter(monde.saisine, texte, cle=str(uuid4()), par=monde.agent)
