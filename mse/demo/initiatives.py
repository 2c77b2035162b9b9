"""Initiatives: proposed, with regular news, some of them completed or abandoned."""

from datetime import date, timedelta
from uuid import uuid4

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.files import Envoi
from mse.core.text import fold
from mse.demo.agenda import Agenda, weekday_after
from mse.demo.fiches import MATIN, SOIR
from mse.demo.lecture import InitiativeRacontee, Recit
from mse.demo.pieces import FICTIF, draw_pdf
from mse.demo.scene import Scene
from mse.initiatives.use_cases import (
    ajouter_documents,
    ajouter_porteur,
    avancer_initiative,
    demander_portage,
    donner_nouvelle,
    lier_fiche,
    participer,
    proposer_initiative,
)
from mse.initiatives.workflow import Action, Statut

BESOINS = "Deux ou trois personnes de plus, une heure par semaine."
DEMANDE_PAR = "of31-c1"  # the promotion of delegue@demo.example
RYTHME = 70  # days between two news
ARRET = {
    Statut.REALISEE: (
        Action.REALISER,
        "C’est fait, et cela sert : merci à celles et ceux qui ont aidé.",
    ),
    Statut.ABANDONNEE: (Action.ABANDONNER, "Nous arrêtons : personne n’a plus le temps de s’en occuper."),
}


def construire(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    rng, fin = scene.rng, scene.aujourd_hui - timedelta(days=2)
    for racontee in recit.initiatives:

        def noter(jour: date, geste: object, *args: object, une: InitiativeRacontee = racontee) -> None:
            agenda.noter(min(jour, fin), rng.randrange(MATIN, SOIR), geste, scene, une, *args)  # type: ignore[arg-type]

        noter(racontee.le, _proposer)
        jour = racontee.le + timedelta(days=rng.randint(12, 30))
        if racontee.statut != Statut.EN_ETUDE:
            noter(jour, _avancer, Action.LANCER, "")
        for numero in range(rng.randint(1, 6)):
            noter(racontee.le + timedelta(days=rng.randint(3, 40)), _participer, numero)
        noter(jour, _lier)
        terme = jour + timedelta(days=2 * RYTHME) if racontee.statut in ARRET else fin
        while (jour := weekday_after(jour, rng.randint(RYTHME // 2, RYTHME))) < min(terme, fin):
            noter(jour, _donner_nouvelle)
        if racontee.statut in ARRET:
            action, mot = ARRET[racontee.statut]
            noter(terme, _avancer, action, racontee.resultat or mot)
        if racontee.statut == Statut.REALISEE:
            noter(terme + timedelta(days=1), _produire)
    derniere = [une for une in recit.initiatives if une.statut == Statut.EN_COURS][-1]
    agenda.noter(fin, SOIR, _demander, scene, derniere)


def _par(scene: Scene, racontee: InitiativeRacontee) -> Compte:
    """Return the current agent of the initiative's first organisme; the animatrice if there is none."""
    agent = scene.agents.get(racontee.organismes[0])
    poste = [a for a in agent.appartenances if a.debut <= now().date()] if agent else []  # type: ignore[attr-defined]
    return agent if agent and poste else scene.animatrice


def _proposer(scene: Scene, racontee: InitiativeRacontee) -> None:
    premier, *autres = (scene.acteurs[nom] for nom in racontee.organismes)
    par = _par(scene, racontee)
    scene.initiatives[racontee.id] = initiative = proposer_initiative(
        cle=str(uuid4()),
        titre=racontee.titre,
        description=racontee.description,
        besoins=BESOINS if racontee.statut in (Statut.EN_ETUDE, Statut.EN_COURS) else "",
        theme_code=racontee.theme,
        porteur=premier,
        par=par,
    )
    for autre in autres:
        ajouter_porteur(initiative, autre, par=scene.animatrice)


def _avancer(scene: Scene, racontee: InitiativeRacontee, action: Action, mot: str) -> None:
    avancer_initiative(scene.initiatives[racontee.id], action, mot, par=_par(scene, racontee))


def _donner_nouvelle(scene: Scene, racontee: InitiativeRacontee) -> None:
    texte = racontee.avancement or "Le groupe s’est réuni et continue."
    donner_nouvelle(scene.initiatives[racontee.id], texte, par=_par(scene, racontee))


def _produire(scene: Scene, racontee: InitiativeRacontee) -> None:
    """Add a document to the initiative."""
    titre = fold(racontee.titre)
    envoi = Envoi(f"{racontee.titre}.pdf", draw_pdf(f"{titre} ({FICTIF})"))
    refus = ajouter_documents(scene.initiatives[racontee.id], [envoi], par=_par(scene, racontee))
    assert refus == [], refus


def _demander(scene: Scene, racontee: InitiativeRacontee) -> None:
    """Add a request of a promotion to become porteur, which stays undecided."""
    initiative, promotion = scene.initiatives[racontee.id], scene.promotions[DEMANDE_PAR]
    demander_portage(initiative, promotion, par=scene.delegues[DEMANDE_PAR])


def _participer(scene: Scene, racontee: InitiativeRacontee, numero: int) -> None:
    delegues = list(scene.delegues.values())
    if delegues:
        quelqu_un = delegues[(numero * 7 + len(racontee.titre)) % len(delegues)]
        participer(scene.initiatives[racontee.id], par=quelqu_un)


def _lier(scene: Scene, racontee: InitiativeRacontee) -> None:
    """Link the initiative to the last public fiche of the same thème."""
    memes = [f for f in scene.fiches.values() if f.theme_code == racontee.theme and f.est_publique]
    if memes:
        lier_fiche(scene.initiatives[racontee.id], memes[-1], par=scene.animatrice)
