"""What trainees wrote is erased on time."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.classe.models import Contribution, Mot, Participant
from mse.classe.use_cases.contribuer import signer
from mse.classe.use_cases.effacer import oublier_contributions, oublier_mots
from mse.classe.use_cases.mots import donner_code, laisser_mot, lire_mot
from mse.classe.use_cases.ouvrir import fermer_classe
from mse.core import clock
from mse.core.clock import now
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from tests.classe.classe import open_class, send, sender


def count(table: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def erase_in(days: int) -> tuple[int, int]:
    with clock.at(now() + timedelta(days=days)):
        oublier_contributions()
        oublier_mots()
    db.session.rollback()
    return count(Contribution), count(Participant)


def test_trente_jours_apres_le_depot_tout_est_efface(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    send(lien)
    deposer_fiche(fiche, par=monde.samira)
    assert erase_in(29) == (1, 1)
    assert erase_in(31) == (0, 0)
    assert fiche.nombre_participants == 1


def test_sans_depot_les_prenoms_partent_avant_les_textes(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    send(lien)
    signer("Inès", de=sender(lien))
    fermer_classe(fiche, par=monde.samira)
    assert erase_in(29) == (1, 1)
    assert db.session.scalars(select(Contribution.prenom)).one() == "Inès"
    assert erase_in(31) == (1, 0)
    assert db.session.scalars(select(Contribution.prenom)).one() is None
    assert erase_in(380) == (0, 0)


def test_une_fiche_deposee_tard_dit_encore_combien_ont_participe(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    for appareil in "abcdef":
        send(lien, appareil=appareil)
    assert erase_in(60) == (6, 0)
    with clock.at(now() + timedelta(days=61)):
        deposer_fiche(fiche, par=monde.samira)
    assert fiche.nombre_participants == 6


def test_un_mot_lu_et_un_mot_oublie_sont_effaces(app: Flask, monde: Monde) -> None:
    code = donner_code(monde.promotion, par=monde.samira)
    for cle in ("lu", "oublié"):
        laisser_mot("Il fait froid.", "Inès", cle=cle, de=sender(code))
    lire_mot(db.session.scalars(select(Mot).where(Mot.cle == "lu")).one(), par=monde.samira)
    erase_in(31)
    assert db.session.scalars(select(Mot.cle)).all() == ["oublié"]
    erase_in(91)
    assert count(Mot) == 0
