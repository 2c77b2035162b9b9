"""One filled database of one size, with signed-in people and the requests to measure."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from bench import bare, libraries
from bench.client import Request
from bench.fill import FREQUENT, RARE, Filler
from bench.server import free_port
from bench.world import World, build_world
from bench.write import write
from mse.app import create_app
from mse.comptes.models import Compte
from mse.comptes.use_cases import ouvrir_session
from mse.config import read_settings
from mse.core.clock import today
from mse.core.pagination import Cursor
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.workflow import Publication, Statut
from mse.meteo.use_cases import recalculer
from mse.recherche.use_cases import reindex
from mse.schema import upgrade

ANSWER = (
    "Nous avons vérifié les horaires avec le transporteur ; le car partira à 16 h 50 dès lundi prochain. "
    "Les retards déjà notés seront annulés sur les états de présence du mois."
)
WEATHER = timedelta(days=460)  # days of stored figures: thirteen months, and the first window
_THREE_FILTERS = "/fiches?territoire=13&statut=reglee"


@dataclass(frozen=True)
class SignedIn:
    cookie: str
    token: str  # CSRF


@dataclass
class Page:
    """Requests of one kind. `goal`: maximum CPU as a multiple of the bare page; that of a write is in
    `bench.report`."""

    name: str
    goal: float | None
    requests: Iterator[Request]
    write_count: int = 0  # number of requests of a write, each sent once; 0 for a read

    @property
    def writes(self) -> bool:
        return bool(self.write_count)

    def next_requests(self, count: int) -> list[Request]:
        return list(islice(self.requests, count))


def _read_page(name: str, goal: float | None, paths: list[str]) -> Page:
    return Page(name, goal, cycle([Request(path) for path in paths]))


def _write_page(name: str, requests: list[Request]) -> Page:
    return Page(name, None, iter(requests), len(requests))


class MeasuredSite:
    """The application on a new database of `fiches` fiches, with the requests to send. `url`: empty database;
    empty string: a new SQLite file. `queue`: number of saisines of an acteur with a long queue, or 0."""

    def __init__(self, url: str, fiches: int, queue: int = 0) -> None:
        self.fiches, self.queue, self.port = fiches, queue, free_port()
        self.folder = tempfile.TemporaryDirectory(prefix="mse-bench-")
        self.environ = {
            "MSE_MODE": "demo",
            "MSE_INSTANCE": self.folder.name,
            "MSE_DATABASE_URL": url or f"sqlite:///{Path(self.folder.name) / 'mse.db'}",
            "MSE_ECRITURES": "100000",
            "MSE_URL": f"http://127.0.0.1:{self.port}",
        }
        self.app: Flask = create_app(read_settings(self.environ))
        self.library_app = libraries.create_library_app(self.app.config["SQLALCHEMY_DATABASE_URI"])
        with self.app.app_context():
            upgrade()
            self.world: World = build_world()
            write(db.engine, Filler(self.world, fiches, queue).rows())
            recalculer(today() - WEATHER, today())
            self.close()

    def close(self) -> None:
        db.session.remove()
        db.engine.dispose()

    def app_of(self, request: Request) -> Flask:
        return self.library_app if request.path.startswith(libraries.PREFIX) else self.app

    @cached_property
    def bare_read(self) -> Request:
        return Request(bare.PAGE)

    @cached_property
    def bare_write(self) -> Request:
        return Request(bare.WRITE, fields={"texte": ANSWER}, expected=204)

    def pages(self, wanted: Sequence[str] = ()) -> list[Page]:
        """Return the pages. Reads cycle through several rows of each kind; each write is sent once.
        Searches are measured only if they are asked for, because building their index takes minutes."""
        with self.app.app_context():
            themes, acteurs = self.world.themes[:6], self.world.services[1:7]
            departements = sorted({group.lineage[1] for group in self.world.groups})
            agents = [self._sign_in(self.world.agents[acteur]) for acteur in acteurs[:2]]
            searches = [
                _read_page("search, rare word", 4, [f"/recherche?q={RARE}"]),
                _read_page("search, frequent word", 4, [f"/recherche?q={FREQUENT}"]),
            ]
            pages = [
                _read_page("list", 3, ["/fiches"]),
                _read_page(
                    "list, deep page", 3, [f"/fiches?avant={cursor}" for cursor in self._list_deep_cursors()]
                ),
                _read_page("list by thème", 3, [f"/fiches?theme={theme}" for theme in themes]),
                _read_page("list by département", 3, [f"/fiches?territoire={code}" for code in departements]),
                _read_page("list by acteur", 3, [f"/fiches?acteur={acteur}" for acteur in acteurs]),
                _read_page("list by statut", 3, [f"/fiches?statut={statut}" for statut in Statut]),
                _read_page("list, three filters", 3, [f"{_THREE_FILTERS}&theme={theme}" for theme in themes]),
                _read_page("detail", 3, self._list_details()),
                _read_page("home", 3, ["/"]),
                _read_page("météo", 3, ["/meteo"]),
                _read_page("météo of a département", 3, [f"/meteo/{code}" for code in departements]),
                _read_page("acteur", 6, [f"/acteurs/{acteur}" for acteur in self.world.agents]),
                Page("agent’s queue", 6, cycle([Request("/mon-espace", agent.cookie) for agent in agents])),
                *(self._list_queues() if self.queue else ()),
                _write_page("answering", self._list_answers()),
                _write_page("filing", self._list_filings()),
                _write_page(libraries.NAME, self._list_library_answers()),
            ]
            if any(words in page.name for words in wanted for page in searches):
                reindex(lambda done: None)
            pages += searches if wanted else []
            db.session.remove()
        return [page for page in pages if not wanted or any(words in page.name for words in wanted)]

    def _list_queues(self) -> list[Page]:
        """Return the pages of the acteur with the long queue: the first one, deep ones, filtered ones."""
        agent = self._sign_in(self.world.agents[self.world.large])
        due = (Saisine.agir_avant, Saisine.id)
        query = (
            select(*due).where(Saisine.acteur_id == self.world.large).order_by(*due).offset(self.queue // 2)
        )
        deep = [f"apres={row.agir_avant}.{row.id}" for row in db.session.execute(query.limit(100))]
        filters = [f"theme={self.world.themes[0]}", "territoire=13", "urgence=bientot", "porteur=personne"]
        return [
            Page(name, 6, cycle([Request(f"/mon-espace?{words}", agent.cookie) for words in queries]))
            for name, queries in (
                (f"queue of {self.queue:,} saisines", ["liste=a-faire"]),
                (f"queue of {self.queue:,} saisines, deep page", [f"liste=en-cours&{un}" for un in deep]),
                (f"queue of {self.queue:,} saisines, one filter", [f"liste=en-cours&{un}" for un in filters]),
            )
        ]

    def _sign_in(self, compte_id: int) -> SignedIn:
        compte = db.session.get_one(Compte, compte_id)
        with self.app.test_request_context():
            session["_user_id"], session["_fresh"] = ouvrir_session(compte), True
            token: str = generate_csrf()
            g.pop("csrf_token")  # each person needs a new one
            serializer: Any = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
            return SignedIn(
                f"{self.app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(session))}", token
            )

    def _list_deep_cursors(self) -> list[Cursor]:
        """Return a hundred cursors among the oldest fiches: no page is requested twice in a row."""
        query = select(Fiche.deposee_le, Fiche.id).where(Fiche.publication == Publication.PUBLIEE)
        rows = db.session.execute(query.order_by(Fiche.id).offset(100).limit(self.fiches // 10)).all()
        return [Cursor(row.deposee_le, row.id) for row in rows[:: max(1, len(rows) // 100)]]

    def _list_details(self) -> list[str]:
        query = select(Fiche.id).where(Fiche.publication == Publication.PUBLIEE, Fiche.id % 7 == 0)
        ids = db.session.scalars(query.order_by(Fiche.id.desc()).limit(400)).all()
        return [f"/fiches/{fiche_id}" for fiche_id in ids[::2]]

    def _list_answers(self) -> list[Request]:
        """Return one answer for each fiche whose promotion has current delegates, who get a mail."""
        current = [group.id for group in self.world.current()]
        query = (
            select(Saisine.id, Saisine.fiche_id, Saisine.acteur_id)
            .join(Fiche, Fiche.id == Saisine.fiche_id)
            .where(Saisine.statut == Statut.EN_COURS, Fiche.publication == Publication.PUBLIEE)
            .where(Fiche.promotion_id.in_(current))
            .order_by(Saisine.id.desc())
        )
        people: dict[int, SignedIn] = {}
        requests = []
        by_fiche = {saisine.fiche_id: saisine for saisine in db.session.execute(query.limit(3000))}
        for saisine in by_fiche.values():
            if saisine.acteur_id not in people:
                people[saisine.acteur_id] = self._sign_in(self.world.agents[saisine.acteur_id])
            agent = people[saisine.acteur_id]
            fields = {"csrf_token": agent.token, "version": "1", "texte": ANSWER}
            path = f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/reponse"
            requests.append(Request(path, agent.cookie, fields, 303))
        return requests

    def _list_filings(self) -> list[Request]:
        """Return the last step of each draft, which opens its saisines."""
        query = select(Fiche.id, Fiche.auteur_id).where(Fiche.publication == Publication.BROUILLON)
        people: dict[int, SignedIn] = {}
        requests = []
        for draft in db.session.execute(query.order_by(Fiche.id)).all():
            if draft.auteur_id not in people:
                people[draft.auteur_id] = self._sign_in(draft.auteur_id)
            delegate = people[draft.auteur_id]
            fields = {"csrf_token": delegate.token, "version": "1"}
            requests.append(Request(f"/fiches/{draft.id}/brouillon/relecture", delegate.cookie, fields, 303))
        return requests

    def _list_library_answers(self) -> list[Request]:
        browser = self.library_app.test_client()
        entered = browser.get(f"{libraries.PREFIX}/entrer")
        cookie = entered.headers["Set-Cookie"].partition(";")[0]
        fields = {"csrf_token": entered.text, "version": "1", "texte": ANSWER}
        numbers = range(1, libraries.ROWS + 1)
        return [Request(f"{libraries.PREFIX}/{number}/reponse", cookie, fields, 303) for number in numbers]
