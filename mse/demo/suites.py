"""What followed: verdicts, requests to reopen, saisines taken up, drafts; so that everybody has work waiting."""

from datetime import date, timedelta

from mse.demo.agenda import Agenda, weekday_after, weekday_before
from mse.demo.canaris import BROUILLON_AILLEURS, BROUILLON_RENDU, BROUILLON_SAMIRA, MOTIF_RENDU
from mse.demo.fiches import MATIN, PREFIXE_CLE, SOIR, last_answers
from mse.demo.lecture import Recit
from mse.demo.paroles import (
    AVIS,
    CONTESTATION,
    DEMANDE_REFUSEE,
    DEMANDES,
    ETAPES,
    PRISES_EN_CHARGE,
    REFUS,
)
from mse.demo.scene import Scene
from mse.fiches.use_cases.deposer import commencer_fiche, deposer_fiche, ecrire_brouillon
from mse.fiches.use_cases.moderer import rendre_fiche
from mse.fiches.use_cases.suivre import contester_refus, demander_reouverture, donner_avis, refuser_reouverture
from mse.fiches.use_cases.traiter import ajouter_etape, prendre_en_charge
from mse.fiches.workflow import Statut, Valeur

SANS_AVIS = {"F088"}  # the answers that wait for Samira
REFUSEE = ("F060", "S02")  # its refusal is contested: an animateur decides


def suivre(recit: Recit, scene: Scene, agenda: Agenda, *, aujourd_hui: date) -> None:
    _prendre_en_charge(recit, scene, agenda)
    _donner_avis(recit, scene, agenda)
    _demander_reouvertures(recit, scene, agenda, aujourd_hui=aujourd_hui)
    _commencer_brouillons(scene, agenda, aujourd_hui=aujourd_hui)


