"""Repères for tests."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from devtools.factories import LONGUE, Monde, make_fiche
from mse.core.clock import today
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.reperes.models import Repere
from mse.reperes.use_cases.ecrire import creer_repere, publier_repere
from mse.reperes.validation import Contenu

TEXTE = "Les stagiaires gardent leur carte de transport pendant toute la formation, stages compris."
BASE = "Règlement régional des transports, article 12"
EBAUCHE = "CANARI-REPERE\u202f: un texte que personne d’autre ne lit."
MOTIF = "Le règlement a changé au premier janvier."


def contenu(**champs: Any) -> Contenu:
    valeurs = {
        "titre": "Qui paie la carte de transport",
        "texte": TEXTE,
        "base": BASE,
        "base_lien": "https://www.legifrance.gouv.fr",
        "themes": ("transport",),
        "territoires": ("13",),
        "valable_du": today(),
        "a_revoir_le": today() + timedelta(days=365),
        **champs,
    }
    return Contenu(**valeurs)


def champs(un: Contenu, **autres: Any) -> dict[str, Any]:
    """Return the fields of the form that say this content."""
    dates = {
        nom: jour.isoformat() if (jour := getattr(un, nom)) else "" for nom in ("valable_du", "a_revoir_le")
    }
    textes = {nom: getattr(un, nom) or "" for nom in ("titre", "texte", "base", "base_lien")}
    return {**textes, **dates, "themes": list(un.themes), "territoires": list(un.territoires), **autres}


def repondue(monde: Monde) -> Saisine:
    """Return the saisine of a new fiche, which `transports` has answered."""
    saisine = make_fiche(monde.promotion, monde.samira, monde.transports).saisines[0]
    repondre_saisine(saisine, LONGUE, par=monde.agent)
    return saisine


def make_brouillon(monde: Monde, par: Any = None, **champs: Any) -> Repere:
    """A draft of `transports`, from its answer."""
    return creer_repere(repondue(monde), contenu(**champs), cle=str(uuid4()), par=par or monde.agent)


def make_repere(monde: Monde, par: Any = None, **champs: Any) -> Repere:
    repere = make_brouillon(monde, par, **champs)
    publier_repere(repere, par=par or monde.agent)
    return repere


def make_reperes(monde: Monde) -> dict[str, int]:
    """Publish a repère, and write a draft of an agent and one of an animateur. Return their ids."""
    return {
        "repere": make_repere(monde).id,
        "ebauche": make_brouillon(monde, texte=EBAUCHE).id,
        "ebauche_animation": make_brouillon(monde, monde.animatrice, texte=EBAUCHE).id,
    }
