"""Proof of the ladder of reminders: a year with absences, departures and a failing SMTP server.

The clock is fixed. An independent model says each day who must get which reminder; the mails that the server
accepted are compared with it.
"""

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from random import Random

from aiosmtpd.controller import Controller
from flask import current_app
from sqlalchemy import Select, func, select

from devtools.factories import (
    LONGUE,
    make_acteur,
    make_agent,
    make_compte,
    make_delegue,
    make_promotion,
)
from devtools.smtp import Serveur
from mse.annuaire.models import Acteur, Appartenance, Nature
from mse.annuaire.use_cases.absences import declarer_absence
from mse.annuaire.use_cases.agents import terminer_appartenance
from mse.annuaire.use_cases.initialiser import initialiser
from mse.app import create_app
from mse.comptes.models import Compte
from mse.config import read_settings
from mse.core.clock import at, now
from mse.core.database import reading, set_reading
from mse.core.use_cases import batch
from mse.core.working_days import add_working_days, count_working_days
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import Publication
from mse.moderation.use_cases import retirer_fiche
from mse.notifications.annonces import muted
from mse.notifications.models import Courriel
from mse.notifications.queries import count_unsent, has_due_mails
from mse.notifications.worker import drain
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.relances.use_cases.relancer import relancer_du_jour
from mse.representation.models import Promotion
from mse.responsables.use_cases import transferer_saisine
from mse.schema import upgrade

DEBUT = date(2026, 1, 5)
FAUTES = ("451 Try later", "rcpt 450 4.2.0 Greylisted", "421 Bye", "coupe")
AGENTS_PAR_ACTEUR = 3
MARCHES = ("avant", "jour", "referents", "association")
MOTIF = "Le transporteur nous répond la semaine prochaine."
_MEMORY = Path("/dev/shm")  # file system in memory (Linux): on a disk, each of the commits of a year waits
_LIEN = re.compile(r"#saisine-(\d+)")


@dataclass
class Bilan:
    """Counts of the year. `fautes`: differences between the model and the mails, in words."""

    fiches: int = 0
    rappels: int = 0  # saisines named in reminder mails
    courriels: int = 0
    refus: int = 0  # answers of the SMTP server that were failures
    absences: int = 0
    departs: int = 0
    orphelines: int = 0  # mails that told the association of saisines without agent
    fautes: list[str] = field(default_factory=list)


@dataclass
class _Poste:
    """An agent of an acteur, in the model."""

    appartenance: Appartenance
    compte: Compte
    adresse: str  # kept, because each commit expires the row
    est_referent: bool
    parti: bool = False
    absences: list[tuple[date, date, "_Poste"]] = field(default_factory=list)

    def remplacant(self, jour: date) -> "_Poste | None":
        """Return the substitute on that day, None if the agent is present."""
        return next((autre for debut, fin, autre in self.absences if debut <= jour <= fin), None)


