"""The buttons of the page of a fiche: what the policies permit to the reader and the state allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mse.comptes.models import Compte
from mse.core.text import _
from mse.fiches import policies
from mse.fiches.models import Fiche, Saisine
from mse.fiches.workflow import DEMANDES, Action, Decision, Statut


@dataclass(frozen=True)
class Geste:
    """A button. `est_immediat`: it sends a request that acts at once; the others lead to a form."""

    endpoint: str
    mot: str
    est_principal: bool = False
    est_immediat: bool = False


@dataclass(frozen=True, kw_only=True)
class GestesSaisine:
    """What the reader may do with a saisine. `premiers` and `autres`: the buttons of its owner or of an
    animateur, shown and folded. `muet`: an animateur acts because the owner has no account."""

    premiers: Sequence[Geste]
    autres: Sequence[Geste]
    muet: bool
    peut_donner_avis: bool
    peut_contester: bool
    peut_demander_reouverture: bool


def list_gestes(compte: Compte | None, fiche: Fiche, *, signalable: bool) -> list[Geste]:
    """The buttons below a public fiche."""
    if compte is None or not fiche.est_publique:
        return []
    precise = policies.peut_preciser(compte, fiche)
    return _permis(
        (precise, Geste("fiches.preciser", _("Ajouter une précision"))),
        (precise and signalable, Geste("fiches.signaler_plus_actuelle", _("Ce n’est plus d’actualité"))),
        (
            fiche.est_orientee and policies.peut_elargir(compte, fiche),
            Geste("fiches.elargir", _("Ajouter un responsable")),
        ),
        (policies.peut_moderer(compte, fiche), Geste("fiches.moderation", _("Retirer cette fiche"))),
    )


def read_gestes_saisines(compte: Compte | None, fiche: Fiche, *, le: date) -> dict[int, GestesSaisine]:
    """By id of the saisines of a public fiche, for a signed-in reader."""
    if compte is None or not fiche.est_publique:
        return {}
    return {saisine.id: _read_gestes_saisine(compte, saisine, le) for saisine in fiche.saisines}


def _read_gestes_saisine(compte: Compte, saisine: Saisine, le: date) -> GestesSaisine:
    demande = saisine.demande_courante()
    a_decider = demande is not None and demande.est_ouverte
    traiter: list[Geste] = []
    muet = False
    if policies.peut_traiter(compte, saisine):
        traiter = _gestes_du_responsable(saisine, a_decider, le)
    elif not saisine.est_close and policies.est_animateur(compte):
        muet = policies.peut_abandonner(compte, saisine)
        traiter = _gestes_de_l_animation(saisine, abandonne=muet and not a_decider)
    if policies.peut_trancher(compte, saisine) and saisine.attend_animateur(le):
        traiter.insert(0, Geste("fiches.decider", _("Décider de la réouverture"), est_principal=True))
    premiers = [geste for geste in traiter if geste.est_principal or geste.est_immediat] or traiter[:1]
    suit = policies.peut_donner_avis(compte, saisine) and not saisine.est_en_cours
    conteste = suit and demande is not None and (demande.etat, Decision.CONTESTER) in DEMANDES
    return GestesSaisine(
        premiers=premiers,
        autres=[geste for geste in traiter if geste not in premiers],
        muet=muet,
        peut_donner_avis=suit and saisine.statut in (Statut.REPONSE, Statut.REGLEE),
        peut_contester=conteste,
        peut_demander_reouverture=suit and not conteste and not a_decider and not saisine.est_tranchee,
    )


def _gestes_du_responsable(saisine: Saisine, a_decider: bool, le: date) -> list[Geste]:
    possibles = saisine.actions_possibles()
    return _permis(
        (
            a_decider and not saisine.attend_animateur(le),
            Geste("fiches.decider", _("Répondre à la demande de réouverture"), est_principal=True),
        ),
        (Action.REPONDRE in possibles, Geste("fiches.repondre", _("Répondre"), est_principal=True)),
        (
            saisine.attend_prise_en_charge(),
            Geste("fiches.prendre_en_charge", _("Prendre en charge"), est_immediat=True),
        ),
        (
            Action.REGLER in possibles and not a_decider,
            Geste("fiches.regler", _("Déclarer réglée")),
        ),
        (not saisine.est_close, Geste("fiches.ajouter_etape", _("Ajouter une étape"))),
        (
            Action.ABANDONNER in possibles and not a_decider,
            Geste("fiches.abandonner", _("Abandonner")),
        ),
        (Action.TRANSFERER in possibles, Geste("fiches.transferer", _("Transférer"))),
        (Action.ROUVRIR in possibles, Geste("fiches.rouvrir", _("Rouvrir"))),
    )


def _gestes_de_l_animation(saisine: Saisine, *, abandonne: bool) -> list[Geste]:
    possibles = saisine.actions_possibles()
    return _permis(
        (Action.TRANSFERER in possibles, Geste("fiches.transferer", _("Confier à quelqu’un d’autre"))),
        (
            Action.ABANDONNER in possibles and abandonne,
            Geste("fiches.abandonner", _("Clore avec une explication")),
        ),
    )


def _permis(*gestes: tuple[bool, Geste]) -> list[Geste]:
    return [geste for permis, geste in gestes if permis]
