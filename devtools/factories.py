"""Factories of minimal valid objects, and a small world of named people. All objects are committed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from mse.annuaire.models import Acteur, Appartenance, Competence, Nature
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.depot.use_cases.deposer import commencer_fiche, deposer_fiche, ecrire_brouillon
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.initiatives.models import Initiative
from mse.initiatives.use_cases import proposer_initiative
from mse.representation.models import Election, Mandat, NatureElection, Promotion, RoleMandat

MARSEILLE, NICE = "13055", "06088"
LONGUE = (
    "Nous avons vérifié les horaires avec le transporteur ; le car partira à 16 h 50 dès lundi prochain. "
)
LONGUE += "Les retards seront annulés."
JOUR = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # a Monday

_numbers = count(1)
Row = TypeVar("Row")


_HIDDEN = re.compile(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")')


def hidden_fields(page: str) -> dict[str, str]:
    """Return the names and values of the hidden fields of a page, which a browser would send."""
    return dict(_HIDDEN.findall(page))


def keep(objet: Row) -> Row:
    """Save and commit an object, and return it."""
    db.session.add(objet)
    db.session.commit()
    return objet


def make_compte(prenom: str = "Alix", **champs: Any) -> Compte:
    valeurs = {"prenom": prenom, "nom": "Fictif", "courriel": f"{prenom.lower()}.{next(_numbers)}@exemple.fr"}
    return keep(
        Compte(cree_le=now(), **{"active_le": now(), "courriel_prouve_le": now(), **valeurs, **champs})
    )


def make_acteur(nom: str, nature: Nature = Nature.SERVICE, **champs: Any) -> Acteur:
    return keep(
        Acteur(nom=nom, nature=nature, **{"courriel": f"boite.{next(_numbers)}@exemple.fr", **champs})
    )


def make_agent(acteur: Acteur, prenom: str = "Ada", *, referent: bool = False) -> Compte:
    compte = make_compte(prenom)
    keep(
        Appartenance(compte=compte, acteur=acteur, est_referent=referent, debut=today() - timedelta(days=700))
    )
    return compte


def make_promotion(organisme: Acteur, titre: str = "Agent de cuisine", **champs: Any) -> Promotion:
    commune = champs.pop("commune_code", MARSEILLE)
    territoire = {MARSEILLE: "13-9312", NICE: "06-9315"}[commune]
    valeurs = {"debut": today() - timedelta(days=60), "fin": today() + timedelta(days=120), "effectif": 12}
    return keep(
        Promotion(
            organisme=organisme,
            titre=titre,
            commune_code=commune,
            territoire_code=territoire,
            creee_le=now(),
            **{**valeurs, **champs},
        )
    )


def make_delegue(
    promotion: Promotion, prenom: str, role: RoleMandat = RoleMandat.TITULAIRE, **champs: Any
) -> Compte:
    compte = make_compte(prenom)
    keep(Mandat(compte=compte, promotion=promotion, role=role, **{"debut": promotion.debut, **champs}))
    return compte


def make_election(*agents: Compte, titulaire: Compte) -> Election:
    """Create an election in a promotion of a new organisme, whose agents are `agents`."""
    organisme = make_acteur("Garrigue Formation", Nature.ORGANISME)
    for agent in agents:
        keep(Appartenance(compte=agent, acteur=organisme, debut=today() - timedelta(days=90)))
    promotion = make_promotion(organisme, "Apiculteur")
    mandat = keep(
        Mandat(compte=titulaire, promotion=promotion, role=RoleMandat.TITULAIRE, debut=promotion.debut)
    )
    return keep(
        Election(
            cle=str(uuid4()),
            promotion=promotion,
            nature=NatureElection.RESULTAT,
            le=promotion.debut,
            tour=1,
            titulaire=mandat,
            saisie_le=now(),
        )
    )


def make_brouillon(promotion: Promotion, par: Compte, *, theme: str = "transport", **champs: Any) -> Fiche:
    fiche = commencer_fiche(cle=str(uuid4()), promotion_id=promotion.id, theme_code=theme, par=par)
    textes = {
        "titre": "Le premier car arrive après le début des cours",
        "probleme": "Le car arrive à 8 h 42, la formation commence à 8 h 30.",
        "causes": "Les horaires ont changé en septembre.",
        "consequences": "Six personnes arrivent en retard chaque jour.",
        "solution": "Commencer les cours à 9 h 15.",
        "effectif_concerne": 6,
    }
    ecrire_brouillon(fiche, par=par, **{**textes, **champs})
    return fiche


def make_fiche(promotion: Promotion, par: Compte, *acteurs: Acteur, **champs: Any) -> Fiche:
    """Create a filed, public fiche with one saisine per acteur."""
    fiche = make_brouillon(promotion, par, destinataires=[acteur.id for acteur in acteurs], **champs)
    deposer_fiche(fiche, par=par)
    return fiche


def make_initiative(porteur: Promotion | Acteur, par: Compte, **champs: Any) -> Initiative:
    """Create a public initiative in the state `en_etude`, with one porteur."""
    textes = {
        "titre": "Guide du logement écrit par les stagiaires",
        "description": "Seize pages : où chercher, les papiers à préparer, les aides.",
        "besoins": "Trois personnes et une imprimante.",
        "theme_code": "hebergement_logement",
    }
    return proposer_initiative(cle=str(uuid4()), porteur=porteur, par=par, **{**textes, **champs})


def open_session(compte: Compte) -> str:
    """Open a session of the compte and return its reference, for the cookie."""
    from mse.comptes.use_cases import ouvrir_session

    return ouvrir_session(compte)


@dataclass
class Monde:
    """Named people and objects. The fiche is addressed to `transports`; `remuneration` and `ailleurs` have no
    saisine."""

    transports: Acteur
    remuneration: Acteur
    lavande: Acteur
    ailleurs: Acteur
    promotion: Promotion
    autre_promotion: Promotion
    samira: Compte  # déléguée titulaire
    karim: Compte  # délégué suppléant
    ancienne: Compte  # former delegate of the same promotion
    lea: Compte  # déléguée of another promotion
    agent: Compte  # of transports
    referent: Compte  # of transports
    autre_agent: Compte  # of remuneration
    animatrice: Compte
    admin: Compte
    fiche: Fiche

    @property
    def saisine(self) -> Saisine:
        return self.fiche.saisines[0]


def build_monde() -> Monde:
    """Create the objects of `Monde`."""
    transports = make_acteur("Service Cars régionaux")
    keep(Competence(acteur=transports, theme_code="transport", territoire_code="13"))
    remuneration = make_acteur("Service Rémunération")
    keep(Competence(acteur=remuneration, theme_code="remuneration", territoire_code="13"))
    lavande = make_acteur("Lavande Formation", Nature.ORGANISME)
    ailleurs = make_acteur("Azur Formation", Nature.ORGANISME)
    promotion = make_promotion(lavande)
    autre_promotion = make_promotion(ailleurs, "Soudeur", commune_code=NICE)
    samira = make_delegue(promotion, "Samira")
    fin = today() - timedelta(days=10)
    ancienne = make_delegue(promotion, "Zoe", RoleMandat.SUPPLEANT, fin=fin)
    karim = make_delegue(promotion, "Karim", RoleMandat.SUPPLEANT, debut=fin)
    return Monde(
        transports=transports,
        remuneration=remuneration,
        lavande=lavande,
        ailleurs=ailleurs,
        promotion=promotion,
        autre_promotion=autre_promotion,
        samira=samira,
        karim=karim,
        ancienne=ancienne,
        lea=make_delegue(autre_promotion, "Lea"),
        agent=make_agent(transports, "Ada"),
        referent=make_agent(transports, "Rene", referent=True),
        autre_agent=make_agent(remuneration, "Otto"),
        animatrice=make_compte("Anouk", est_animateur=True),
        admin=make_compte("Admin", est_administrateur=True),
        fiche=make_fiche(promotion, samira, transports),
    )
