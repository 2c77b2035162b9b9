"""Repères of a year, in each state: in force, changed, confirmed, to review, replaced, withdrawn, draft."""

from dataclasses import dataclass, replace
from datetime import timedelta

from mse.demo.agenda import Agenda, weekday_before
from mse.demo.canaris import REPERE_DE_MATHIEU
from mse.demo.scene import Scene
from mse.reperes.models import Repere
from mse.reperes.use_cases.ecrire import creer_repere, modifier_repere, publier_repere
from mse.reperes.use_cases.finir import confirmer_repere, remplacer_repere, retirer_repere
from mse.reperes.use_cases.lier import lier_fiche
from mse.reperes.validation import Contenu

BUREAU = 10 * 60  # minute of the day
REGION, SITE = ("93",), "https://www.region-demo.example"


@dataclass(frozen=True, kw_only=True)
class Regle:
    """A repère of the demonstration. `saisine`: the answer that it comes from. Numbers are days before today;
    `revue`: days from its publication to its review. `liees`: other fiches."""

    saisine: str
    titre: str
    texte: str
    base: str
    themes: tuple[str, ...]
    territoires: tuple[str, ...] = REGION
    lien: str | None = None
    publie: int
    revue: int = 365
    liees: tuple[str, ...] = ()
    par_l_animation: bool = False


CARTE = Regle(
    saisine="F005 S04",
    titre="La carte de transport arrive en trois semaines, et les billets d’ici là sont remboursés",
    texte="La demande se fait sur le site des transports dès le premier jour de formation.\n\n- Si "
    "la carte n’est pas là après trois semaines, les billets achetés sont remboursés.\n- Il faut "
    "garder les billets et l’attestation d’entrée en formation.",
    base="Règlement régional des transports des stagiaires (fictif), article 7",
    lien=f"{SITE}/transports/reglement",
    themes=("transport",),
    publie=180,
    liees=("F015",),
)
PAIE = Regle(
    saisine="F007 S01",
    titre="La première rémunération est versée au plus tard six semaines après l’entrée",
    texte="Le centre envoie le dossier complet dans les cinq jours. Passé six semaines, une avance "
    "de 300\u202f€ est versée sur demande du centre.",
    base="Délibération régionale sur la rémunération (fictive), annexe 2",
    themes=("remuneration",),
    territoires=("13", "84"),
    publie=150,
    liees=("F011", "F060"),
)
ANCIENNE = Regle(
    saisine="F023 S01",
    titre="Le délai de la première rémunération dans les Bouches-du-Rhône",
    texte="La première rémunération est versée au plus tard huit semaines après l’entrée en formation.",
    base="Note du service (fictive)",
    themes=("remuneration",),
    territoires=("13",),
    publie=170,
)
CAUTION = Regle(
    saisine="F030 S10",
    titre="La caution d’un logement peut être avancée par la Région",
    texte="Une stagiaire ou un stagiaire qui ne peut pas avancer la caution demande l’avance avant "
    "de signer le bail. Elle couvre 500\u202f€ et se rembourse en dix fois.",
    base="Fonds régional d’aide au logement (fictif), article 3",
    lien=f"{SITE}/logement/avance",
    themes=("hebergement_logement",),
    territoires=("04", "05"),
    publie=120,
)
FOYER = Regle(
    saisine="F009 S08",
    titre="Un foyer conventionné ne refuse pas une formation courte",
    texte="Les foyers conventionnés accueillent toute formation d’au moins quatre semaines. En cas "
    "de refus, le service appelle le foyer dans les deux jours.",
    base="Convention avec les foyers de jeunes travailleurs (fictive), article 4",
    themes=("hebergement_logement",),
    territoires=("13", "84"),
    publie=210,
    revue=198,
    liees=("F032",),
)
EXAMEN = Regle(
    saisine="F076 S11",
    titre="Le temps majoré d’un examen se demande avec l’avis du médecin, sans autre papier",
    texte="L’avis du médecin désigné suffit. La demande se fait deux mois avant l’examen\u202f; "
    "passé ce délai, le référent handicap du centre la transmet quand même.",
    base="Code de l’éducation, articles D112-1 et suivants, et instruction du service (fictive)",
    lien="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006071191/",
    themes=("handicap", "examen_certification"),
    publie=40,
)
CONVENTION = Regle(
    saisine="F066 S20",
    titre="Une convention de stage signée en retard vaut depuis le premier jour",
    texte="Si la convention est signée dans la première semaine du stage, les jours déjà faits comptent.",
    base="Note de la délégation (fictive)",
    themes=("stage_entreprise",),
    territoires=("84",),
    publie=100,
)
INTERPRETE = Regle(
    saisine="F048 S11",
    titre="Une heure d’interprète par semaine pour les stagiaires sourds",
    texte="Le centre demande l’heure d’interprète au service, un mois avant.",
    base="Note de la mission (fictive)",
    themes=("handicap",),
    publie=90,
)
EAU = Regle(
    saisine="F082 OF23",
    titre="Un point d’eau potable est ouvert toute la journée, pauses de midi comprises",
    texte="Chaque lieu de formation a un point d’eau potable et fraîche, ouvert du début à la fin "
    "de la journée. Si la fontaine est coupée, le centre apporte des bouteilles le jour même.",
    base="Code du travail, article R4225-2, et charte des centres de formation (fictive)",
    themes=("restauration", "materiel_locaux"),
    publie=25,
    par_l_animation=True,
)
PLANNING = Regle(
    saisine="F016 OF29",
    titre="Le planning est donné au moins quinze jours avant",
    texte="Le centre donne le planning quinze jours avant, sauf absence imprévue d’une formatrice ou d’un "
    "formateur. Un changement de dernière minute n’est jamais compté comme une absence.",
    base="Charte des centres de formation (fictive), point 5",
    themes=("organisation_planning",),
    publie=70,
    par_l_animation=True,
)
BROUILLON = Regle(
    saisine="F058 S08",
    titre="Un foyer n’expulse pas pour une paie en retard",
    texte=f"Si la rémunération est en retard, le foyer attend. Reste à écrire\u202f: {REPERE_DE_MATHIEU}.",
    base="Convention avec les foyers de jeunes travailleurs (fictive)",
    themes=("hebergement_logement",),
    territoires=("13",),
    publie=4,
)


