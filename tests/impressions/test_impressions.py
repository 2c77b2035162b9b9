"""PDF on request: one document for one content, private ones for their reader, kept for a day."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.comptes.models import Compte
from mse.core import clock
from mse.core.errors import TropDeDemandes
from mse.extensions import db
from mse.impressions import use_cases
from mse.impressions.models import Impression
from mse.impressions.queries import get_impression
from mse.impressions.use_cases import demander_impression, imprimer, oublier_impressions

PAGE = (
    '<html lang="fr"><head><title>Essai</title></head><body><h1>Une fiche</h1><p>Bonjour.</p></body></html>'
)
pytestmark = pytest.mark.usefixtures("jour")


def demander(page: str = PAGE, sujet: str = "fiche:1", par: Compte | None = None, **options: Any) -> None:
    demander_impression(sujet, page, par=par, **{"adresse": "192.0.2.7", "secret": "s", **options})


def lire(page: str = PAGE, sujet: str = "fiche:1") -> Impression:
    db.session.rollback()
    impression = get_impression(sujet, page)
    assert impression is not None
    return impression


def test_le_worker_ecrit_le_pdf_et_efface_la_page(monde: Monde) -> None:
    demander()
    assert lire().est_attendue
    imprimer()
    faite = lire()
    assert faite.est_ecrite
    assert faite.page is None
    assert Impression.store.path(faite.fichier or "").read_bytes().startswith(b"%PDF-")


def test_le_meme_contenu_n_est_ecrit_qu_une_fois(monde: Monde) -> None:
    demander()
    imprimer()
    premiere = lire().id
    demander()
    assert lire().id == premiere
    demander(PAGE.replace("Bonjour", "Bonsoir"))
    assert db.session.scalar(select(func.count()).select_from(Impression)) == 1  # replaced


def test_une_page_qui_echoue_le_dit_et_peut_etre_redemandee(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_cases, "can_write_pdf", lambda: False)
    demander()
    imprimer()
    echec = lire()
    assert not echec.est_attendue
    assert not echec.est_ecrite
    demander()
    assert lire().est_attendue


def test_trop_de_documents_attendent(monde: Monde) -> None:
    for numero in range(use_cases.PAR_DEMANDEUR):
        demander(sujet=f"fiche:{numero}")
    with pytest.raises(TropDeDemandes):
        demander(sujet="fiche:99")
    demander(sujet="fiche:99", adresse="192.0.2.8")


def test_un_document_disparait_apres_un_jour(monde: Monde) -> None:
    demander()
    imprimer()
    fichier = Impression.store.path(lire().fichier or "")
    oublier_impressions()
    assert fichier.exists()
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        oublier_impressions()
    assert not fichier.exists()
    assert get_impression("fiche:1", PAGE) is None
