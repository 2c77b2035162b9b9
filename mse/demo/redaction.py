"""Answer templates of two teams, and a draft that waits for its author."""

from mse.demo.agenda import Agenda, weekday_before
from mse.demo.canaris import BROUILLON_DE_MATHIEU, MODELE_DE_NADEGE
from mse.demo.scene import Scene
from mse.redaction.use_cases.brouillons import garder_brouillon
from mse.redaction.use_cases.modeles import Contenu, creer_modele
from mse.redaction.workflow import Geste

MATHIEU, NADEGE = "S08", "OF31"
EN_COURS = "X02 S08"
OUVERTURE = 9 * 60
_MERCI = "Merci d’avoir écrit. Nous avons lu votre fiche «\u202f{titre}\u202f», déposée le {date de dépôt}."

MODELES = {
    MATHIEU: (
        Contenu(
            titre="Repas\u202f: nous cherchons une salle",
            geste=Geste.REPONDRE,
            theme_code="restauration",
            texte=f"{_MERCI}\n\nNous demandons au centre une salle où manger au chaud\u202f: [laquelle, à "
            f"partir de "
            "quand].\n\n{signature}",
        ),
        Contenu(
            titre="Repas\u202f: ce n’est pas possible, et pourquoi",
            geste=Geste.REPONDRE,
            theme_code="restauration",
            texte=f"{_MERCI}\n\nCe n’est pas possible cette année, parce que [raison]. En attendant, "
            f"voici ce que "
            "nous proposons\u202f: [solution].\n\n{signature}",
        ),
        Contenu(
            titre="Logement\u202f: prendre rendez-vous",
            geste=Geste.REPONDRE,
            theme_code="hebergement_logement",
            texte=f"{_MERCI}\n\nUne conseillère reçoit les stagiaires [jour et lieu], sans "
            f"rendez-vous.\n\n{{signature}}",
        ),
        Contenu(
            titre="Nous avons transmis",
            geste=Geste.REPONDRE,
            theme_code=None,
            texte=f"{_MERCI}\n\nNous l’avons transmise à [qui]. Nous vous dirons ce qu’ils répondent "
            f"avant le [date]."
            "\n\n{signature}",
        ),
        Contenu(
            titre="C’est fait",
            geste=Geste.REGLER,
            theme_code=None,
            texte=f"{_MERCI}\n\nDepuis le [date], [ce qui a été fait]. Dites-nous si cela "
            f"suffit.\n\n{{signature}}",
        ),
        Contenu(
            titre="La formation est finie",
            geste=Geste.ABANDONNER,
            theme_code=None,
            texte="La formation est finie et personne d’autre ne signale ce problème. Si cela "
            "recommence, {acteur} "
            "rouvrira cette fiche.",
        ),
        Contenu(
            titre="Rendez-vous pris",
            geste=Geste.ETAPE,
            theme_code=None,
            texte="Un rendez-vous est pris le [date] avec [qui].",
        ),
    ),
    NADEGE: (
        Contenu(
            titre="Salle\u202f: nous vérifions",
            geste=Geste.REPONDRE,
            theme_code="materiel_locaux",
            texte=f"{_MERCI}\n\n{MODELE_DE_NADEGE}.\n\n{{signature}}",
        ),
    ),
}
BROUILLON = (
    f"Nous avons visité le centre d’Aubagne\u202f: {BROUILLON_DE_MATHIEU}, et il reste à trouver un budget."
)


def preparer_reponses(scene: Scene, agenda: Agenda) -> None:
    """Add the templates, written some weeks ago, and a draft of yesterday."""
    for acteur, contenus in MODELES.items():
        for rang, contenu in enumerate(contenus):
            agenda.noter(
                weekday_before(scene.aujourd_hui, 20), OUVERTURE + rang, _ecrire, scene, acteur, rang, contenu
            )
    agenda.noter(weekday_before(scene.aujourd_hui, 1), OUVERTURE, _commencer, scene)


def _ecrire(scene: Scene, acteur: str, rang: int, contenu: Contenu) -> None:
    creer_modele(scene.acteurs[acteur], contenu, cle=f"{acteur}-{rang}", par=scene.agents[acteur])


def _commencer(scene: Scene) -> None:
    garder_brouillon(scene.saisine(EN_COURS), Geste.REPONDRE, BROUILLON, par=scene.agent(EN_COURS))
