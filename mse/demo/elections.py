"""Promotions without fiches: election expected, carence, departure of a delegate, invitation."""

from datetime import date, timedelta

from mse.attestations.queries import read_chiffres
from mse.attestations.use_cases import etablir_attestation
from mse.attestations.views import write_page
from mse.core.clock import today
from mse.core.codes import new_code
from mse.demo.agenda import Agenda, weekday_before
from mse.demo.canaris import MOT_DE_PASSATION, REMARQUE_CARENCE
from mse.demo.promotions import PASSEE, PREFIXE_CLE, elire
from mse.demo.scene import Scene
from mse.passation.use_cases import laisser_un_mot
from mse.representation.models import Promotion, RoleMandat
from mse.representation.use_cases.elections import Elu, constater_carence, enregistrer_resultat
from mse.representation.use_cases.mandats import terminer_mandat
from mse.representation.use_cases.promotions import creer_promotion

APT, GRASSE = "84003", "06069"
MOT_DE_LA_TITULAIRE = f"""J’ai trouvé un contrat, je pars avant la fin. Ce qui marche : donner la date et \
l’heure à chaque fois, et demander deux ou trois témoignages avant d’écrire.

Pour le service des transports, {MOT_DE_PASSATION}. Bon courage à toi, et merci au groupe."""
MATIN = 10 * 60


def jouer_elections(scene: Scene, agenda: Agenda) -> None:
    """Schedule one promotion for each situation, at the organismes of Nadège (OF31) and Gaëlle (OF17)."""
    for nom, organisme, commune, titre, debuts in (
        ("attendue", "OF31", APT, "Menuisier agenceur", 38),
        ("recente", "OF31", APT, "Peintre décorateur", 7),
        ("carence", "OF31", APT, "Français et projet professionnel", 49),
        ("seule", "OF31", APT, "Maçon du bâti ancien, groupe B", 60),
        ("invitee", "OF31", APT, "Couvreur zingueur", 28),
        ("libre", "OF17", GRASSE, "Conducteur de ligne en parfumerie", 70),
        ("jamais", "OF17", GRASSE, "Opérateur de conditionnement", 31),
    ):
        debut = weekday_before(scene.aujourd_hui, debuts * 5 // 7)
        agenda.noter(debut, MATIN, _ouvrir, scene, nom, organisme, commune, titre, debut)
    annonce = weekday_before(scene.aujourd_hui, 3)
    rentree = scene.aujourd_hui + timedelta(days=24)
    agenda.noter(
        annonce, MATIN, _ouvrir, scene, "annoncee", "OF31", APT, "Taille de pierre, perfectionnement", rentree
    )
    _raconter(scene, agenda)


def _raconter(scene: Scene, agenda: Agenda) -> None:
    il_y_a = {n: weekday_before(scene.aujourd_hui, n) for n in (8, 10, 15, 20, 30, 40)}
    agenda.noter(il_y_a[15], MATIN, _constater_carence, scene)
    for nom in ("seule", "libre"):
        agenda.noter(il_y_a[30], MATIN, elire, scene, nom)
    agenda.noter(il_y_a[10], MATIN, _voir_partir, scene, "seule", RoleMandat.TITULAIRE)
    agenda.noter(il_y_a[20], MATIN, _voir_partir, scene, "libre", RoleMandat.SUPPLEANT)
    agenda.noter(il_y_a[8], MATIN, _voir_partir, scene, "libre", RoleMandat.TITULAIRE)
    agenda.noter(il_y_a[10], MATIN + 60, _inviter, scene)
    agenda.noter(il_y_a[8], MATIN + 60, _passer, scene)


def _ouvrir(scene: Scene, nom: str, organisme: str, commune: str, titre: str, debut: date) -> None:
    scene.promotions[nom] = creer_promotion(
        scene.acteurs[organisme],
        titre=titre,
        commune_code=commune,
        debut=debut,
        fin=scene.aujourd_hui + timedelta(days=90),
        effectif=11,
        par=scene.agents.get(organisme),
    )


def _constater_carence(scene: Scene) -> None:
    constater_carence(
        scene.promotions["carence"],
        cle=f"{PREFIXE_CLE}carence",
        le=today(),
        remarque="Le groupe a été réuni deux fois. Personne ne s’est présenté : la formation change souvent "
        f"de salle, chacun vient à des heures différentes, et {REMARQUE_CARENCE}.",
        inscrits=11,
        votants=0,
        par=None,
    )


def _voir_partir(scene: Scene, nom: str, role: RoleMandat) -> None:
    promotion: Promotion = scene.promotions[nom]
    mandat = next(mandat for mandat in promotion.mandats if mandat.role == role)
    terminer_mandat(mandat, fin=today(), par=None)


def _passer(scene: Scene) -> None:
    """A titulaire leaves a word to the suppléant, then the course. The suppléant makes an attestation."""
    promotion: Promotion = scene.promotions[PASSEE]
    titulaire = next(mandat for mandat in promotion.mandats if mandat.role == RoleMandat.TITULAIRE)
    laisser_un_mot(promotion, MOT_DE_LA_TITULAIRE, par=titulaire.compte)
    terminer_mandat(titulaire, fin=today(), par=None)
    suppleant = next(mandat for mandat in promotion.mandats if mandat.role == RoleMandat.SUPPLEANT)
    chiffres, code = read_chiffres(suppleant), new_code()
    page = write_page(suppleant, suppleant.compte, chiffres, code)
    etablir_attestation(suppleant, chiffres, code=code, page=page, par=suppleant.compte)


def _inviter(scene: Scene) -> None:
    """Elect two people: one has not accepted the invitation yet, the other has no address."""
    (prenom, nom), (autre_prenom, autre_nom) = scene.noms.pop(), scene.noms.pop()
    enregistrer_resultat(
        scene.promotions["invitee"],
        cle=f"{PREFIXE_CLE}invitee",
        le=today(),
        tour=2,
        titulaire=Elu(prenom=prenom, nom=nom, courriel="invitee@demo.example"),
        suppleant=Elu(prenom=autre_prenom, nom=autre_nom),
        inscrits=11,
        votants=10,
        par=None,
    )
