"""The measured region: services, organismes, promotions over three years, their agents and delegates."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from mse.annuaire.models import Acteur, Appartenance, Competence, Nature, Niveau
from mse.annuaire.queries import list_communes, list_territoires, list_themes
from mse.annuaire.use_cases.initialiser import initialiser
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.extensions import db
from mse.representation.models import Mandat, Promotion, RoleMandat

SERVICES, ORGANISMES, PROMOTIONS = 28, 40, 400
DAYS = 3 * 365  # period covered by the data
SEED = 2026


@dataclass(frozen=True)
class Group:
    """A promotion, with the values that its fiches inherit."""

    id: int
    organisme: int
    lineage: tuple[str, ...]  # its territoire, then its ancestors
    delegates: tuple[int, int]
    start: date
    end: date


@dataclass
class World:
    services: list[int] = field(default_factory=list)
    organismes: list[int] = field(default_factory=list)
    agents: dict[int, int] = field(default_factory=dict)  # id of the acteur → id of the compte of its agent
    groups: list[Group] = field(default_factory=list)  # sorted by first day
    themes: list[str] = field(default_factory=list)

    @property
    def large(self) -> int:
        """Return the id of the acteur with the long queue of `--file`."""
        return self.services[0]

    def current(self) -> list[Group]:
        return [group for group in self.groups if group.end >= today()]

    def group_on(self, day: date, random: Random) -> Group:
        """Return a random promotion whose course is running on that day."""
        step = DAYS / PROMOTIONS
        newest = min(int((day - _first_day()).days / step), PROMOTIONS - 1)
        return self.groups[max(0, newest - random.randrange(50))]


def build_world() -> World:
    """Fill an empty migrated database, with the region's real territoires and thèmes."""
    random, world = Random(SEED), World()
    initialiser()
    world.themes = [theme.code for theme in list_themes()]
    _add_acteurs(world, random)
    _add_promotions(world, random)
    db.session.commit()
    return world


@cache
def _first_day() -> date:
    return today() - timedelta(days=DAYS)


def _add_acteurs(world: World, random: Random) -> None:
    departements = [t.code for t in list_territoires() if t.niveau == Niveau.DEPARTEMENT]
    for number in range(SERVICES + ORGANISMES):
        service = number < SERVICES
        acteur = _add_and_flush(
            Acteur(
                nom=f"Service n° {number + 1} de la Région"
                if service
                else f"Organisme {number + 1 - SERVICES} Formation",
                nature=Nature.SERVICE if service else Nature.ORGANISME,
                courriel=f"boite.{number}@exemple.fr",
            )
        )
        agent = _add_and_flush(_make_compte(f"agent.{number}"))
        _add_and_flush(
            Appartenance(acteur_id=acteur.id, compte_id=agent.id, est_referent=True, debut=_first_day())
        )
        world.agents[acteur.id] = agent.id
        (world.services if service else world.organismes).append(acteur.id)
        if service:
            theme = world.themes[number % len(world.themes)]
            for departement in random.sample(departements, 3):
                db.session.add(Competence(acteur_id=acteur.id, theme_code=theme, territoire_code=departement))


def _add_promotions(world: World, random: Random) -> None:
    territoires = {t.code: t for t in list_territoires()}
    communes = list_communes()
    for number in range(PROMOTIONS):
        commune = random.choice(communes)
        start = _first_day() + timedelta(days=number * DAYS // PROMOTIONS)
        end = start + timedelta(days=random.randint(180, 360))
        promotion = _add_and_flush(
            Promotion(
                organisme_id=random.choice(world.organismes),
                titre=f"Agent polyvalent, groupe {number + 1}",
                commune_code=commune.code,
                territoire_code=commune.territoire_code,
                debut=start,
                fin=end,
                effectif=random.randint(4, 18),
                creee_le=now(),
            )
        )
        delegates = []
        for role in RoleMandat:
            compte = _add_and_flush(_make_compte(f"delegue.{number}.{role}"))
            _add_and_flush(Mandat(promotion_id=promotion.id, compte_id=compte.id, role=role, debut=start))
            delegates.append(compte.id)
        lineage = tuple(t.code for t in territoires[commune.territoire_code].lignee)
        world.groups.append(
            Group(promotion.id, promotion.organisme_id, lineage, (delegates[0], delegates[1]), start, end)
        )


def _make_compte(name: str) -> Compte:
    instant: datetime = now()
    return Compte(
        prenom="Alix", nom="Mesure", courriel=f"{name}@exemple.fr", cree_le=instant, active_le=instant
    )


def _add_and_flush(row: Any) -> Any:
    """Add the row and flush, so that its id is known."""
    db.session.add(row)
    db.session.flush()
    return row
