"""An e-mail with a secret link is sent before the others."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event, insert, text

from devtools.factories import Monde
from devtools.smtp import Serveur
from mse.core.clock import now
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications import outbox
from mse.notifications.annonces import write_next
from mse.notifications.models import Annonce
from mse.notifications.use_cases import claim
from mse.notifications.worker import drain

Demander = Callable[[], None]


def rang(serveur: Serveur) -> int:
    """The number of e-mails that arrived before the link."""
    return [str(message["To"]) for message in serveur.recus].index("samira@exemple.fr")


def test_le_lien_de_connexion_passe_devant_ce_qui_attend(
    monde: Monde, serveur: Serveur, ecrire: Any, demander: Demander
) -> None:
    """The link is sent before pending e-mails and before announcements not yet written."""
    ecrire(20)
    demander()
    assert drain().envoyes > 21
    assert rang(serveur) == 0


def test_demande_pendant_un_envoi_le_lien_part_juste_apres(
    app: Flask, serveur: Serveur, ecrire: Any, demander: Demander
) -> None:
    def behaviours() -> Iterator[str]:
        yield "ok"
        with app.app_context():
            demander()
        while True:
            yield "ok"

    serveur.behaviours = behaviours()
    ecrire(20)
    assert drain().envoyes == 21
    assert rang(serveur) in (1, 2)


def test_un_serveur_en_panne_n_empeche_pas_d_ecrire_les_courriels(
    monde: Monde, serveur: Serveur, demander: Demander
) -> None:
    serveur.behaviours = iter(["421 Busy"] * 3)
    for _fois in range(5):
        demander()
    bilan = drain()
    assert (bilan.envoyes, bilan.reportes, bilan.epuise) == (0, 3, False)
    assert not write_next()


def test_le_lien_qui_expire_d_abord_part_d_abord(app: Flask) -> None:
    lien, invitation = now() + timedelta(minutes=10), now() + timedelta(days=14)

    @use_case
    def put(expire_le: datetime | None) -> None:
        options = {"sujet": "Sujet", "texte": "Texte", "html": None, "expire_le": expire_le}
        outbox.put(["samira@exemple.fr"], evenement="essai", **options)

    for expire_le in (None, invitation, lien):
        put(expire_le)
    claimed = [claim(with_secret=True) for _fois in range(3)]
    assert [one and one.expire_le for one in claimed] == [lien, invitation, None]
    dernier = claim()
    assert dernier is not None
    assert dernier.expire_le is None


def test_chercher_le_prochain_courriel_suit_un_index(app: Flask, ecrire: Any) -> None:
    ecrire(2000)
    annonce = {"evenement": "FicheDeposee", "charge": {}, "notee_le": now(), "prochain_essai_le": now()}
    db.session.execute(insert(Annonce), [annonce] * 2000)
    if db.engine.dialect.name == "postgresql":  # autovacuum analyses within a minute, SQLite never does
        db.session.execute(text("ANALYZE"))
    db.session.commit()
    requetes: list[tuple[str, Any]] = []

    def note(*args: Any) -> None:
        requetes.append(args[2:4])

    event.listen(db.engine, "before_cursor_execute", note)
    claim()
    write_next()
    event.remove(db.engine, "before_cursor_execute", note)
    explain = "EXPLAIN" if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    plans = ""
    for requete, parametres in [paire for paire in requetes if "ORDER BY" in paire[0]]:
        lignes = db.session.connection().exec_driver_sql(f"{explain} {requete}", parametres)
        plans += "\n".join(str(ligne) for ligne in lignes)
    for index in (
        "ix_courriels_urgents",
        "ix_courriels_a_envoyer",
        "ix_annonces_evenement_prochain_essai_le_id",
        "ix_annonces_prochain_essai_le_id",
    ):
        assert index in plans
    assert "Seq Scan" not in plans
