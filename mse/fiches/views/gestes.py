"""Buttons of the page of a fiche: actions that both the policies and the state allow to the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel.speaklater import LazyString

from mse.comptes.models import Compte
from mse.core.text import lazy
from mse.fiches import policies
from mse.fiches.models import Fiche, Saisine
from mse.fiches.workflow import DEMANDES, Action, Decision, Statut


@dataclass(frozen=True)
class Geste:
    """A button of the page. `premier`: always visible; the others are in a folded list. `immediat`: it acts
    at once; the others open a form."""

    endpoint: str
    mot: LazyString
    premier: bool = False
    immediat: bool = False


GESTES = {
    "preciser": Geste("depot.preciser", lazy("Ajouter une précision")),
    "joindre": Geste("depot.ajouter", lazy("Ajouter des photos ou des documents")),
    "signaler": Geste("depot.signaler_plus_actuelle", lazy("Ce n’est plus d’actualité")),
    "elargir": Geste("responsables.elargir", lazy("Ajouter un responsable")),
    "reunir": Geste("doublons.reunir", lazy("Réunir avec une autre fiche")),
    "separer": Geste("doublons.separer", lazy("Séparer de l’autre fiche")),
    "masquer": Geste("masquage.fiche", lazy("Masquer un passage")),
    "retirer": Geste("moderation.moderer", lazy("Retirer cette fiche")),
    "trancher": Geste("avis.decider", lazy("Décider de la réouverture"), premier=True),
    "decider": Geste("avis.decider", lazy("Répondre à la demande de réouverture"), premier=True),
    "repondre": Geste("fiches.repondre", lazy("Répondre"), premier=True),
    "prendre": Geste("fiches.prendre_en_charge", lazy("Prendre en charge"), premier=True, immediat=True),
    "regler": Geste("fiches.regler", lazy("Déclarer réglée")),
    "ajouter": Geste("fiches.ajouter_etape", lazy("Ajouter une étape")),
    "prolonger": Geste("relances.prolonger", lazy("Demander plus de temps")),
    "abandonner": Geste("fiches.abandonner", lazy("Abandonner")),
    "transferer": Geste("responsables.transferer", lazy("Transférer")),
    "ecrire": Geste("echanges.fil", lazy("Écrire aux délégué·es")),
    "noter": Geste("echanges.notes", lazy("Notes internes")),
    "promouvoir": Geste("reperes.promouvoir", lazy("En faire un repère")),
    "rouvrir": Geste("fiches.rouvrir", lazy("Rouvrir")),
    "annuler": Geste("responsables.annuler_transfert", lazy("Annuler le transfert")),
    "confier": Geste("responsables.transferer", lazy("Confier à quelqu’un d’autre")),
    "relancer": Geste("relances.relancer", lazy("Relancer")),
    "clore": Geste("fiches.abandonner", lazy("Clore avec une explication")),
}


@dataclass(frozen=True, kw_only=True)
class GestesSaisine:
    """Buttons of the reader on a saisine. `premiers`: the visible ones. `autres`: the folded ones. `muet`: an
    animateur acts because the owner has no account."""

    premiers: Sequence[Geste]
    autres: Sequence[Geste]
    muet: bool
    peut_donner_avis: bool
    peut_contester: bool
    peut_demander_reouverture: bool
    peut_dire_durabilite: bool
    peut_echanger: bool


def list_gestes(compte: Compte | None, fiche: Fiche, *, signalable: bool) -> list[Geste]:
    """Return the buttons of the actions on a public fiche as a whole."""
    if compte is None or not fiche.est_publique:
        return []
    precise = policies.peut_preciser(compte, fiche)
    return _permis(
        {
            "preciser": precise,
            "joindre": precise,
            "signaler": precise and signalable,
            "elargir": fiche.est_orientee and policies.peut_elargir(compte, fiche),
            "reunir": policies.peut_orienter(compte, fiche) and not fiche.est_reunie,
            "separer": policies.peut_orienter(compte, fiche) and fiche.est_reunie,
            "masquer": policies.peut_moderer(compte, fiche),
            "retirer": policies.peut_moderer(compte, fiche),
        }
    )


def read_gestes_saisines(compte: Compte | None, fiche: Fiche, *, le: date) -> dict[int, GestesSaisine]:
    """Return the allowed actions by id of the saisines of a public fiche, for a signed-in reader."""
    if compte is None or not fiche.est_publique:
        return {}
    return {saisine.id: _sur_la_saisine(compte, saisine, le) for saisine in fiche.saisines}


def _sur_la_saisine(compte: Compte, saisine: Saisine, le: date) -> GestesSaisine:
    possibles, demande = saisine.actions_possibles(), saisine.demande_courante()
    a_decider = demande is not None and demande.est_ouverte
    traite = policies.peut_traiter(compte, saisine)
    anime = not traite and not saisine.est_close and policies.est_animateur(compte)
    repondue = saisine.statut in (Statut.REPONSE, Statut.REGLEE)
    remplace = anime and policies.peut_abandonner(compte, saisine)
    gestes = _permis(
        {
            "trancher": policies.peut_trancher(compte, saisine) and saisine.attend_animateur(le),
            "decider": traite and a_decider and not saisine.attend_animateur(le),
            "repondre": traite and Action.REPONDRE in possibles,
            "prendre": traite and saisine.attend_prise_en_charge(),
            "regler": traite and Action.REGLER in possibles and not a_decider,
            "ajouter": traite and not saisine.est_close,
            "prolonger": traite and saisine.peut_etre_prolongee(le),
            "abandonner": traite and Action.ABANDONNER in possibles and not a_decider,
            "transferer": traite and Action.TRANSFERER in possibles,
            "ecrire": traite,
            "noter": traite,
            "rouvrir": traite and Action.ROUVRIR in possibles,
            "annuler": not traite and _peut_annuler(compte, saisine),
            "confier": anime and Action.TRANSFERER in possibles,
            "relancer": anime and saisine.est_en_cours,
            "clore": remplace and Action.ABANDONNER in possibles and not a_decider,
            "promouvoir": repondue and policies.peut_promouvoir(compte, saisine),
        }
    )
    premiers = [geste for geste in gestes if geste.premier] or (gestes[:1] if traite or remplace else [])
    suit = policies.peut_donner_avis(compte, saisine) and not saisine.est_en_cours
    conteste = suit and demande is not None and (demande.etat, Decision.CONTESTER) in DEMANDES
    return GestesSaisine(
        premiers=premiers,
        autres=[geste for geste in gestes if geste not in premiers],
        muet=remplace,
        peut_donner_avis=suit and repondue,
        peut_contester=conteste,
        peut_demander_reouverture=suit and not conteste and not a_decider and not saisine.est_tranchee,
        peut_dire_durabilite=suit and saisine.attend_durabilite,
        peut_echanger=not traite and policies.est_ou_fut_delegue(compte, saisine.fiche),
    )


def _peut_annuler(compte: Compte, saisine: Saisine) -> bool:
    """True if the reader may take the last transfer back. A saisine that was never transferred needs no
    query."""
    if saisine.transferee_le is None or not saisine.attend_prise_en_charge():
        return False
    return policies.peut_annuler_transfert(compte, saisine) and saisine.transfert_a_annuler() is not None


def _permis(gestes: Mapping[str, bool]) -> list[Geste]:
    return [GESTES[verbe] for verbe, permis in gestes.items() if permis]
