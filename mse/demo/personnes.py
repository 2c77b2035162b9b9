"""The people of the demonstration: all invented, all with the same public password."""

from dataclasses import dataclass
from itertools import product
from random import Random

from mse.comptes.models import Compte
from mse.comptes.use_cases import creer_compte
from mse.core.clock import now
from mse.core.use_cases import use_case
from mse.demo.canaris import NOM_DE_SAMIRA
from mse.demo.scene import Scene

MOT_DE_PASSE = "mission-possible"


@dataclass(frozen=True)
class Vedette:
    """One of the ten accounts whose address is told to whoever tries the demonstration."""

    courriel: str
    prenom: str
    nom: str
    role: str  # in words, for the list the command prints


VEDETTES = (
    Vedette("delegue@demo.example", "Samira", NOM_DE_SAMIRA, "Samira, déléguée à Luberon Savoir-Faire (Apt)"),
    Vedette("service@demo.example", "Mathieu", "Rocca", "Mathieu, service Conditions de vie des stagiaires (13 et 84)"),
    Vedette("organisme@demo.example", "Nadège", "Ollivier", "Nadège, référente de l’organisme Luberon Savoir-Faire (Apt)"),
    Vedette("animation@demo.example", "Claire", "Vasseur", "Claire, équipe d’animation"),
    Vedette("admin@demo.example", "Hugo", "Delmas", "Hugo, administration"),
    Vedette("delegue2@demo.example", "Enzo", "Barbero", "Enzo, délégué à Baie des Anges Compétences (Nice)"),
    Vedette("service2@demo.example", "Leïla", "Cherfi", "Leïla, service Conditions de vie des stagiaires (06 et 83)"),
    Vedette("organisme2@demo.example", "Gaëlle", "Roustan", "Gaëlle, référente de l’organisme Grasse Arômes Formation"),
    Vedette("animation2@demo.example", "Farid", "Meziane", "Farid, équipe d’animation"),
    Vedette("admin2@demo.example", "Aurore", "Guérin", "Aurore, administration"),
)

_PRENOMS = ["Abdel", "Adèle", "Agathe", "Aïcha", "Alban", "Alexia", "Amadou", "Amélie", "Anaïs", "Angelo", "Antonin", "Assia", "Baptiste", "Béatrice", "Bilal", "Bruno", "Camila", "Carole", "Cédric", "Chloé", "Corentin", "Dalila", "David", "Diego", "Djamila", "Élodie", "Émile", "Fanny", "Fatou", "Florian", "Gaël", "Hakim", "Hanane", "Hélène", "Ibrahim", "Inaya", "Jade", "Joris", "Karim", "Kenza", "Laurent", "Léo", "Lina", "Louis", "Lucie", "Malik", "Manon", "Marco", "Mehdi", "Mélanie", "Myriam", "Nabil", "Nora", "Océane", "Pauline", "Rachid", "Rémi", "Rosa", "Sacha", "Salomé", "Sofiane", "Sonia", "Tarik", "Théo", "Valentin", "Yasmine", "Youssef", "Zoé"]
_NOMS = ["Amrani", "Arnoux", "Aubanel", "Barral", "Benali", "Blanc", "Bonnefoy", "Brémond", "Camoin", "Carle", "Chauvin", "Colombo", "Coulibaly", "Daumas", "Diallo", "Escoffier", "Fabre", "Ferrero", "Garcin", "Gaubert", "Giraud", "Haddad", "Imbert", "Jourdan", "Kaci", "Lambert", "Lopes", "Magnan", "Marino", "Martel", "Nguyen", "Olive", "Pascal", "Pellegrin", "Ricard", "Roux", "Saïdi", "Silvestre", "Teissier", "Tran", "Vial", "Zunino"]


class Figurants:
    """Names for everybody else, each couple once."""

    def __init__(self, rng: Random) -> None:
        self._noms = list(product(_PRENOMS, _NOMS))
        rng.shuffle(self._noms)

    def next(self) -> tuple[str, str]:
        return self._noms.pop()


def creer_vedette(scene: Scene, courriel: str) -> Compte:
    vedette = next(vedette for vedette in VEDETTES if vedette.courriel == courriel)
    return creer_personne(scene, courriel, vedette.prenom, vedette.nom)


def creer_personne(scene: Scene, courriel: str, prenom: str, nom: str) -> Compte:
    """With the demonstration's password, set beside the password rule, which stays whole."""
    compte = creer_compte(
        prenom=prenom,
        nom=nom,
        courriel=courriel,
        est_animateur=courriel.startswith("animation"),
        est_administrateur=courriel.startswith("admin"),
        est_demonstration=True,
    )
    _activer(compte, scene.mot_de_passe)
    scene.comptes[courriel] = compte
    return compte


@use_case
def _activer(compte: Compte, empreinte: str) -> None:
    """Hashing it anew for each would take the argon2 of two hundred people."""
    compte.mot_de_passe, compte.active_le = empreinte, now()