def _prendre_en_charge(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """Of the fiches still in course, some have been taken up, and their owner tells how far it is."""
    depots = {racontee.id: racontee.depot for racontee in recit.fiches}
    for (fiche, acteur), jours in PRISES_EN_CHARGE.items():
        jour = weekday_after(depots[fiche], jours)
        agenda.noter(jour, _minute(scene), _prendre, scene, fiche, acteur)
        if texte := ETAPES.get((fiche, acteur)):
            agenda.noter(weekday_after(jour, 1), _minute(scene), _ajouter_etape, scene, fiche, acteur, texte)


def _donner_avis(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """On half of the answers that stand, a few days later."""
    reponses = [reponse for reponse in last_answers(recit) if reponse[0].id not in SANS_AVIS]
    exiges = {*DEMANDES, REFUSEE}  # who asks to reopen has said why
    libres = [reponse for reponse in reponses if (reponse[0].id, reponse[1]) not in exiges]
    moitie = scene.rng.sample(libres, len(last_answers(recit)) // 2 - len(exiges))
    for racontee, acteur, jour in moitie:
        valeur = _verdict(scene, racontee.statut)
        commentaire = scene.rng.choice(AVIS[valeur])
        agenda.noter(jour + timedelta(days=scene.rng.randint(1, 6)), _minute(scene), _avis, scene, racontee.promotion,
                     racontee.id, acteur, valeur, commentaire)  # fmt: skip
    for racontee, acteur, jour in reponses:
        if (racontee.id, acteur) in exiges:
            agenda.noter(jour + timedelta(days=4), _minute(scene), _avis, scene, racontee.promotion,
                         racontee.id, acteur, Valeur.EN_PARTIE, AVIS[Valeur.EN_PARTIE][1])  # fmt: skip


def _verdict(scene: Scene, statut: Statut) -> Valeur:
    poids = (8, 2, 1) if statut == Statut.REGLEE else (4, 4, 2)
    return scene.rng.choices((Valeur.OUI, Valeur.EN_PARTIE, Valeur.NON), poids)[0]


def _demander_reouvertures(recit: Recit, scene: Scene, agenda: Agenda, *, aujourd_hui: date) -> None:
    """Two wait for their owner; one was refused, and the refusal is contested."""
    promotions = {racontee.id: racontee.promotion for racontee in recit.fiches}

    def noter(jour: date, geste: object, fiche: str, acteur: str, texte: str) -> None:
        agenda.noter(jour, _minute(scene), geste, scene, promotions[fiche], fiche, acteur, texte)  # type: ignore[arg-type]

    for (fiche, acteur), motif in DEMANDES.items():
        noter(weekday_before(aujourd_hui, 2), _demander, fiche, acteur, motif)
    demande, refus, contestation = (weekday_before(aujourd_hui, n) for n in (9, 6, 3))
    noter(demande, _demander, *REFUSEE, DEMANDE_REFUSEE)
    noter(refus, _refuser, *REFUSEE, REFUS)
    noter(contestation, _contester, *REFUSEE, CONTESTATION)


def _commencer_brouillons(scene: Scene, agenda: Agenda, *, aujourd_hui: date) -> None:
    agenda.noter(weekday_before(aujourd_hui, 1), _minute(scene), _brouillon_de_samira, scene)
    agenda.noter(weekday_before(aujourd_hui, 4), _minute(scene), _brouillon_d_enzo, scene)
    agenda.noter(weekday_before(aujourd_hui, 5), _minute(scene), _deposer_trop_vite, scene)
    agenda.noter(weekday_before(aujourd_hui, 4), _minute(scene), _rendre, scene)


def _brouillon_de_samira(scene: Scene) -> None:
    """Half written: problem and title are there, the rest is not."""
    par = scene.delegues["of31-c1"][0]
    fiche = commencer_fiche(
        cle=f"{PREFIXE_CLE}B01", promotion_id=scene.promotions["of31-c1"].id, theme_code="stage_entreprise", par=par
    )
    probleme = (
        "Le stage commence dans trois semaines et cinq d’entre nous n’ont pas de lieu. Les tailleurs de pierre du "
        f"Luberon disent qu’ils ont déjà des apprentis. (Repère : {BROUILLON_SAMIRA})"
    )
    ecrire_brouillon(fiche, par=par, titre="Cinq personnes sans lieu de stage", probleme=probleme)


def _brouillon_d_enzo(scene: Scene) -> None:
    par = scene.delegues["of14-c1"][0]
    fiche = commencer_fiche(
        cle=f"{PREFIXE_CLE}B02", promotion_id=scene.promotions["of14-c1"].id, theme_code="numerique", par=par
    )
    probleme = f"Trois ordinateurs sur dix ne démarrent plus. (Repère : {BROUILLON_AILLEURS})"
    ecrire_brouillon(fiche, par=par, titre="Ordinateurs en panne", probleme=probleme, causes="Ils ont huit ans.")


def _deposer_trop_vite(scene: Scene) -> None:
    """Filed with somebody’s telephone number: held back."""
    par = scene.delegues["of28-c1"][0]
    fiche = scene.fiches["B03"] = commencer_fiche(
        cle=f"{PREFIXE_CLE}B03", promotion_id=scene.promotions["of28-c1"].id, theme_code="restauration", par=par
    )
    ecrire_brouillon(
        fiche,
        par=par,
        titre="Plus de place au restaurant du lycée",
        probleme=f"Le restaurant refuse les stagiaires depuis lundi. (Repère : {BROUILLON_RENDU})",
        causes="La responsable ne répond pas : 06 39 98 12 34, essayez vous-même.",
        consequences="Douze personnes mangent un sandwich dehors.",
        solution="Un accord écrit entre le centre et le lycée.",
    )
    deposer_fiche(fiche, par=par, insiste=True)


def _rendre(scene: Scene) -> None:
    motif = (
        "Le numéro de téléphone d’une personne ne doit pas devenir public. Enlevez-le, puis déposez la fiche de "
        f"nouveau : le reste est très clair. (Repère : {MOTIF_RENDU})"
    )
    rendre_fiche(scene.fiches["B03"], motif, par=scene.animatrice)


def _prendre(scene: Scene, fiche: str, acteur: str) -> None:
    prendre_en_charge(scene.saisine(fiche, acteur), par=scene.agents[acteur])


def _ajouter_etape(scene: Scene, fiche: str, acteur: str, texte: str) -> None:
    ajouter_etape(scene.saisine(fiche, acteur), texte, par=scene.agents[acteur])


def _avis(scene: Scene, promotion: str, fiche: str, acteur: str, valeur: Valeur, commentaire: str) -> None:
    donner_avis(scene.saisine(fiche, acteur), valeur, commentaire, par=scene.delegues[promotion][0])


def _demander(scene: Scene, promotion: str, fiche: str, acteur: str, motif: str) -> None:
    demander_reouverture(scene.saisine(fiche, acteur), motif, par=scene.delegues[promotion][0])


def _refuser(scene: Scene, _promotion: str, fiche: str, acteur: str, texte: str) -> None:
    refuser_reouverture(scene.saisine(fiche, acteur), texte, par=scene.agents[acteur])


def _contester(scene: Scene, promotion: str, fiche: str, acteur: str, motif: str) -> None:
    contester_refus(scene.saisine(fiche, acteur), motif, par=scene.delegues[promotion][0])


def _minute(scene: Scene) -> int:
    return scene.rng.randrange(MATIN, SOIR)
