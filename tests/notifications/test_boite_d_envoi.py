"""The outbox: what is written there leaves, once, whatever the server does."""

import socket
import threading
from datetime import timedelta
from itertools import chain, cycle, repeat
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from mse.core.clock import at, now
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications import delivery, worker
from mse.notifications.messages import build_message
from mse.notifications.models import Courriel
from mse.notifications.queries import list_refuses, oldest_unsent
from mse.notifications.use_cases import claim, mark_sent, postpone, purge_bodies, put
from mse.notifications.worker import drain
from tests.notifications.conftest import Serveur, connect, free_port


def rows() -> list[Courriel]:
    db.session.rollback()
    return list(db.session.scalars(select(Courriel).order_by(Courriel.id)))


def drain_for(hours: float) -> None:
    """As the worker does: a drain each minute."""
    start = now()
    for minute in range(int(hours * 60)):
        with at(start + timedelta(minutes=minute)):
            drain()
        if not any(row.envoye_le is None and row.abandonne_le is None for row in rows()):
            return


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


def test_cinquante_courriels_a_travers_un_serveur_capricieux(serveur: Serveur, ecrire: Any) -> None:
    ecrire(50)
    serveur.humeurs = chain(
        ["muet"], cycle(["ok", "451 Try later", "coupe", "rcpt 450 4.2.0 Greylisted", "ok", "421 Bye", "ok"])
    )
    drain_for(hours=8)
    courriels = rows()
    assert all(courriel.envoye_le for courriel in courriels)
    # None lost, none twice.
    assert sorted(serveur.ids()) == sorted(courriel.message_id for courriel in courriels)
    assert len(serveur.vus) > 50
    assert set(serveur.vus) == set(serveur.ids())  # a retry keeps its Message-ID


