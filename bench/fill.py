"""Generator of fiches from a fixed seed, consistent with the rules of the models, for a bulk write.

Each fiche has 1.5 saisines and 5 étapes on average; the texts are those of the demonstration. Every fifth
saisine has a thread of messages, whose last one the agent has read.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import count
from random import Random
from typing import Any

from bench.world import DAYS, SEED, Group, World
from mse.core.clock import local_date, now
from mse.core.html import sanitize
from mse.core.working_days import add_working_days, count_working_days
from mse.demarche import get_demarche
from mse.fiches.models import PARTIES
from mse.fiches.workflow import NatureEtape as N
from mse.fiches.workflow import Publication, Statut, Valeur, derive_statut

DRAFTS = 800  # drafts that the filing benchmark can file
WITHDRAWN = 100  # every 100th fiche is withdrawn
THREADS = 5  # every 5th saisine has a thread
RARE, FREQUENT = "funiculaire", "jour"  # searched words: in one fiche of 1,000; in most fiches
_RECENT = timedelta(days=40)

TABLES = {
    "fiches": (
        "id", "cle", "publication", "promotion_id", "auteur_id", "theme_code", "territoire_code", "titre",
        *(f"{partie}{suffix}" for partie in PARTIES for suffix in ("", "_html")),
        "effectif_concerne", "destinataires", "motif_moderation", "creee_le", "modifiee_le", "deposee_le",
        "statut", "est_orientee", "est_comptee", "prochaine_echeance", "repondue_le", "derniere_reponse_le",
        "nombre_pieces", "version",
    ),
    "fiches_territoires": ("fiche_id", "territoire_code", "theme_code", "deposee_le"),
    "saisines": (
        "id", "fiche_id", "acteur_id", "statut", "deposee_le", "ouverte_le", "prise_en_charge_due",
        "prise_en_charge_le", "reponse_due", "repondue_le", "derniere_reponse_le", "traitee_le", "tour",
        "est_publique", "agir_avant", "version", "theme_code",
    ),
    "etapes": (
        "id", "fiche_id", "saisine_id", "nature", "le", "auteur_id", "acteur_id", "texte", "texte_html",
        "jours_ouvres",
    ),
    "messages_echanges": (
        "id", "cle", "saisine_id", "acteur_id", "auteur_id", "le", "texte", "texte_html", "attend_reponse",
    ),
    "fils_echanges": ("saisine_id", "dernier_id", "acteur_id", "promotion_id"),
    "lectures_echanges": ("saisine_id", "compte_id", "acteur_id", "message_id", "lu_le"),
    "avis": ("id", "saisine_id", "tour", "valeur", "commentaire", "commentaire_html", "auteur_id", "le"),
    "compteurs": ("cle", "valeur"),
}  # fmt: skip

# Étapes of one saisine by status: alone on its fiche (4 étapes), or one of two (2 étapes each).
_ALONE = {
    Statut.EN_COURS: (N.PRISE_EN_CHARGE, N.ETAPE, N.ETAPE, N.ETAPE),
    Statut.REPONSE: (N.PRISE_EN_CHARGE, N.ETAPE, N.REPONSE, N.AVIS),
    Statut.REGLEE: (N.PRISE_EN_CHARGE, N.ETAPE, N.ETAPE, N.REGLEMENT),
    Statut.ABANDONNEE: (N.PRISE_EN_CHARGE, N.ETAPE, N.ETAPE, N.ABANDON),
}
_SHARED = {
    Statut.EN_COURS: (N.PRISE_EN_CHARGE, N.ETAPE),
    Statut.REPONSE: (N.PRISE_EN_CHARGE, N.REPONSE),
    Statut.REGLEE: (N.PRISE_EN_CHARGE, N.REGLEMENT),
    Statut.ABANDONNEE: (N.PRISE_EN_CHARGE, N.ABANDON),
}

Row = tuple[str, tuple[Any, ...]]  # the table, the values of its columns


@dataclass(frozen=True)
class FicheTexts:
    """The texts of one fiche of the demonstration: plain text and sanitised HTML."""

    titre: str
    parties: tuple[str, ...]  # each part, then its HTML
    reponse: tuple[str, str]


class Filler:
    """Generate rows. Instants are text in UTC, because the two databases store them differently.

    queue: number of saisines of `world.large`, all open; 0 to treat this acteur like the others. At most half
    of the fiches.
    """

    def __init__(self, world: World, fiches: int, queue: int = 0) -> None:
        self.world, self.fiches = world, fiches
        self.step = fiches // queue if queue else 0  # one fiche of that many is addressed to `world.large`
        self.services = world.services[1:] if queue else world.services
        self.random = Random(SEED + fiches)
        self.words = read_texts()
        self.now = now().replace(tzinfo=None)
        self.saisine_ids, self.etape_ids, self.avis_ids = count(1), count(1), count(1)
        self.message_ids = count(1)
        self.counters = Counter[str]()

    def rows(self) -> Iterator[Row]:
        """Yield every row, those of each table in the order of their ids."""
        step = timedelta(days=DAYS) / self.fiches
        first = self.now - timedelta(days=DAYS)
        for number in range(1, self.fiches + 1):
            yield from self._fiche(number, first + step * (number - self.random.random()))
        groups = self.world.current()[-20:]
        for number in range(DRAFTS):
            yield self._draft(self.fiches + 1 + number, groups[number % len(groups)], number)
        for key, value in self.counters.items():
            yield "compteurs", (key, value)

    def _fiche(self, fiche_id: int, filed: datetime) -> Iterator[Row]:
        random, world = self.random, self.world
        group = world.group_on(_local_date(filed), random)
        acteurs = [random.choice(self.services) if random.random() < 0.7 else group.organisme]
        if self.is_large(fiche_id):
            acteurs = [world.large]
        elif fiche_id % 2 == 0:
            acteurs = [random.choice(self.services), group.organisme]
        words = self.words[random.randrange(len(self.words))]
        titre = f"{words.titre[:100]} ({RARE})" if fiche_id % 1000 == 7 else words.titre
        theme = random.choice(world.themes)
        saisines = [
            _Saisine(self, fiche_id, acteur, group, filed, words, theme, len(acteurs)) for acteur in acteurs
        ]
        withdrawn = self.is_withdrawn(fiche_id)
        answers = [s.answered for s in saisines if s.answered]
        dues = [s.due for s in saisines if s.statut == Statut.EN_COURS]
        self._count(filed, min(answers, default=None))
        yield "fiches", (
            fiche_id, f"mesure-{fiche_id}", Publication.RETIREE if withdrawn else Publication.PUBLIEE,
            group.id, group.delegates[0], theme, group.lineage[0], titre,
            *words.parties,
            random.randint(1, 20), json.dumps(acteurs), "Contenait un nom de famille." if withdrawn else None,
            _text(filed), _text(filed), _text(filed), derive_statut([s.statut for s in saisines]), True, True,
            min(dues, default=None), _text(min(answers, default=None)), _text(max(answers, default=None)),
            0, 1,
        )  # fmt: skip
        for code in group.lineage:
            yield "fiches_territoires", (fiche_id, code, theme, _text(filed))
        yield self.etape(fiche_id, None, N.DEPOT, filed, group.delegates[0])
        for saisine in saisines:
            yield from saisine.rows()
        if withdrawn:
            yield self.etape(fiche_id, None, N.RETRAIT, min(filed + _RECENT, self.now), None)

    def is_large(self, fiche_id: int) -> bool:
        """True if the fiche is addressed to the acteur with the long queue."""
        return bool(self.step) and fiche_id % self.step == 1

    def is_withdrawn(self, fiche_id: int) -> bool:
        return fiche_id % WITHDRAWN == 0 and not self.is_large(fiche_id)

    def _draft(self, fiche_id: int, group: Group, number: int) -> Row:
        words = self.words[number % len(self.words)]
        acteurs = [self.world.services[number % len(self.world.services)]] + [group.organisme] * (number % 2)
        return "fiches", (
            fiche_id, f"mesure-{fiche_id}", Publication.BROUILLON, group.id, group.delegates[0],
            self.world.themes[number % len(self.world.themes)], group.lineage[0], words.titre, *words.parties,
            7, json.dumps(acteurs), None, _text(self.now), _text(self.now), None, Statut.EN_COURS, False,
            False, None, None, None, 0, 1,
        )  # fmt: skip

    def etape(
        self, fiche_id: int, saisine_id: int | None, nature: N, le: datetime, author: int | None,
        acteur: int | None = None, words: tuple[str, str] | None = None, days: int | None = None,
    ) -> Row:  # fmt: skip
        texte, html = words or (None, None)
        return "etapes", (
            next(self.etape_ids), fiche_id, saisine_id, nature, _text(le), author, acteur, texte, html, days,
        )  # fmt: skip

    def _count(self, filed: datetime, answered: datetime | None) -> None:
        """Update the counters as the handlers of fiches do (`mse/fiches/handlers.py`)."""
        self.counters["publiees"] += 1
        if answered:
            self.counters["traitees"] += 1
            self.counters[f"delai:{count_working_days(_local_date(filed), _local_date(answered))}"] += 1


class _Saisine:
    def __init__(
        self,
        filler: Filler,
        fiche_id: int,
        acteur: int,
        group: Group,
        filed: datetime,
        words: FicheTexts,
        theme: str,
        among: int,
    ) -> None:
        random = filler.random
        self.filler, self.fiche_id, self.acteur, self.group = filler, fiche_id, acteur, group
        self.filed, self.words, self.theme, self.id = filed, words, theme, next(filler.saisine_ids)
        age = filler.now - filed
        weights = (70, 22, 6, 2) if age < _RECENT else (20, 45, 28, 7)
        self.statut = random.choices(list(Statut), weights)[0]
        if filler.is_large(fiche_id):
            self.statut = Statut.EN_COURS
        self.natures = (_ALONE if among == 1 else _SHARED)[self.statut]
        self.treated = filed + min(_RECENT, age) * random.uniform(0.2, 0.9)
        self.answered = self.treated if self.statut in (Statut.REPONSE, Statut.REGLEE) else None
        self.due = add_working_days(_local_date(filed), get_demarche().delais.reponse)

    def rows(self) -> Iterator[Row]:
        step = (self.treated - self.filed) / len(self.natures)
        treated = None if self.statut == Statut.EN_COURS else _text(self.treated)
        answered = _text(self.answered)
        yield "saisines", (
            self.id, self.fiche_id, self.acteur, self.statut, _text(self.filed), _text(self.filed),
            add_working_days(_local_date(self.filed), get_demarche().delais.prise_en_charge),
            _text(self.filed + step), self.due, answered, answered, treated, 1 if answered else 0,
            not self.filler.is_withdrawn(self.fiche_id), min(self.due, self.group.end), 1,
            self.theme,
        )  # fmt: skip
        if self.id % THREADS == 0:
            yield from self._thread()
        for rank, nature in enumerate(self.natures, start=1):
            yield from self._etape(nature, self.filed + step * rank)

    def _thread(self) -> Iterator[Row]:
        """Yield a message of the delegates, its thread and the reading of the agent."""
        number, le, agent = next(self.filler.message_ids), _text(self.filed), self.filler.world.agents
        author, texts = self.group.delegates[0], _VERDICT
        yield "messages_echanges", (number, f"m-{number}", self.id, None, author, le, *texts, False)
        yield "fils_echanges", (self.id, number, self.acteur, None)
        yield "lectures_echanges", (self.id, agent[self.acteur], self.acteur, number, le)

    def _etape(self, nature: N, le: datetime) -> Iterator[Row]:
        add, agent = self.filler.etape, self.filler.world.agents[self.acteur]
        if nature == N.AVIS:
            delegate = self.group.delegates[1]
            yield add(self.fiche_id, self.id, nature, le, delegate, words=_VERDICT)
            yield "avis", (next(self.filler.avis_ids), self.id, 1, Valeur.OUI, *_VERDICT, delegate, _text(le))
            return
        words = {N.PRISE_EN_CHARGE: None, N.ETAPE: _ETAPE}.get(nature, self.words.reponse)
        counted = nature in (N.REPONSE, N.REGLEMENT)
        days = count_working_days(_local_date(self.filed), _local_date(le)) if counted else None
        yield add(self.fiche_id, self.id, nature, le, agent, self.acteur, words, days)


def _to_stored(text: str) -> tuple[str, str]:
    return text, sanitize(text)


_ETAPE = _to_stored(
    "Nous avons demandé les horaires au transporteur ; il répond en général sous une semaine."
)
_VERDICT = _to_stored("Oui, le car arrive maintenant avant le début des cours.")


@cache
def read_texts() -> list[FicheTexts]:
    """Return the texts of the demonstration's fiches; the first answer replaces a missing one."""
    source = resources.files("mse.demo") / "donnees" / "fiches_exemples.json"
    fiches = json.loads(source.read_text("utf-8"))["fiches"]
    default = fiches[0]["reponse"]["texte"]
    return [
        FicheTexts(
            fiche["titre"][:120],
            tuple(text for partie in PARTIES for text in _to_stored(fiche[partie])),
            _to_stored((fiche.get("reponse") or {}).get("texte") or default),
        )
        for fiche in fiches
        if not fiche["moderation"]  # these fiches contain texts to be moderated
    ]


def _text(instant: datetime | None) -> str | None:
    """Format a UTC instant as SQLite stores it. PostgreSQL parses this text in the time zone UTC."""
    return instant.isoformat(" ", "microseconds") if instant else None


def _local_date(instant: datetime) -> date:
    return local_date(instant.replace(tzinfo=UTC))
