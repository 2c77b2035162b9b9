"""Reader of the two files of the demonstration, with dates shifted to the present."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib import resources
from typing import Any

from mse.fiches.workflow import Statut
from mse.initiatives.workflow import Statut as StatutInitiative


@dataclass(frozen=True, kw_only=True)
class Pas:
    """One dated line of a fiche's history in the file."""

    jour: date
    etape: str
    auteur: str


@dataclass(frozen=True, kw_only=True)
class FicheRacontee:
    id: str
    titre: str
    theme: str
    probleme: str
    causes: str
    consequences: str
    solution: str
    organisme: str
    promotion: str  # one for each delegate's pseudonym
    destinataires: tuple[str, ...]
    statut: Statut
    historique: tuple[Pas, ...]
    reponses: dict[str, str]  # by acteur
    est_a_retenir: bool
    effectif: int | None

    @property
    def depot(self) -> date:
        return self.historique[0].jour

    @property
    def derniere(self) -> date:
        return self.historique[-1].jour


@dataclass(frozen=True, kw_only=True)
class InitiativeRacontee:
    id: str
    titre: str
    theme: str
    organismes: tuple[str, ...]
    statut: StatutInitiative
    le: date
    description: str
    avancement: str
    resultat: str


@dataclass(frozen=True, kw_only=True)
class Recit:
    """The content of the files, with shifted dates."""

    services: list[dict[str, Any]]
    organismes: list[dict[str, Any]]
    fiches: list[FicheRacontee]
    initiatives: list[InitiativeRacontee]
    abandons: dict[str, str]  # fiche without an owner → reason why an animateur closed it
    prenoms: list[str]  # for people without a role in the story
    noms: list[str]

    @cached_property
    def promotions(self) -> dict[str, list[FicheRacontee]]:
        """Return the fiches of each promotion, oldest first."""
        groupes: dict[str, list[FicheRacontee]] = {}
        for fiche in sorted(self.fiches, key=lambda fiche: fiche.depot):
            groupes.setdefault(fiche.promotion, []).append(fiche)
        return groupes


def lire_recit(aujourd_hui: date) -> Recit:
    """Read the files. Dates move by whole weeks, to keep weekdays; the latest is within the last 7 days,
    never today."""
    principal, complements = _read("fiches_exemples.json"), _read("complements.json")
    dates = (pas["date"] for brute in principal["fiches"] for pas in brute["historique"])
    dernier = date.fromisoformat(max(dates))
    decalage = timedelta(weeks=(aujourd_hui - timedelta(days=1) - dernier).days // 7)
    reponses, effectifs = complements["reponses"], complements["effectifs"]
    return Recit(
        services=principal["services"],
        organismes=principal["organismes"],
        fiches=[
            _fiche(brute, reponses.get(brute["id"], {}), effectifs.get(brute["id"]), decalage)
            for brute in (*principal["fiches"], *complements["fiches"])
        ],
        initiatives=[_initiative(brute, decalage) for brute in principal["initiatives"]],
        abandons=complements["abandons"],
        prenoms=complements["prenoms"],
        noms=complements["noms"],
    )


def _initiative(brute: dict[str, Any], decalage: timedelta) -> InitiativeRacontee:
    return InitiativeRacontee(
        id=brute["id"],
        titre=brute["titre"],
        theme=brute["theme"],
        organismes=tuple(brute["organismes"]),
        statut=StatutInitiative(brute["statut"]),
        le=date.fromisoformat(brute["date"]) + decalage,
        description=brute["description"],
        avancement=brute.get("avancement") or "",
        resultat=brute.get("resultat") or "",
    )


def typographic(nom: str) -> str:
    return nom.replace("'", "’").replace(" - ", " – ")


def _read(nom: str) -> dict[str, Any]:
    texte = (resources.files("mse.demo") / "donnees" / nom).read_text("utf-8")
    contenu: dict[str, Any] = json.loads(texte)
    return contenu


def _fiche(
    brute: dict[str, Any], reponses: dict[str, str], effectif: int | None, decalage: timedelta
) -> FicheRacontee:
    reponse = brute["reponse"]
    return FicheRacontee(
        id=brute["id"],
        titre=brute["titre"],
        theme=brute["theme"],
        probleme=brute["probleme"],
        causes=brute["causes"],
        consequences=brute["consequences"],
        solution=brute["solution"],
        organisme=brute["organisme_du_delegue"],
        promotion=brute["delegue_pseudonyme"].removeprefix("delegue-"),
        destinataires=tuple(destinataire["id"] for destinataire in brute["destinataires"]),
        statut=Statut(brute["statut"]),
        historique=tuple(_history(brute["historique"], decalage)),
        reponses={reponse["auteur"]: reponse["texte"], **reponses} if reponse else {},
        est_a_retenir=brute["moderation"] is not None,
        effectif=effectif,
    )


def _history(lignes: list[dict[str, str]], decalage: timedelta) -> Iterator[Pas]:
    for ligne in lignes:
        jour = date.fromisoformat(ligne["date"]) + decalage
        yield Pas(jour=jour, etape=ligne["etape"], auteur=ligne["auteur"])