def test_une_panne_garde_tout_et_repart_des_le_retour(
    app: Flask, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(app, free_port(), monkeypatch)  # nobody listens there
    ecrire(20)
    assert drain().envoyes == 0
    essayes = [row for row in rows() if row.essais]
    assert len(essayes) == worker.TROUBLES  # the other mails keep their turn
    assert essayes[0].erreur == "ConnectionRefusedError 111"
    assert essayes[0].prochain_essai_le > now()
    assert oldest_unsent() == rows()[0].cree_le


def test_les_essais_s_espacent(serveur: Serveur, ecrire: Any) -> None:
    ecrire()
    serveur.humeurs = repeat("451 4.3.0 Try later")
    minutes = []
    for _essai in range(8):
        with at(rows()[0].prochain_essai_le):
            instant = now()
            drain()
        minutes.append((rows()[0].prochain_essai_le - instant).total_seconds() / 60)
    assert minutes == [1, 2, 5, 15, 30, 60, 60, 60]
    assert rows()[0].erreur == "451 4.3.0 (contenu)"


@pytest.mark.parametrize(
    ("reply", "erreur"),  # codes, nothing of the mail
    [
        ("rcpt 550 5.1.1 <samira.0@exemple.fr> unknown", "550 5.1.1 (destinataire)"),
        ("554 5.7.1 Bonjour, we do not like this text", "554 5.7.1 (contenu)"),
    ],
)
def test_un_refus_definitif_s_arrete_et_se_voit(
    serveur: Serveur, ecrire: Any, reply: str, erreur: str
) -> None:
    ecrire()
    serveur.humeurs = chain([reply], repeat("ok"))
    assert drain().refuses == 1
    [courriel] = rows()
    assert courriel.abandonne_le is not None
    assert courriel.erreur == erreur
    assert [refuse.id for refuse in list_refuses()] == [courriel.id]
    assert oldest_unsent() is None
    drain_for(hours=3)
    assert serveur.recus == []


def test_un_reglage_a_corriger_n_abandonne_rien(serveur: Serveur, ecrire: Any) -> None:
    ecrire()
    serveur.humeurs = chain(["rcpt 530 5.7.0 Authentication required"], repeat("ok"))
    drain_for(hours=1)
    assert rows()[0].envoye_le is not None


def test_un_mot_de_passe_refuse_n_abandonne_rien(
    app: Flask, serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This server knows no AUTH, nor STARTTLS: a promised encryption that is missing stops everything."""
    monkeypatch.setattr(app.extensions["mail"], "use_tls", True)
    ecrire()
    drain()
    assert rows()[0].erreur == "SMTPNotSupportedError"
    monkeypatch.setattr(app.extensions["mail"], "use_tls", False)
    monkeypatch.setattr(app.extensions["mail"], "username", "mse")
    monkeypatch.setattr(app.extensions["mail"], "password", "secret")
    with at(now() + timedelta(hours=1)):
        drain()
    assert rows()[0].abandonne_le is None
    assert serveur.vus == []


def test_une_erreur_de_notre_part_ne_perd_rien(
    serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecrire(2)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "build_message", lambda pli: None if pli.id % 2 else build_message(pli))
        assert drain().envoyes == 1
    assert rows()[0].erreur == "erreur interne\u202f: AttributeError"
    with at(now() + timedelta(minutes=1)):
        assert drain().envoyes == 1


def test_une_connexion_porte_plusieurs_courriels_puis_se_renouvelle(
    serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PER_CONNECTION", 2)
    connexions = []
    connect = delivery._connect
    monkeypatch.setattr(delivery, "_connect", lambda *args: connexions.append(1) or connect(*args))
    ecrire(5)
    assert drain().envoyes == 5
    assert len(connexions) == 3


def test_une_adresse_impossible_n_arrete_pas_les_autres(serveur: Serveur, ecrire: Any) -> None:
    ecrire(adresse="boîte@exemple.fr\r\nBcc: tous@exemple.fr")
    ecrire(adresse="accueil@éco.example")
    drain()
    refusee, partie = rows()
    assert (refusee.erreur, refusee.abandonne_le is None) == ("adresse invalide", False)
    assert partie.envoye_le is not None
    assert serveur.recus[0]["To"] == "accueil@xn--co-9ia.example"


def test_un_serveur_qui_distille_ses_octets_ne_nous_retient_pas(
    app: Flask, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte every tenth of a second: no single wait ever times out."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        connect(app, door.getsockname()[1], monkeypatch)
        stop = threading.Event()

        def drip() -> None:
            line, _address = door.accept()
            with line:
                while not stop.wait(0.1):
                    try:
                        line.send(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        ecrire()
        monkeypatch.setattr(worker, "TROUBLES", 1)
        drain()
        stop.set()
        thread.join()
    assert rows()[0].erreur == "délai dépassé"


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
    assert claim() is not None  # then its holder is killed
    assert drain().envoyes == 0
    with at(now() + timedelta(minutes=2, seconds=1)):
        assert drain().envoyes == 1


def test_une_reservation_perdue_ne_repousse_rien(serveur: Serveur, ecrire: Any) -> None:
    """Somebody slow writes his failure after another one has sent the mail."""
    ecrire()
    perdue = claim()
    with at(now() + timedelta(minutes=3)):
        assert drain().envoyes == 1
        assert perdue is not None
        postpone(perdue, "délai dépassé")
    assert rows()[0].erreur is None
    assert rows()[0].envoye_le is not None


def test_aucune_transaction_n_est_ouverte_pendant_l_envoi(
    serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecrire(2)
    ouvertes = []
    send = delivery.Facteur._send

    def spy(self: Any, message: Any) -> None:
        ouvertes.append(db.session().in_transaction())
        send(self, message)

    monkeypatch.setattr(delivery.Facteur, "_send", spy)
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

    def busy(pli: Any) -> None:
        if next(fois):
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        mark_sent(pli)

    monkeypatch.setattr(worker, "INSIST", (0, 0, 0))
    monkeypatch.setattr(worker, "mark_sent", busy)
    drain()
    with at(now() + timedelta(minutes=5)):
        drain()
    assert len(serveur.recus) == 1


def test_les_textes_partent_apres_sept_jours_le_statut_reste(serveur: Serveur, ecrire: Any) -> None:
    ecrire(3)
    serveur.humeurs = iter(["ok", "rcpt 550 No", "451 Later"])
    drain()
    assert purge_bodies() == 0
    with at(now() + timedelta(days=7, minutes=1)):
        assert purge_bodies() == 2
    envoye, refuse, attend = rows()
    assert (envoye.texte, envoye.html, refuse.texte) == (None, None, None)
    assert envoye.envoye_le
    assert refuse.abandonne_le
    assert attend.texte  # not sent yet
