"""What the reader may do on the page of a fiche: what the policies permit and the state allows."""

from datetime import date

from mse.comptes.models import Compte
from mse.fiches import policies
from mse.fiches.models import Fiche, Saisine
from mse.fiches.workflow import DEMANDES, Action, Decision, Statut


def read_gestes(
    compte: Compte | None, fiche: Fiche, *, signalable: bool, le: date
) -> dict[int | None, set[str]]:
    """The verbs by id of a saisine, and under None those about the whole fiche."""
    if compte is None or not fiche.est_publique:
        return {None: set()}
    precise = policies.peut_preciser(compte, fiche)
    gestes = {
        "preciser": precise,
        "signaler_plus_actuelle": precise and signalable,
        "elargir": fiche.est_orientee and policies.peut_elargir(compte, fiche),
        "retirer": policies.peut_moderer(compte, fiche),
    }
    return {
        None: _permis(gestes),
        **{saisine.id: _sur_la_saisine(compte, saisine, le) for saisine in fiche.saisines},
    }


def _sur_la_saisine(compte: Compte, saisine: Saisine, le: date) -> set[str]:
    """`confier` and `clore` are what an animateur does in the place of the owner; `remplacer` says that the
    owner has no account."""
    possibles, demande = saisine.actions_possibles(), saisine.demande_courante()
    a_decider = demande is not None and demande.est_ouverte
    traite = policies.peut_traiter(compte, saisine)
    anime = not traite and not saisine.est_close and policies.est_animateur(compte)
    remplace = anime and policies.peut_abandonner(compte, saisine)
    suit = policies.peut_donner_avis(compte, saisine) and not saisine.est_en_cours
    conteste = suit and demande is not None and (demande.etat, Decision.CONTESTER) in DEMANDES
    return _permis(
        {
            "decider": traite and a_decider and not saisine.attend_animateur(le),
            "repondre": traite and Action.REPONDRE in possibles,
            "prendre_en_charge": traite and saisine.attend_prise_en_charge(),
            "regler": traite and Action.REGLER in possibles and not a_decider,
            "ajouter_etape": traite and not saisine.est_close,
            "abandonner": traite and Action.ABANDONNER in possibles and not a_decider,
            "transferer": traite and Action.TRANSFERER in possibles,
            "rouvrir": traite and Action.ROUVRIR in possibles,
            "remplacer": remplace,
            "confier": anime and Action.TRANSFERER in possibles,
            "clore": remplace and Action.ABANDONNER in possibles and not a_decider,
            "trancher": policies.peut_trancher(compte, saisine) and saisine.attend_animateur(le),
            "donner_avis": suit and saisine.statut in (Statut.REPONSE, Statut.REGLEE),
            "contester": conteste,
            "demander_reouverture": suit and not conteste and not a_decider and not saisine.est_tranchee,
        }
    )


def _permis(gestes: dict[str, bool]) -> set[str]:
    return {nom for nom, permis in gestes.items() if permis}
