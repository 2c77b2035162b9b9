"""Words of class fiches."""

from mse.classe.workflow import Nature
from mse.core.text import lazy

NATURES = {
    Nature.CAUSE: lazy("Une cause"),
    Nature.CONSEQUENCE: lazy("Une conséquence"),
    Nature.SOLUTION: lazy("Une solution"),
}
DESSINS = {Nature.CAUSE: "info", Nature.CONSEQUENCE: "relais", Nature.SOLUTION: "chantier"}
# Question, help and example of each page, for the trainee.
QUESTIONS = {
    Nature.CAUSE: (
        lazy("D’où vient ce problème ?"),
        lazy("Une cause, c’est pourquoi cela arrive."),
        lazy("Les horaires du car ont changé en septembre."),
    ),
    Nature.CONSEQUENCE: (
        lazy("Qu’est-ce que cela change pour vous ?"),
        lazy("Une conséquence, c’est ce qui arrive à cause du problème."),
        lazy("J’arrive en retard deux fois par semaine."),
    ),
    Nature.SOLUTION: (
        lazy("Que faudrait-il faire ?"),
        lazy("Une solution, même petite, aide."),
        lazy("Commencer un quart d’heure plus tard."),
    ),
}
