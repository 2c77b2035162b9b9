"""The outbox: each e-mail is sent exactly once, whatever fails."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from devtools.smtp import Serveur
from mse.core.clock import at, now
from mse.core.email_addresses import require_email
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications import delivery, worker
from mse.notifications.messages import build_message
from mse.notifications.outbox import put
from mse.notifications.use_cases import claim, mark_sent, postpone, purge
from mse.notifications.worker import drain
from tests.notifications.conftest import rows


def test_un_courriel_part_en_texte_et_en_html(serveur: Serveur, ecrire: Any) -> None:
    ecrire()
    assert drain().envoyes == 1
    [courriel], [recu] = rows(), serveur.recus
    assert courriel.envoye_le is not None
    assert courriel.essais == 1
    assert recu["Message-ID"] == courriel.message_id
    assert recu["To"] == "samira.0@exemple.fr"
    assert recu["Subject"] == "Une réponse à votre fiche"
    assert recu["Auto-Submitted"] == "auto-generated"
    assert recu.get_body(["plain"]).get_content().splitlines() == ["Bonjour,", "à bientôt."]
    assert recu.get_body(["html"]).get_content().strip() == "<p>Bonjour</p>"
    assert drain().envoyes == 0


def test_une_erreur_de_notre_part_ne_perd_rien(
    serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecrire(2)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "build_message", lambda mail: None if mail.id % 2 else build_message(mail))
        assert drain().envoyes == 1
    assert rows()[0].erreur == "erreur interne\u202f: AttributeError"
    with at(now() + timedelta(minutes=1)):
        assert drain().envoyes == 1


def test_une_adresse_impossible_n_arrete_pas_les_autres(serveur: Serveur, ecrire: Any) -> None:
    ecrire(adresse="boîte@exemple.fr\r\nBcc: tous@exemple.fr")
    ecrire(adresse="accueil@éco.example")
    drain()
    refusee, partie = rows()
    assert (refusee.erreur, refusee.abandonne_le is None) == ("adresse invalide", False)
    assert partie.envoye_le is not None
    assert serveur.recus[0]["To"] == "accueil@xn--co-9ia.example"


def test_une_action_annulee_n_envoie_rien(app: Flask, serveur: Serveur) -> None:
    @use_case
    def fail() -> None:
        put(["samira@exemple.fr"], evenement="essai", sujet="Non", texte="Non", html=None)
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    drain()
    assert rows() == []
    assert serveur.recus == []


def test_deux_tournees_a_la_fois_envoient_chaque_courriel_une_fois(
    app: Flask, serveur: Serveur, ecrire: Any
) -> None:
    ecrire(30)
    barrier = threading.Barrier(3)

    def tour() -> None:
        barrier.wait()
        with app.app_context():
            drain()

    threads = [threading.Thread(target=tour) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(serveur.ids()) == len(set(serveur.ids())) == 30


def test_un_courriel_reserve_attend_deux_minutes_son_porteur_disparu(serveur: Serveur, ecrire: Any) -> None:
    ecrire()
    assert claim() is not None  # the claiming worker dies
    assert drain().envoyes == 0
    with at(now() + timedelta(minutes=2, seconds=1)):
        assert drain().envoyes == 1


def test_une_reservation_perdue_ne_repousse_rien(serveur: Serveur, ecrire: Any) -> None:
    """A slow worker that lost its claim cannot postpone an e-mail already sent by another one."""
    ecrire()
    perdue = claim()
    with at(now() + timedelta(minutes=3)):
        assert drain().envoyes == 1
        assert perdue is not None
        postpone(perdue, "délai dépassé", panne=True)
    assert rows()[0].erreur is None
    assert rows()[0].envoye_le is not None


def test_aucune_transaction_n_est_ouverte_pendant_l_envoi(
    serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecrire(2)
    ouvertes = []
    send = delivery.Mailer._send

    def spy(self: Any, message: Any) -> None:
        ouvertes.append(db.session().in_transaction())
        send(self, message)

    monkeypatch.setattr(delivery.Mailer, "_send", spy)
    drain()
    assert ouvertes == [False, False]


def test_sans_serveur_chaque_courriel_est_un_fichier(app: Flask, ecrire: Any) -> None:
    ecrire()
    assert drain().envoyes == 1
    [courriel] = rows()
    name = f"{courriel.cree_le:%Y-%m-%dT%H%M%SZ}-{courriel.id:06}.eml"
    contenu = (Path(app.instance_path) / "courriels" / name).read_bytes()
    assert courriel.message_id.encode() in contenu
    assert not list((Path(app.instance_path) / "courriels").glob("*.part"))


def test_un_disque_plein_remet_a_plus_tard(app: Flask, ecrire: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ecrire()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(delivery.os, "fsync", full)
        assert drain().envoyes == 0
    assert rows()[0].erreur == "OSError 28"
    with at(now() + timedelta(minutes=2)):
        assert drain().envoyes == 1


def test_une_base_occupee_ne_fait_pas_envoyer_deux_fois(
    serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecrire()
    fois = iter([True, True, False])

    def busy(mail: Any) -> None:
        if next(fois):
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        mark_sent(mail)

    monkeypatch.setattr(worker, "RETRY_AFTER", (0, 0, 0))
    monkeypatch.setattr(worker, "mark_sent", busy)
    drain()
    with at(now() + timedelta(minutes=5)):
        drain()
    assert len(serveur.recus) == 1


def test_textes_et_adresses_partent_apres_sept_jours_le_statut_reste(serveur: Serveur, ecrire: Any) -> None:
    ecrire(3)
    serveur.behaviours = iter(["ok", "rcpt 550 No", "451 Later"])
    drain()
    assert purge() == 0
    with at(now() + timedelta(days=7, minutes=1)):
        assert purge() == 2
    envoye, refuse, attend = rows()
    for fini in (envoye, refuse):
        assert (fini.destinataire, fini.sujet, fini.texte, fini.html) == (None, None, None, None)
    assert envoye.envoye_le
    assert refuse.abandonne_le
    assert attend.texte  # an unsent e-mail keeps its text


@pytest.mark.parametrize(
    "adresse", ["contact@éducation.fr", "o'neil+1@exemple.fr", "nadia@xn--ducation-90a.fr"]
)
def test_toute_adresse_acceptee_a_la_saisie_part(serveur: Serveur, ecrire: Any, adresse: str) -> None:
    ecrire(adresse=require_email(f"<{adresse}>\u200b"))
    assert drain().envoyes == 1
    assert serveur.recus[0]["To"].isascii()