def faire_des_regles(scene: Scene, agenda: Agenda) -> None:
    faits: dict[str, Repere] = {}
    for regle in (CARTE, PAIE, ANCIENNE, CAUTION, FOYER, EXAMEN, CONVENTION, INTERPRETE, PLANNING, EAU):
        _noter(scene, agenda, regle.publie, _publier, scene, faits, regle)
    _noter(scene, agenda, BROUILLON.publie, _creer, scene, BROUILLON)
    _noter(scene, agenda, 60, _changer, scene, faits)
    _noter(scene, agenda, 58, _remplacer, scene, faits)
    _noter(scene, agenda, 30, _retirer, scene, faits)
    _noter(scene, agenda, 15, _confirmer, scene, faits)


def _noter(scene: Scene, agenda: Agenda, jours: int, geste: object, *args: object) -> None:
    jour = weekday_before(scene.aujourd_hui - timedelta(days=jours - 1), 1)
    agenda.noter(jour, BUREAU, geste, *args)  # type: ignore[arg-type]


def _contenu(scene: Scene, regle: Regle) -> Contenu:
    publie = scene.aujourd_hui - timedelta(days=regle.publie)
    return Contenu(
        titre=regle.titre,
        texte=regle.texte,
        base=regle.base,
        base_lien=regle.lien,
        themes=regle.themes,
        territoires=regle.territoires,
        valable_du=publie - timedelta(days=10),
        a_revoir_le=publie + timedelta(days=regle.revue),
    )


def _creer(scene: Scene, regle: Regle) -> Repere:
    par = scene.animatrice if regle.par_l_animation else scene.agent(regle.saisine)
    cle = f"demonstration-repere-{regle.saisine[:4]}"
    return creer_repere(scene.saisine(regle.saisine), _contenu(scene, regle), cle=cle, par=par)


def _publier(scene: Scene, faits: dict[str, Repere], regle: Regle) -> None:
    repere = faits[regle.saisine] = _creer(scene, regle)
    par = scene.animatrice if regle.par_l_animation else scene.agent(regle.saisine)
    publier_repere(repere, par=par)
    for nom in regle.liees:
        lier_fiche(repere, scene.fiches[nom].id, par=par)


def _changer(scene: Scene, faits: dict[str, Repere]) -> None:
    texte = PAIE.texte.replace("300", "450")
    contenu = replace(_contenu(scene, PAIE), texte=texte)
    motif = "L’avance passe de 300 à 450\u202f€, par décision du service."
    modifier_repere(faits[PAIE.saisine], contenu, motif, par=scene.agent(PAIE.saisine))


def _remplacer(scene: Scene, faits: dict[str, Repere]) -> None:
    motif = "Le délai est désormais de six semaines\u202f: un seul repère le dit."
    autre = faits[PAIE.saisine]
    remplacer_repere(faits[ANCIENNE.saisine], autre.id, motif, par=scene.agent(ANCIENNE.saisine))


def _retirer(scene: Scene, faits: dict[str, Repere]) -> None:
    motif = "Les interprètes sont maintenant réservés par une autre équipe, sans limite d’heures."
    retirer_repere(faits[INTERPRETE.saisine], motif, par=scene.agent(INTERPRETE.saisine))


def _confirmer(scene: Scene, faits: dict[str, Repere]) -> None:
    jour = scene.aujourd_hui + timedelta(days=350)
    confirmer_repere(faits[CARTE.saisine], jour, par=scene.agent(CARTE.saisine))
