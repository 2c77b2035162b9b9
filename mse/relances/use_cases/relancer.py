"""Record reminders, and prepare their mails: one a recipient and day.

Each step is a short transaction and can be repeated: a worker that stops in the middle goes on where it was.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import Table, delete, insert, literal, select, update

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import now, today, zone
from mse.core.database import one_at_a_time, upsert
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.api import INTERDIT, verrouille
from mse.fiches.models import Saisine
from mse.relances.events import RelancesEnvoyees, SaisineRelancee
from mse.relances.models import EnvoiRelances, Relance, TourneeRelances
from mse.relances.policies import peut_relancer, peut_relancer_acteur
from mse.relances.queries import (
    a_des_envois,
    est_terminee,
    find_jour,
    list_animateurs,
    list_cercles,
    list_en_retard,
    list_inachevees,
    list_relancees,
    list_servis,
    read_publics,
    select_a_relancer,
)
from mse.relances.workflow import Cercle, Palier, Tranche, list_tranches

LOT = 5000  # saisines in one transaction
LOT_ACTEURS = 200
RELANCES_MAX = 100  # saisines reminded by one click

_RELANCES = cast(Table, Relance.__table__)

logger = logging.getLogger(__name__)


def relancer_du_jour() -> int:
    """Run the ladder of the day, once, from the hour of the démarche on. Return the number of reminders.

    A task of the worker. After an outage each saisine gets its highest step only.
    """
    le = today()
    if now().astimezone(zone()).hour < get_demarche().relances.heure or est_terminee(le):
        return 0
    for jour in list_inachevees(le):
        _reprendre(jour, le)
    nombre = 0
    for tranche in list_tranches(le):
        apres: tuple[date, int] | None = None
        while lot := _noter(tranche, apres, le):
            apres, nombre = lot.dernier, nombre + lot.nombre
            logger.info("reminders of %s: %s recorded, step %s", le, nombre, tranche.palier)
    _prepare_all(le)
    return nombre


class _Lot(NamedTuple):
    """The number of saisines of one transaction, and the (due date, id) of the last one."""

    nombre: int
    dernier: tuple[date, int]


@use_case
def _noter(tranche: Tranche, apres: tuple[date, int] | None, le: date) -> _Lot | None:
    """Record the step of the next saisines; None at the end of the slice. One statement of the database reads
    and writes them."""
    one_at_a_time("relances")
    saisines = select_a_relancer(tranche, le=le, apres=apres, nombre=LOT)
    valeurs = {"palier": tranche.palier, "jour": le, "le": now()}
    constantes = [literal(valeur, _RELANCES.c[nom].type).label(nom) for nom, valeur in valeurs.items()]
    relances = insert(_RELANCES).from_select(
        ["saisine_id", "echeance", *valeurs], saisines.add_columns(*constantes)
    )
    notees = db.session.execute(relances.returning(_RELANCES.c.echeance, _RELANCES.c.saisine_id)).all()
    return _Lot(len(notees), max((une.echeance, une.saisine_id) for une in notees)) if notees else None


def _reprendre(jour: date, le: date) -> None:
    """Complete a day that a stopped worker left unfinished. If no mail was announced, its reminders leave
    with those of `le`."""
    if a_des_envois(jour):
        _prepare_all(jour)
    else:
        _reporter(jour, le)


@use_case
def _reporter(jour: date, le: date) -> None:
    """Move the reminders of `jour` to the day `le`. A saisine has one reminder by hand a day."""
    a_la_main = Relance.palier == Palier.MANUELLE
    du_jour = select(Relance.saisine_id).where(Relance.jour == le, a_la_main)
    db.session.execute(
        delete(Relance)
        .where(Relance.jour == jour, a_la_main, Relance.saisine_id.in_(du_jour))
        .execution_options(synchronize_session=False)
    )
    db.session.execute(update(Relance).where(Relance.jour == jour).values(jour=le))


def _prepare_all(jour: date) -> None:
    acteurs = sorted(list_cercles(jour))
    for debut in range(0, len(acteurs), LOT_ACTEURS):
        _preparer(acteurs[debut : debut + LOT_ACTEURS], jour)
    _finir(jour)


@use_case
def _preparer(acteurs: Collection[int], jour: date) -> None:
    one_at_a_time("relances")
    _envoyer(acteurs, jour)


def _envoyer(acteurs: Collection[int], jour: date) -> None:
    """Announce a mail to each recipient of the reminders of that day that has none yet."""
    servis = list_servis(jour)
    for compte_id, acteur_id in _list_attendus(acteurs, jour):
        if (compte_id, acteur_id) not in servis:
            envoi = EnvoiRelances(compte_id=compte_id, acteur_id=acteur_id, jour=jour)
            db.session.add(envoi)
            db.session.flush()
            record(RelancesEnvoyees(envoi_id=envoi.id, par_id=None))


@use_case
def _finir(jour: date) -> None:
    row = upsert(TourneeRelances).values(jour=jour, finie_le=now())
    db.session.execute(row.on_conflict_do_nothing())


def _list_attendus(acteurs: Collection[int], jour: date) -> list[tuple[int | None, int | None]]:
    """The recipients of the reminders of that day to these acteurs: (compte, acteur), one of them None. Those
    of a circle without anybody go to the animateurs."""
    cercles = {acteur_id: siens for acteur_id, siens in list_cercles(jour).items() if acteur_id in acteurs}
    publics, animateurs = read_publics(cercles.keys(), le=today()), list_animateurs()
    attendus: dict[tuple[int | None, int | None], None] = {}
    for acteur_id, siens in cercles.items():
        for cercle in siens:
            comptes = publics.lire(acteur_id, cercle) or animateurs
            attendus.update({(compte_id, None): None for compte_id in comptes})
        if Cercle.AGENTS in siens and acteur_id in publics.boites:
            attendus[None, acteur_id] = None
    return list(attendus)


@use_case
@verrouille
def relancer_saisine(saisine: Saisine, *, par: Compte) -> None:
    """Remind the owner of an awaited answer by hand, at most once a day."""
    exige_droit(peut_relancer(par, saisine), INTERDIT)
    if not saisine.est_en_cours:
        raise TransitionInterdite(_("Cette fiche n’attend pas de réponse : il n’y a rien à relancer."))
    if saisine.est_suspendue(today()):
        raise TransitionInterdite(
            _("Le délai est suspendu : ce responsable attend une précision des délégué·es.")
        )
    if list_relancees([saisine.id], le=today()):
        return
    _relancer([saisine], par=par)


@use_case
def relancer_acteur(acteur: Acteur, *, par: Compte) -> int:
    """Remind an acteur of its late answers, except those reminded today. Return the number of reminders."""
    exige_droit(peut_relancer_acteur(par, acteur), INTERDIT)
    one_at_a_time("relances")
    saisines = list_en_retard(acteur.id, le=today(), nombre=RELANCES_MAX)
    deja = list_relancees([saisine.id for saisine in saisines], le=today())
    restent = [saisine for saisine in saisines if saisine.id not in deja]
    _relancer(restent, par=par)
    return len(restent)


def _relancer(saisines: Sequence[Saisine], *, par: Compte) -> None:
    """Record the reminders to one acteur.

    Before the ladder of the day is complete, they leave with it. After it they leave at once, or tomorrow if
    one of the recipients has had the mail of the day.
    """
    one_at_a_time("relances")
    if not saisines:
        return
    jour = find_jour(saisines[0].acteur_id, le=today())
    for saisine in saisines:
        db.session.add(
            Relance(
                saisine_id=saisine.id,
                echeance=saisine.reponse_due,
                palier=Palier.MANUELLE,
                jour=jour,
                le=now(),
                par_id=par.id,
            )
        )
        record(SaisineRelancee(saisine_id=saisine.id, par_id=par.id))
    db.session.flush()
    if jour == today() and est_terminee(jour):
        _envoyer([saisines[0].acteur_id], jour)
