"""Taking up, answering or settling never lowers a measure, nor the index (docs/regles/meteo.md).

Two départements have the same random history. In one of them an owner does one more action.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from devtools.factories import (
    JOUR,
    LONGUE,
    MARSEILLE,
    NICE,
    Monde,
    build_monde,
    make_acteur,
    make_agent,
    make_delegue,
    make_fiche,
    make_promotion,
)
from mse.annuaire.models import Acteur
from mse.avis import use_cases as suivre
from mse.comptes.models import Compte
from mse.core.clock import at, local_date, today
from mse.demarche import get_demarche
from mse.depot.use_cases import preciser
from mse.echanges.use_cases import ecrire_message, reprendre_delai
from mse.fiches.models import Fiche, Saisine
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Action, Statut, Valeur, est_signalable
from mse.meteo.mesures import Chiffre, Mesure, Releve
from mse.meteo.presences import ENSEMBLE, compter
from mse.meteo.queries.faits import list_presences
from mse.meteo.queries.periodes import Periode, get_lignees
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.responsables.use_cases import annuler_transfert, elargir_fiche, transferer_saisine
from tests.database_states import DatabaseStates

TEMOIN, AUTRE = "13", "06"
FENETRE = 90
MESURES = (Mesure.ECOUTE, Mesure.RESOLUTION)
REGLAGES = replace(get_demarche().meteo, minimum=2, mesures_minimum=1)  # an index from two fiches
_numeros = count(1)

DU_RESPONSABLE = ("prendre", "repondre", "regler")
PAUSES = ("demander", "repliquer", "reprendre")
GESTES = (
    *DU_RESPONSABLE,
    *PAUSES,
    "abandonner",
    "rouvrir",
    "prolonger",
    "transferer",
    "annuler",
    "elargir",
    "signaler",
    "oui",
    "non",
)


def _texte() -> str:
    return f"{LONGUE} Nous l’avons vérifié {next(_numeros)} fois."


class Departement:
    """Two fiches, the first one with two owners."""

    def __init__(self, commune: str, organisme: Acteur, agents: dict[Acteur, Compte]) -> None:
        self.agents = {acteur.id: agent for acteur, agent in agents.items()}
        promotion = make_promotion(
            organisme, commune_code=commune, fin=local_date(JOUR) + timedelta(days=600)
        )
        self.delegue = make_delegue(promotion, "Rosa")
        un, deux, _trois = agents
        self.fiches = [
            make_fiche(promotion, self.delegue, un, deux),
            make_fiche(promotion, self.delegue, deux),
        ]

    def saisine(self, rang: int) -> Saisine:
        saisines = [saisine for fiche in self.fiches for saisine in fiche.saisines]
        return saisines[rang % len(saisines)]

    def find(self, geste: str, rang: int) -> Callable[[], None] | None:
        """Return the action as a callable, or None if it is not possible now."""
        saisine = self.saisine(rang)
        fiche, agent, texte = saisine.fiche, self.agents[saisine.acteur_id], _texte()
        action = getattr(Action, geste.upper(), None)
        if action is not None and action not in saisine.actions_possibles():
            return None
        match geste:
            case "prendre":
                if saisine.attend_prise_en_charge():
                    return lambda: traiter.prendre_en_charge(saisine, par=agent)
            case "repondre" | "regler" | "abandonner" | "rouvrir":
                traite = getattr(traiter, f"{geste}_saisine")
                return lambda: traite(saisine, texte, par=agent)
            case "prolonger":
                if saisine.peut_etre_prolongee(today()):
                    return lambda: prolonger_saisine(saisine, 1 + rang, texte, par=agent)
            case "transferer":
                if (vers := self._nouveau(fiche)) is not None:
                    return lambda: transferer_saisine(saisine, vers, texte, par=agent)
            case "annuler":
                if transfert := saisine.transfert_a_annuler():
                    return lambda: annuler_transfert(saisine, par=self.agents[transfert.de_id])
            case "elargir":
                if (vers := self._nouveau(fiche)) is not None:
                    return lambda: elargir_fiche(fiche, vers, texte, par=agent) and None
            case "signaler":
                if est_signalable(fiche.statut, [etape.nature for etape in fiche.etapes]):
                    return lambda: preciser.signaler_plus_actuelle(fiche, texte, par=self.delegue)
            case "demander":
                if saisine.peut_suspendre(today()):
                    return lambda: self._ecrire(saisine, texte, par=agent)
            case "repliquer":
                if saisine.suspendue_le is not None:
                    return lambda: self._ecrire(saisine, texte, par=self.delegue)
            case "reprendre":
                if saisine.est_suspendue(today()):
                    return lambda: reprendre_delai(saisine, par=agent)
            case "oui" | "non":
                if saisine.statut in (Statut.REPONSE, Statut.REGLEE):
                    return lambda: suivre.donner_avis(saisine, Valeur(geste), texte, par=self.delegue)
        return None

    def _ecrire(self, saisine: Saisine, texte: str, *, par: Compte) -> None:
        assert ecrire_message(saisine, texte, cle=str(uuid4()), attend=True, par=par) == []

    def _nouveau(self, fiche: Fiche) -> int | None:
        siens = {saisine.acteur_id for saisine in fiche.saisines}
        return next((acteur_id for acteur_id in self.agents if acteur_id not in siens), None)

    def relever(self, debut: date, fin: date) -> dict[date, Releve]:
        """The `Releve` of each day, computed from these fiches only."""
        unites = {(Mesure.RESOLUTION, fiche.id) for fiche in self.fiches}
        unites |= {(Mesure.ECOUTE, saisine.id) for fiche in self.fiches for saisine in fiche.saisines}
        periode = Periode(debut, fin, FENETRE, get_lignees())
        presences = [une for une in list_presences(periode, MESURES) if (une.mesure, une.unite) in unites]
        jours: dict[date, dict[Mesure, Chiffre]] = {}
        for cle, chiffres in compter(presences, debut, fin):
            if cle.territoire == "93" and cle.coupe == ENSEMBLE:
                for jour, chiffre in chiffres:
                    jours.setdefault(jour, {})[cle.mesure] = chiffre
        return {jour: Releve(chiffres, REGLAGES) for jour, chiffres in jours.items()}


@pytest.fixture
def monde(database_states: DatabaseStates) -> Iterator[Monde]:
    with at(JOUR):
        yield database_states.once(build_monde)


un_geste = st.tuples(st.integers(0, 12), st.sampled_from(GESTES), st.integers(0, 3))


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    histoire=st.lists(un_geste, min_size=4, max_size=16),
    place=st.integers(0, 15),
    en_plus=st.sampled_from(DU_RESPONSABLE),
    rang=st.integers(0, 3),
)
def test_prendre_en_charge_repondre_regler_ne_fait_rien_baisser(
    monde: Monde, histoire: list[Any], place: int, en_plus: str, rang: int
) -> None:
    acteurs = [monde.transports, monde.remuneration, make_acteur(f"Service Logement {next(_numeros)}")]
    agents = {acteur: make_agent(acteur) for acteur in acteurs}
    temoin, autre = (Departement(commune, monde.lavande, agents) for commune in (MARSEILLE, NICE))
    quand = JOUR
    with ExitStack() as horloge:
        for ordre, (jours, geste, cible) in enumerate(histoire):
            quand += timedelta(days=jours)
            horloge.enter_context(at(quand))
            if ordre == place % len(histoire) and (fait := autre.find(en_plus, rang)):
                event(en_plus)
                fait()
            deux = [departement.find(geste, cible) for departement in (temoin, autre)]
            if all(deux):
                for fait in deux:
                    fait()
    debut, fin = local_date(JOUR), local_date(quand) + timedelta(days=FENETRE + 30)
    sans, avec = temoin.relever(debut, fin), autre.relever(debut, fin)
    assert sans.keys() == avec.keys()
    assert sans
    for jour, releve in sans.items():
        for mesure in MESURES:
            assert avec[jour][mesure].n == releve[mesure].n, (jour, mesure)
            assert avec[jour][mesure].k >= releve[mesure].k, (jour, mesure)
        assert (avec[jour].indice or 0) >= (releve.indice or 0)
        assert avec[jour].est_brouillard == releve.est_brouillard
