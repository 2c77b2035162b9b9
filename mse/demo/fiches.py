"""The fiches of the files: each line of their history runs its use case on its day."""

from collections.abc import Callable
from functools import partial
from itertools import groupby

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.use_cases import record, use_case
from mse.demo.agenda import Agenda, weekday_after
from mse.demo.canaris import MOTIFS_RETRAIT
from mse.demo.lecture import FicheRacontee, Pas, Recit
from mse.demo.pieces import MASQUEE, joindre, joindre_a_la_reponse, masquer
from mse.demo.scene import Scene
from mse.depot.use_cases.deposer import commencer_fiche, deposer_fiche, ecrire_brouillon
from mse.fiches.events import FicheDeposee, FicheRetenue
from mse.fiches.models import Fiche
from mse.fiches.use_cases.traiter import (
    abandonner_saisine,
    prendre_en_charge,
    regler_saisine,
    repondre_saisine,
)
from mse.fiches.workflow import Moderation, Statut
from mse.moderation.use_cases import retirer_fiche
from mse.redaction.workflow import Geste

MATIN, SOIR = 8 * 60, 19 * 60  # filing and working hours, in minutes
ASSOCIATION = "association"
PREFIXE_CLE = "demonstration-"  # of `Fiche.cle`; the id in the file follows

CLOTURES = {Statut.REGLEE: regler_saisine, Statut.ABANDONNEE: abandonner_saisine}
GESTES = {Statut.REGLEE: Geste.REGLER, Statut.ABANDONNEE: Geste.ABANDONNER}


def raconter(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    for racontee in recit.fiches:
        for jour, lignes in groupby(racontee.historique, key=lambda pas: pas.jour):
            gestes = [geste for pas in lignes for geste in _gestes(racontee, pas, recit, scene)]
            minutes = sorted(scene.rng.sample(range(MATIN, SOIR), len(gestes)))
            for minute, geste in zip(minutes, gestes, strict=True):
                agenda.noter(jour, minute, geste)
    derniere = last_answers(recit)[MASQUEE].derniere
    agenda.noter(
        weekday_after(derniere, 1), MATIN, lambda: masquer(scene.saisine(MASQUEE), par=scene.animatrice)
    )


def _gestes(racontee: FicheRacontee, pas: Pas, recit: Recit, scene: Scene) -> list[Callable[[], None]]:
    """Return the actions of one history line: its author's, then those of the other acteurs on the same
    day."""
    if pas.etape == "depot":
        return [partial(_deposer, scene, racontee)]
    if pas.etape == "mise_en_attente_moderation":
        return []  # the fiche is held back when it is filed
    if racontee.est_a_retenir:
        return [partial(_retirer, scene, racontee)]
    if pas.auteur == ASSOCIATION:
        return [partial(_fermer, scene, racontee, recit.abandons[racontee.id])]
    return [partial(_agir, scene, racontee, pas, acteur) for acteur in _owners(racontee, pas)]


def _owners(racontee: FicheRacontee, pas: Pas) -> list[str]:
    """Return the acteurs that act: on a fiche en cours only the author of the line, else all its owners."""
    autres = () if racontee.statut == Statut.EN_COURS else racontee.destinataires
    return list(dict.fromkeys((pas.auteur, *autres)))


def _deposer(scene: Scene, racontee: FicheRacontee) -> None:
    par = scene.delegues[racontee.promotion]
    fiche = scene.fiches[racontee.id] = _ecrire(scene, racontee, par=par)
    joindre(racontee.id, fiche, par=par)
    if racontee.est_a_retenir:
        _deposer_pour_relecture(fiche, par=par)
    else:
        deposer_fiche(fiche, par=par)


def _ecrire(scene: Scene, racontee: FicheRacontee, *, par: Compte) -> Fiche:
    """Write a complete draft of the fiche."""
    fiche = commencer_fiche(
        cle=f"{PREFIXE_CLE}{racontee.id}",
        promotion_id=scene.promotions[racontee.promotion].id,
        theme_code=racontee.theme,
        par=par,
    )
    ecrire_brouillon(
        fiche,
        par=par,
        titre=racontee.titre,
        effectif_concerne=racontee.effectif,
        destinataires=[scene.acteurs[acteur].id for acteur in racontee.destinataires],
        probleme=racontee.probleme,
        causes=racontee.causes,
        consequences=racontee.consequences,
        solution=racontee.solution,
    )
    return fiche


@use_case
def _deposer_pour_relecture(fiche: Fiche, *, par: Compte) -> None:
    """File and hold back, as `deposer_fiche` does, texts that no automatic check finds: names, insults."""
    fiche.deposee_le = fiche.modifiee_le = now()
    fiche.moderer(Moderation.RETENIR)
    record(FicheDeposee(fiche_id=fiche.id, par_id=par.id))
    record(FicheRetenue(fiche_id=fiche.id, par_id=par.id))


def _retirer(scene: Scene, racontee: FicheRacontee) -> None:
    motif = (
        "Cette fiche met en cause une personne que chacun peut reconnaître : nous ne pouvons pas la publier, "
        f"même réécrite. Appelez-nous, {MOTIFS_RETRAIT[racontee.id]}."
    )
    retirer_fiche(scene.fiches[racontee.id], motif, par=scene.animatrice)


def _fermer(scene: Scene, racontee: FicheRacontee, motif: str) -> None:
    for saisine in list(scene.fiches[racontee.id].saisines):
        abandonner_saisine(saisine, motif, par=scene.animatrice)


def _agir(scene: Scene, racontee: FicheRacontee, pas: Pas, acteur: str) -> None:
    nom = f"{racontee.id} {acteur}"
    saisine, par = scene.saisine(nom), scene.agent(nom)
    if pas.etape == "prise_en_charge":
        prendre_en_charge(saisine, par=par)
        return
    clot = pas.etape != "reponse_detaillee"
    geste = GESTES[racontee.statut] if clot else Geste.REPONDRE
    if clot or racontee.statut == Statut.REPONSE:  # the last answer, which has the files
        joindre_a_la_reponse(nom, saisine, geste, racontee.reponses[acteur], par=par)
    repondre = CLOTURES[racontee.statut] if clot else repondre_saisine
    repondre(saisine, racontee.reponses[acteur], par=par)


def last_answers(recit: Recit) -> dict[str, FicheRacontee]:
    """Return the saisines («F001 S07») whose last answer still applies and may get a verdict."""
    return {
        f"{racontee.id} {acteur}": racontee
        for racontee in recit.fiches
        if racontee.statut in (Statut.REPONSE, Statut.REGLEE)
        for acteur in racontee.destinataires
    }
