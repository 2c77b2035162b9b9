"""Words of reports."""

from mse.core.text import lazy
from mse.signalements.workflow import Decision, Etat, Raison

RAISONS = {
    Raison.DANGER: lazy("Quelqu’un est en danger, ou menacé"),
    Raison.NOM: lazy("Une personne est nommée, ou on la reconnaît"),
    Raison.MOI: lazy("C’est de moi que l’on parle"),
    Raison.INJURE: lazy("Une injure, des propos racistes, sexistes ou blessants"),
    Raison.FAUX: lazy("Quelque chose de faux"),
    Raison.DECISION: lazy("Je conteste une décision de l’équipe d’animation"),
    Raison.AUTRE: lazy("Autre chose"),
}
AIDES = {
    Raison.MOI: lazy("Vous pouvez demander un retrait, ou faire publier votre réponse."),
    Raison.DECISION: lazy("Un texte masqué, retiré ou refusé. Une autre personne de l’équipe le relira."),
}
ETATS = {
    Etat.RECU: lazy("L’équipe d’animation va le lire."),
    Etat.SUIVI: lazy("L’équipe d’animation a agi."),
    Etat.CLASSE: lazy("L’équipe d’animation laisse la page comme elle est."),
    Etat.CONTESTE: lazy("Vous contestez la décision. L’équipe d’animation relit."),
}
DECISIONS = {
    Decision.SUIVRE: lazy("Nous avons agi\u202f: passage masqué, page retirée, ou autre chose"),
    Decision.CLASSER: lazy("Nous laissons la page comme elle est"),
}
