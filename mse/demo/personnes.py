"""The people of the demonstration: all invented, all with the same public password."""

from dataclasses import dataclass

from sqlalchemy import update

from mse.comptes.models import Compte
from mse.comptes.use_cases import creer_compte
from mse.core.use_cases import use_case
from mse.demo.canaris import NOM_DE_SAMIRA
from mse.demo.scene import Scene
from mse.extensions import db

MOT_DE_PASSE = "mission-possible"


# New agents of Nadège's organisme; the second has not opened her account yet.
NOUVELLE = ("yasmina.belkacem@demo.example", "Yasmina", "Belkacem")
INVITEE = ("ines.fabre@demo.example", "Inès", "Fabre")


@dataclass(frozen=True)
class Vedette:
    """One of the ten accounts that the command prints for people who try the demonstration."""

    courriel: str
    prenom: str
    nom: str
    role: str  # in words, for the list the command prints


VEDETTES = (
    Vedette("delegue@demo.example", "Samira", NOM_DE_SAMIRA, "Samira, déléguée à Luberon Savoir-Faire (Apt)"),
    Vedette(
        "service@demo.example",
        "Mathieu",
        "Rocca",
        "Mathieu, service Conditions de vie des stagiaires (13 et 84)",
    ),
    Vedette(
        "organisme@demo.example",
        "Nadège",
        "Ollivier",
        "Nadège, référente de l’organisme Luberon Savoir-Faire (Apt)",
    ),
    Vedette("animation@demo.example", "Claire", "Vasseur", "Claire, équipe d’animation"),
    Vedette("admin@demo.example", "Hugo", "Delmas", "Hugo, administration"),
    Vedette("delegue2@demo.example", "Enzo", "Barbero", "Enzo, délégué à Baie des Anges Compétences (Nice)"),
    Vedette(
        "service2@demo.example",
        "Leïla",
        "Cherfi",
        "Leïla, service Conditions de vie des stagiaires (06 et 83)",
    ),
    Vedette(
        "organisme2@demo.example",
        "Gaëlle",
        "Roustan",
        "Gaëlle, référente de l’organisme Grasse Arômes Formation",
    ),
    Vedette("animation2@demo.example", "Farid", "Meziane", "Farid, équipe d’animation"),
    Vedette("admin2@demo.example", "Aurore", "Guérin", "Aurore, administration"),
)


def creer_vedette(courriel: str) -> Compte:
    vedette = next(vedette for vedette in VEDETTES if vedette.courriel == courriel)
    return _creer(courriel, vedette.prenom, vedette.nom)


def creer_figurant(scene: Scene, courriel: str) -> Compte:
    """Create an account with a random name."""
    return _creer(courriel, *scene.noms.pop())


def creer_equipe(scene: Scene) -> None:
    for nom in ("animation", "animation2", "admin", "admin2"):
        scene.equipe[nom] = creer_vedette(f"{nom}@demo.example")


def _creer(courriel: str, prenom: str, nom: str) -> Compte:
    return creer_compte(
        prenom=prenom,
        nom=nom,
        courriel=courriel,
        est_animateur=courriel.startswith("animation"),
        est_administrateur=courriel.startswith("admin"),
        est_demonstration=True,
    )


@use_case
def activer_comptes(password_hash: str) -> None:
    """Set the password of all accounts, hashed once, without the check of password strength.

    The invited person keeps an unopened account.
    """
    siens = update(Compte).where(Compte.est_demonstration, Compte.courriel != INVITEE[0])
    db.session.execute(
        siens.values(mot_de_passe=password_hash, active_le=Compte.cree_le, courriel_prouve_le=Compte.cree_le)
    )