class Annee:
    """The simulated year: the instance is changed day by day, and a model, written independently of the
    application, predicts the reminders."""

    def __init__(self, serveur: Serveur, *, fiches: int, agents: int, jours: int, graine: int = 2004) -> None:
        self.serveur, self.rng = serveur, Random(graine)
        self.fiches, self.jours, self.bilan = fiches, jours, Bilan()
        self.dites: dict[tuple[int, date], int] = {}  # (saisine, due date) → rank of its last step
        self.lus = 0  # mails of the server already compared
        with at(_instant(DEBUT, 6)):
            self._people(agents)

    def _people(self, agents: int) -> None:
        self.animateurs = [make_compte(f"Anim{n}", est_animateur=True) for n in range(2)]
        self.association = {str(une.courriel) for une in self.animateurs}
        self.acteurs: list[Acteur] = []
        self.equipes: dict[int, list[_Poste]] = {}
        for numero in range(agents // AGENTS_PAR_ACTEUR):
            acteur = make_acteur(f"Service {numero}", courriel=None)
            for rang in range(AGENTS_PAR_ACTEUR):
                make_agent(acteur, f"Agent{numero}x{rang}", referent=rang == 0)
            self.acteurs.append(acteur)
            self.equipes[acteur.id] = [
                _Poste(poste, poste.compte, str(poste.compte.courriel), poste.est_referent)
                for poste in sorted(acteur.appartenances, key=lambda une: une.id)
            ]
        organisme = make_acteur("Lavande Formation", Nature.ORGANISME)
        self.promotion: Promotion = make_promotion(organisme, fin=DEBUT + timedelta(days=900))
        self.delegue = make_delegue(self.promotion, "Samira")
        db.session.commit()

    def live(self, say: Callable[[str], object] = lambda phrase: None) -> Bilan:
        self.serveur.behaviours = _behaviours()
        worked = [d for d in _days(self.jours) if d.weekday() < 5]
        for rang, jour in enumerate(_days(self.jours)):
            if jour in worked:
                with at(_instant(jour, 5)):
                    self._act(jour, self.fiches // len(worked) + 1)
            attendus = self._expect(jour)
            with at(_instant(jour, 9)), _as_worker():
                relancer_du_jour()
            self._send(jour)
            self._compare(jour, attendus)
            if jour in worked:
                with at(_instant(jour, 15)):
                    self._move_people(jour)
                self._send(jour, heure=15)
                self._compare_departures(jour)
            if rang % 60 == 59:
                say(f"  day {rang + 1}: {self.bilan.courriels} mails, {len(self.bilan.fautes)} faults")
        self._count()
        return self.bilan

    def _act(self, jour: date, nombre: int) -> None:
        """File fiches; owners answer, postpone, transfer; a few fiches are withdrawn."""
        with batch(), muted():
            for _n in range(min(nombre, self.fiches - self.bilan.fiches)):
                self._file()
            ouvertes = list(db.session.scalars(_select_open()))
            for saisine in ouvertes:
                equipe = [poste for poste in self.equipes[saisine.acteur_id] if not poste.parti]
                if equipe:
                    self._handle(saisine, equipe[0].compte, jour)

    def _file(self) -> None:
        self.bilan.fiches += 1
        fiche = Fiche(
            cle=f"annee-{self.bilan.fiches}",
            publication=Publication.PUBLIEE,
            promotion_id=self.promotion.id,
            promotion=self.promotion,
            auteur_id=self.delegue.id,
            theme_code="transport",
            territoire_code=self.promotion.territoire_code,
            titre=f"Fiche {self.bilan.fiches}",
            creee_le=now(),
            modifiee_le=now(),
            deposee_le=now(),
            est_comptee=True,
        )
        db.session.add(fiche)
        db.session.add(Saisine.ouvrir(fiche, self.rng.choice(self.acteurs), le=now()))
        fiche.actualiser()

    def _handle(self, saisine: Saisine, par: Compte, jour: date) -> None:
        sort = self.rng.random()
        if sort < 0.04:
            repondre_saisine(saisine, LONGUE, par=par)
        elif sort < 0.05 and _is_near(saisine, jour) and saisine.peut_etre_prolongee(jour):
            prolonger_saisine(saisine, self.rng.randint(1, 10), MOTIF, par=par)
        elif sort < 0.053:
            vers = self.rng.choice([une for une in self.acteurs if une.id != saisine.acteur_id])
            transferer_saisine(saisine, vers.id, MOTIF, par=par)
        elif sort < 0.054:
            retirer_fiche(saisine.fiche, MOTIF, par=self.animateurs[0])

    def _move_people(self, jour: date) -> None:
        """Make some agents go on leave, and a few leave for good, sometimes the last one of an acteur."""
        self.departs: list[int] = []
        for acteur in self.acteurs:
            equipe = [poste for poste in self.equipes[acteur.id] if not poste.parti]
            for poste in equipe:
                if len(equipe) > 1 and self.rng.random() < 0.012:
                    self._leave(poste, self.rng.choice([un for un in equipe if un is not poste]), jour)
            chance = 0.03 if acteur is self.acteurs[0] else 0.002  # the first one loses its last agent
            if equipe and self.rng.random() < chance:
                poste = self.rng.choice(equipe)
                ouvertes = db.session.scalar(
                    select(func.count()).select_from(
                        _select_open().where(Saisine.acteur_id == acteur.id).subquery()
                    )
                )
                terminer_appartenance(poste.appartenance, par=self.animateurs[0])
                poste.parti, self.bilan.departs = True, self.bilan.departs + 1
                if len(equipe) == 1 and ouvertes:
                    self.departs.append(acteur.id)

    def _leave(self, poste: _Poste, remplacant: _Poste, jour: date) -> None:
        debut = jour + timedelta(days=self.rng.randint(1, 10))
        fin = debut + timedelta(days=self.rng.randint(0, 20))
        if any(un <= fin and debut <= autre for un, autre, _qui in poste.absences):
            return
        declarer_absence(
            poste.appartenance,
            remplacant_id=remplacant.compte.id,
            debut=debut,
            fin=fin,
            garde_courriels=False,
            par=poste.compte,
        )
        poste.absences.append((debut, fin, remplacant))
        self.bilan.absences += 1

    def _expect(self, jour: date) -> dict[str, set[int]]:
        """Return what the model predicts for the day: address → ids of the saisines of which it must be
        reminded."""
        attendus: defaultdict[str, set[int]] = defaultdict(set)
        for saisine_id, acteur_id, due in db.session.execute(
            _select_open().with_only_columns(Saisine.id, Saisine.acteur_id, Saisine.reponse_due)
        ):
            marche = _find_step(due, jour)
            if marche is None or self.dites.get((saisine_id, due), -1) >= marche:
                continue
            self.dites[saisine_id, due] = marche
            for adresse in self._find_people(acteur_id, MARCHES[marche], jour):
                attendus[adresse].add(saisine_id)
        db.session.rollback()
        return dict(attendus)

    def _find_people(self, acteur_id: int, marche: str, jour: date) -> set[str]:
        """Return the addresses that must get the reminder of the step `marche`: agents or référents of the
        acteur who are present, else the animateurs."""
        equipe = [poste for poste in self.equipes[acteur_id] if not poste.parti]
        if marche == "referents":
            cercle = [poste for poste in equipe if poste.est_referent]
        else:
            cercle = equipe if marche != "association" else []
        presents = {_find_present(poste, jour).adresse for poste in cercle}
        return presents or self.association

    def _send(self, jour: date, heure: int = 9) -> None:
        """Send the mails of the outbox, at later and later hours until none waits, because the server fails
        one time in five."""
        for minutes in (0, 1, 3, 8, 23, 53, 113, 173, 233, 353):
            with at(_instant(jour, heure) + timedelta(minutes=minutes)), _as_worker():
                while has_due_mails() and not drain().panne:
                    pass
                if not count_unsent():
                    return

    def _compare(self, jour: date, attendus: dict[str, set[int]]) -> None:
        """Record each difference between the mails of the day and the prediction."""
        recus: dict[str, set[int]] = {}
        for message in self.serveur.recus[self.lus :]:
            adresse = str(message["To"])
            corps = message.get_body(("plain",))
            nommees = {int(n) for n in _LIEN.findall(corps.get_content() if corps else "")}
            if adresse in recus:
                self.bilan.fautes.append(f"{jour}: {adresse} got two mails")
            recus[adresse] = nommees
            self.bilan.rappels += len(nommees)
        self.lus = len(self.serveur.recus)
        if recus != attendus:
            self.bilan.fautes.append(f"{jour}: expected {attendus}, sent {recus}")

    def _compare_departures(self, jour: date) -> None:
        """Check that the association was told at once of each acteur that lost its last agent."""
        messages = self.serveur.recus[self.lus :]
        self.lus = len(self.serveur.recus)
        dites = [une for une in messages if "Plus personne" in str(une["Subject"])]
        self.bilan.orphelines += len(dites)
        if len(dites) != len(self.departs) * len(self.animateurs):
            self.bilan.fautes.append(f"{jour}: {len(self.departs)} acteurs without agent, {len(dites)} mails")

    def _count(self) -> None:
        """Check that the server accepted every mail of the outbox exactly once."""
        ecrits = set(db.session.scalars(select(Courriel.message_id)))
        recus = Counter(self.serveur.ids())
        self.bilan.courriels = len(ecrits)
        self.bilan.refus = len(self.serveur.vus) - len(self.serveur.recus)
        perdus = sum(recus[une] == 0 for une in ecrits)
        doubles = sum(fois - 1 for fois in recus.values())
        if perdus or doubles or set(recus) - ecrits:
            self.bilan.fautes.append(f"{perdus} mails lost, {doubles} sent twice")


def simulate_year(
    url: str,
    *,
    fiches: int,
    agents: int,
    jours: int,
    dire: Callable[[str], object] = lambda phrase: None,
) -> Bilan:
    """Simulate a year on a new instance and return the counts and differences. `url`: empty database; empty
    string: a new SQLite file."""
    serveur = Serveur()
    controller = Controller(serveur, hostname="127.0.0.1", port=serveur.port)
    controller.start()
    with tempfile.TemporaryDirectory(
        prefix="mse-preuves-", dir=_MEMORY if _MEMORY.is_dir() else None
    ) as folder:
        settings = {"MSE_INSTANCE": folder, "MSE_DATABASE_URL": url, **serveur.settings}
        application = create_app(read_settings(settings))
        with application.app_context():
            set_reading(False)
            upgrade()
            initialiser()
            bilan = Annee(serveur, fiches=fiches, agents=agents, jours=jours).live(dire)
            db.session.remove()
            db.engine.dispose()
    controller.stop()
    return bilan


@contextmanager
def _as_worker() -> Iterator[None]:
    """Give the block a session of its own, as the worker does for each task: the people of the simulation are
    not read again after each commit."""
    db.session.rollback()  # the transaction of the simulation would block the writer of SQLite
    with current_app.app_context(), reading():
        yield


def _is_near(saisine: Saisine, jour: date) -> bool:
    return count_working_days(jour, saisine.reponse_due) <= 6


def _find_step(due: date, jour: date) -> int | None:
    """Return the rank in `MARCHES` of the highest step reached on the day; None before the first one."""
    for rang, jours in ((3, 10), (2, 5), (1, 0)):
        if add_working_days(due, jours) <= jour:
            return rang
    return 0 if add_working_days(jour, 2) >= due else None


def _find_present(poste: _Poste, jour: date) -> _Poste:
    """Return the substitute, or the substitute's substitute; the agent if nobody in that chain is present."""
    present, vus = poste, [poste]
    while (suivant := present.remplacant(jour)) is not None and suivant not in vus:
        present = suivant
        vus.append(present)
    return poste if present.parti or present.remplacant(jour) is not None else present


def _select_open() -> Select[Saisine]:
    return select(Saisine).where(Saisine.statut == "en_cours", Saisine.est_publique).order_by(Saisine.id)


def _days(nombre: int) -> list[date]:
    return [DEBUT + timedelta(days=n) for n in range(nombre)]


def _instant(jour: date, heure: int) -> datetime:
    return datetime.combine(jour, time(heure), UTC)


def _behaviours() -> Iterator[str]:
    for faute in cycle(FAUTES):
        yield from ("ok", "ok", faute, "ok", "ok")
