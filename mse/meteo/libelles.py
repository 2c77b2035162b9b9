"""Labels of the weather. The page of definitions is built from them and from the settings."""

from mse.core.text import lazy, ngettext
from mse.meteo.mesures import Chiffre, Mesure, Niveau, Tendance

NIVEAUX = {
    Niveau.GRAND_SOLEIL: lazy("Grand soleil"),
    Niveau.ECLAIRCIES: lazy("Éclaircies"),
    Niveau.NUAGEUX: lazy("Nuageux"),
    Niveau.PLUIE: lazy("Pluie"),
    Niveau.ORAGE: lazy("Orage"),
    Niveau.BROUILLARD: lazy("Brouillard"),
}
TENDANCES = {
    Tendance.HAUSSE: lazy("en hausse"),
    Tendance.STABLE: lazy("stable"),
    Tendance.BAISSE: lazy("en baisse"),
}
MESURES = {
    Mesure.REPRESENTATION: lazy("Représentation"),
    Mesure.EXPRESSION: lazy("Expression"),
    Mesure.ECOUTE: lazy("Écoute"),
    Mesure.RESOLUTION: lazy("Résolution"),
    Mesure.INITIATIVE: lazy("Initiative"),
}
QUESTIONS = {
    Mesure.REPRESENTATION: lazy("Les groupes ont-ils élu des délégué·es ?"),
    Mesure.EXPRESSION: lazy("Les groupes disent-ils ce qui ne va pas ?"),
    Mesure.ECOUTE: lazy("Répond-on dans les temps ?"),
    Mesure.RESOLUTION: lazy("Les problèmes sont-ils réglés ?"),
    Mesure.INITIATIVE: lazy("Des stagiaires construisent-ils des solutions ?"),
}
# What n counts (the denominator) in each measure.
N = {
    Mesure.REPRESENTATION: lazy("promotions en cours, commencées depuis au moins %(delai)s jours"),
    Mesure.EXPRESSION: lazy("promotions en cours, commencées depuis au moins %(delai)s jours"),
    Mesure.ECOUTE: lazy("réponses attendues pendant la période, à la date fixée à ce moment-là"),
    Mesure.RESOLUTION: lazy(
        "fiches dont la réponse était attendue pendant la période. Chaque fiche compte une fois, "
        "à la dernière date fixée"
    ),
    Mesure.INITIATIVE: lazy("organismes qui ont une promotion en cours"),
}
# Which of the n cases k counts (the numerator) in each measure.
K = {
    Mesure.REPRESENTATION: lazy(
        "celles qui ont une personne déléguée, dont le compte est ouvert. "
        "Une promotion où personne n’a voulu être élu reste comptée"
    ),
    Mesure.EXPRESSION: lazy(
        "celles qui ont déposé une fiche, contribué à celle de leur classe, dit «\u202fNous aussi\u202f» à "
        "une autre, ou fait avancer une de leurs initiatives, pendant la période"
    ),
    Mesure.ECOUTE: lazy("celles qui ont été données en détail au plus tard ce jour-là"),
    Mesure.RESOLUTION: lazy("celles qui sont réglées, sans que leurs délégué·es disent le contraire"),
    Mesure.INITIATIVE: lazy(
        "ceux qui portent une initiative réalisée pendant la période, ou bien à l’étude ou en cours, "
        "avec une nouvelle depuis moins de %(activite)s jours"
    ),
}


def dire_progres(mesure: Mesure, chiffre: Chiffre) -> str:
    """Return a sentence that says what is missing in the measure; empty if k equals n."""
    manque = chiffre.n - chiffre.k
    if not manque:
        return ""
    phrases = {
        Mesure.REPRESENTATION: ngettext(
            "%(num)s promotion n’a pas encore de délégué·e qui a ouvert son compte.",
            "%(num)s promotions n’ont pas encore de délégué·e qui a ouvert son compte.",
            manque,
        ),
        Mesure.EXPRESSION: ngettext(
            "%(num)s promotion n’a rien dit pendant la période.",
            "%(num)s promotions n’ont rien dit pendant la période.",
            manque,
        ),
        Mesure.ECOUTE: ngettext(
            "%(num)s réponse n’est pas venue à temps.", "%(num)s réponses ne sont pas venues à temps.", manque
        ),
        Mesure.RESOLUTION: ngettext(
            "%(num)s fiche n’est pas réglée, ou ses délégué·es disent qu’elle ne l’est pas.",
            "%(num)s fiches ne sont pas réglées, ou leurs délégué·es disent qu’elles ne le sont pas.",
            manque,
        ),
        Mesure.INITIATIVE: ngettext(
            "%(num)s organisme n’a pas d’initiative qui avance.",
            "%(num)s organismes n’ont pas d’initiative qui avance.",
            manque,
        ),
    }
    return phrases[mesure]


def dire_manque(mesure: Mesure, chiffre: Chiffre, minimum: int) -> str:
    """Return a sentence that says how many cases there are, and how many a measure needs to count."""
    phrases = {
        Mesure.REPRESENTATION: ngettext(
            "%(num)s promotion en cours ; il en faut au moins %(minimum)s.",
            "%(num)s promotions en cours ; il en faut au moins %(minimum)s.",
            chiffre.n,
            minimum=minimum,
        ),
        Mesure.ECOUTE: ngettext(
            "%(num)s réponse attendue pendant la période ; il en faut au moins %(minimum)s.",
            "%(num)s réponses attendues pendant la période ; il en faut au moins %(minimum)s.",
            chiffre.n,
            minimum=minimum,
        ),
        Mesure.RESOLUTION: ngettext(
            "%(num)s fiche dont la réponse était attendue ; il en faut au moins %(minimum)s.",
            "%(num)s fiches dont la réponse était attendue ; il en faut au moins %(minimum)s.",
            chiffre.n,
            minimum=minimum,
        ),
        Mesure.INITIATIVE: ngettext(
            "%(num)s organisme a une promotion en cours ; il en faut au moins %(minimum)s.",
            "%(num)s organismes ont une promotion en cours ; il en faut au moins %(minimum)s.",
            chiffre.n,
            minimum=minimum,
        ),
    }
    return phrases[Mesure.REPRESENTATION if mesure == Mesure.EXPRESSION else mesure]
