"""Messages and notes are deleted 24 months after their saisine is closed."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.core.clock import at
from mse.core.files import Envoi
from mse.echanges.models import Fil, LectureFil, Message, Note, PieceMessage
from mse.echanges.use_cases import ecrire_message, marquer_lu, noter, oublier_echanges
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import regler_saisine
from tests.fichiers import pdf

pytestmark = pytest.mark.usefixtures("jour")
TABLES = (Message, PieceMessage, Fil, LectureFil, Note)


def compter() -> list[int]:
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def echanger(saisine: Saisine, monde: Monde) -> None:
    envois = [Envoi("plan.pdf", BytesIO(pdf("plan")))]
    assert ecrire_message(saisine, LONGUE, cle=str(uuid4()), envois=envois, par=monde.samira) == []
    marquer_lu(saisine, db.session.scalars(select(func.max(Message.id))).one(), par=monde.agent)
    noter(saisine, LONGUE, cle=str(uuid4()), par=monde.agent)


def test_vingt_quatre_mois_apres_la_cloture_tout_est_efface(monde: Monde) -> None:
    ouverte = make_fiche(monde.promotion, monde.samira, monde.transports).saisines[0]
    for saisine in (monde.saisine, ouverte):
        echanger(saisine, monde)
    regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    chemins = {piece.message.saisine_id: piece.chemin for piece in db.session.scalars(select(PieceMessage))}
    with at(JOUR + timedelta(days=729)):
        assert oublier_echanges() == 0
    assert compter() == [2, 2, 2, 2, 2]
    with at(JOUR + timedelta(days=731)):
        assert [oublier_echanges(), oublier_echanges()] == [1, 0]
    assert compter() == [1, 1, 1, 1, 1]
    assert db.session.scalars(select(Message.saisine_id)).all() == [ouverte.id]
    assert [chemins[une].exists() for une in (monde.saisine.id, ouverte.id)] == [False, True]
