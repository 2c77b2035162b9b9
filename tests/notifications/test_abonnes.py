"""E-mails of bulletins carry the List-Unsubscribe header and a personal unsubscription link."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde
from devtools.smtp import Serveur
from mse.core.clock import now, today
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.meteo.use_cases import actualiser, composer_bulletin, publier_bulletin
from mse.notifications import mails
from mse.notifications.models import Courriel
from mse.notifications.worker import drain
from mse.suivis.models import Suivi
from tests.courriels import write_mails
from tests.suivis.test_bulletins import demander

LECTRICE = "lectrice@exemple.fr"


def _abonner(*adresses: str) -> None:
    for adresse in adresses:
        demander(adresse)
    for suivi in db.session.scalars(select(Suivi)):
        suivi.confirme_le = now()
    db.session.commit()


def _publier(monde: Monde) -> None:
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    actualiser()
    texte = "Un mois de **soleil**."
    bulletin = composer_bulletin(
        cle=str(uuid4()), titre="Mars", texte=texte, jour=today(), par=monde.animatrice
    )
    write_mails()
    publier_bulletin(bulletin, par=monde.animatrice)


def test_l_entete_d_un_bouton_part_avec_le_courriel(monde: Monde, serveur: Serveur) -> None:
    _abonner(LECTRICE)
    _publier(monde)
    write_mails()
    drain()
    [demande, message] = [m for m in serveur.recus if m["To"] == LECTRICE]
    assert demande["List-Unsubscribe"] is None
    assert re.fullmatch(r"<http://\S+/suivis/\S+/fin>", message["List-Unsubscribe"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_un_bulletin_s_ecrit_une_fois_et_chacun_y_lit_son_lien(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    _abonner(LECTRICE, "lecteur@exemple.fr", "autre@exemple.fr")
    cles = {suivi.abonne.courriel: suivi.cle for suivi in db.session.scalars(select(Suivi))}
    _publier(monde)
    ecrits, render = [], mails._render
    monkeypatch.setattr(mails, "_render", lambda *args: ecrits.append(args[0]) or render(*args))
    write_mails()
    assert sorted(ecrits) == [
        f"emails/bulletin_publie/{nom}" for nom in ("body.html", "body.txt", "subject.txt")
    ]
    envois = db.session.scalars(select(Courriel).where(Courriel.evenement == "bulletin_publie")).all()
    assert {envoi.destinataire for envoi in envois} == set(cles)
    for envoi in envois:
        for adresse, cle in cles.items():
            for lu in (envoi.texte, envoi.html, envoi.desabonnement):
                assert (f"/suivis/{cle}/fin" in lu) == (adresse == envoi.destinataire)
