"""Words for the subjects, the states and the acts of confidential reports."""

from mse.confidentiel.workflow import Acte, Etat, Sujet
from mse.core.text import lazy

SUJETS = {
    Sujet.VIOLENCE: lazy("Violence, menaces"),
    Sujet.HARCELEMENT: lazy("Harcèlement"),
    Sujet.DISCRIMINATION: lazy("Discrimination, racisme, sexisme"),
    Sujet.SANTE: lazy("Santé, mal-être"),
    Sujet.AUTRE: lazy("Autre chose de grave ou de personnel"),
}
ETATS = {
    Etat.RECU: lazy("Reçu"),
    Etat.PRIS_EN_CHARGE: lazy("Pris en charge"),
    Etat.ORIENTE: lazy("Orienté"),
    Etat.CLOS: lazy("Clos"),
}
# What happens next, said to the author.
SUITES = {
    Etat.RECU: lazy("Personne ne l’a encore pris en charge. Revenez dans un jour ou deux."),
    Etat.PRIS_EN_CHARGE: lazy("Une personne s’en occupe."),
    Etat.ORIENTE: lazy("On vous a indiqué qui peut vous aider."),
    Etat.CLOS: lazy("C’est terminé. Vous pouvez le relire ici pendant 24 mois."),
}
ACTES = {
    Acte.PRENDRE: lazy("a pris votre message en charge"),
    Acte.REPONDRE: lazy("vous répond"),
    Acte.ORIENTER: lazy("vous indique qui peut vous aider"),
    Acte.CLORE: lazy("termine l’échange"),
}
BOUTONS = {
    Acte.PRENDRE: lazy("Prendre en charge"),
    Acte.REPONDRE: lazy("Répondre"),
    Acte.ORIENTER: lazy("Orienter vers quelqu’un"),
    Acte.CLORE: lazy("Clore, avec un dernier mot"),
}
# Name and number to call, and when; each number was checked on 2026-11-30.
URGENCES = (
    ("17", lazy("Police, gendarmerie"), lazy("jour et nuit")),
    ("112", lazy("Tous les secours, en Europe"), lazy("jour et nuit")),
    ("114", lazy("Par SMS, si vous ne pouvez pas parler"), lazy("jour et nuit")),
)
ECOUTES = (
    ("119", lazy("Enfant ou jeune en danger"), lazy("gratuit, jour et nuit")),
    ("3919", lazy("Violences faites aux femmes"), lazy("gratuit, jour et nuit")),
    ("3018", lazy("Harcèlement, aussi sur internet"), lazy("gratuit, tous les jours de 9 h à 23 h")),
    ("116 006", lazy("Aide aux victimes"), lazy("gratuit, tous les jours")),
    ("09 69 39 00 00", lazy("Défenseur des droits\u202f: discriminations"), lazy("en semaine")),
)
