"""Drafts: two unfinished ones, one returned by a moderator."""

from mse.demo.agenda import Agenda, weekday_before
from mse.demo.canaris import BROUILLON_AILLEURS, BROUILLON_RENDU, BROUILLON_SAMIRA, MOTIF_RENDU
from mse.demo.fiches import PREFIXE_CLE
from mse.demo.pieces import joindre
from mse.demo.scene import Scene
from mse.depot.use_cases.deposer import commencer_fiche, deposer_fiche, ecrire_brouillon
from mse.moderation.use_cases import rendre_fiche

MIDI = 12 * 60


def commencer_brouillons(scene: Scene, agenda: Agenda) -> None:
    veille, avant, plus_tot = (weekday_before(scene.aujourd_hui, n) for n in (1, 4, 5))
    agenda.noter(veille, MIDI, _brouillon_de_samira, scene)
    agenda.noter(avant, MIDI, _brouillon_d_enzo, scene)
    agenda.noter(plus_tot, MIDI, _deposer_trop_vite, scene)
    agenda.noter(avant, MIDI, _rendre, scene)


def _brouillon_de_samira(scene: Scene) -> None:
    """Write a draft that has only a title and a problem."""
    _commencer(
        scene,
        "B01",
        promotion="of31-c1",
        theme="stage_entreprise",
        titre="Cinq personnes sans lieu de stage",
        probleme="Le stage commence dans trois semaines et cinq d’entre nous n’ont pas de lieu. "
        f"Déjà {BROUILLON_SAMIRA}.",
    )


def _brouillon_d_enzo(scene: Scene) -> None:
    _commencer(
        scene,
        "B02",
        promotion="of14-c1",
        theme="numerique",
        titre="Ordinateurs en panne",
        probleme=f"Trois ordinateurs sur dix ne démarrent plus et {BROUILLON_AILLEURS}.",
        causes="Ils ont huit ans.",
    )


def _deposer_trop_vite(scene: Scene) -> None:
    """File a fiche that is held back because it contains a person's telephone number."""
    _commencer(
        scene,
        "B03",
        promotion="of28-c1",
        theme="restauration",
        titre="Plus de place au restaurant du lycée",
        probleme=f"Le restaurant refuse les stagiaires depuis lundi : {BROUILLON_RENDU}.",
        causes="La responsable ne répond pas : 06 39 98 12 34, essayez vous-même.",
        consequences="Huit personnes mangent un sandwich dehors.",
        solution="Un accord écrit entre le centre et le lycée.",
    )
    deposer_fiche(scene.fiches["B03"], par=scene.delegues["of28-c1"], insiste=True)


def _rendre(scene: Scene) -> None:
    motif = (
        "Le numéro de téléphone d’une personne ne doit pas devenir public. Enlevez-le, puis déposez la fiche "
        f"de nouveau : {MOTIF_RENDU}."
    )
    rendre_fiche(scene.fiches["B03"], motif, par=scene.animatrice)


def _commencer(
    scene: Scene,
    nom: str,
    *,
    promotion: str,
    theme: str,
    titre: str,
    probleme: str,
    causes: str = "",
    consequences: str = "",
    solution: str = "",
) -> None:
    par = scene.delegues[promotion]
    fiche = scene.fiches[nom] = commencer_fiche(
        cle=f"{PREFIXE_CLE}{nom}",
        promotion_id=scene.promotions[promotion].id,
        theme_code=theme,
        par=par,
    )
    ecrire_brouillon(
        fiche,
        par=par,
        titre=titre,
        probleme=probleme,
        causes=causes,
        consequences=consequences,
        solution=solution,
    )
    joindre(nom, fiche, par=par)
