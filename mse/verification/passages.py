"""What the check finds: a passage of a text, its category, the reason and another way to say it."""

from dataclasses import dataclass
from enum import StrEnum

from mse.core.text import lazy


class Categorie(StrEnum):
    NOM = "nom"
    COORDONNEES = "coordonnees"
    IDENTIFIANT = "identifiant"  # bank account, social security number
    INJURE = "injure"
    MENACE = "menace"
    DISCRIMINATION = "discrimination"
    SANTE = "sante"


RAISONS = {
    Categorie.NOM: lazy("C’est peut-être le nom d’une personne."),
    Categorie.COORDONNEES: lazy(
        "Tout le monde pourrait écrire à cette personne, l’appeler ou aller chez elle."
    ),
    Categorie.IDENTIFIANT: lazy("Ce numéro est personnel\u202f: il peut servir à une fraude."),
    Categorie.INJURE: lazy("C’est peut-être une injure."),
    Categorie.MENACE: lazy("C’est peut-être une menace."),
    Categorie.DISCRIMINATION: lazy("Cette phrase peut blesser tout un groupe de personnes."),
    Categorie.SANTE: lazy("La santé d’une personne ne regarde qu’elle."),
}
CONSEILS = {
    Categorie.NOM: lazy(
        "Écrivez sa fonction\u202f: «\u202fun formateur\u202f», «\u202fune personne de l’accueil\u202f»."
    ),
    Categorie.COORDONNEES: lazy("Enlevez-la\u202f: le service concerné sait joindre les délégué·es."),
    Categorie.IDENTIFIANT: lazy("Enlevez ce numéro."),
    Categorie.INJURE: lazy("Dites ce qui s’est passé\u202f: «\u202fil nous a mal parlé\u202f»."),
    Categorie.MENACE: lazy("Dites ce que vous demandez\u202f: «\u202fnous voulons que cela s’arrête\u202f»."),
    Categorie.DISCRIMINATION: lazy("Parlez des faits, pas des origines ni du genre des personnes."),
    Categorie.SANTE: lazy("Écrivez «\u202fpour une raison personnelle\u202f»."),
}


@dataclass(frozen=True)
class Passage:
    """`debut` and `fin` are indexes in the text. `conseil`: the suggested wording."""

    debut: int
    fin: int
    categorie: Categorie
    extrait: str
    conseil: str

    @property
    def raison(self) -> str:
        return str(RAISONS[self.categorie])
