"""The work queue of an owner: the requested tab, the unfolded row, and the next saisine to answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.accueil.forms import ReponseForm
from mse.accueil.rangs import Groupe, Rang, find_next, group_rangs
from mse.accueil.views import bp
from mse.annuaire.queries import list_acteurs_par_id
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.registry import Tally
from mse.core.text import _
from mse.core.web import CONNECTE, droit, moi
from mse.fiches.policies import peut_traiter
from mse.fiches.queries.autres import get_aide, list_autres_reponses
from mse.fiches.queries.pages import get_saisine
from mse.fiches.queries.passages import map_pieces
from mse.fiches.queries.reperes import get_deja_regle
from mse.representation.api import TRAVAUX, Lecteur
from mse.representation.queries.promotions import count_sans_delegue
from mse.travail.api import (
    Collegue,
    Porteur,
    QueueTab,
    count_filtered,
    count_tabs,
    get_choix,
    list_tab,
    read_equipe,
    read_filtres,
)
from mse.travail.queries import get_attribution


@bp.get("/mon-espace/suivante")
@droit(CONNECTE)
def suivante() -> ResponseReturnValue:
    """Redirect to the queue, with the first saisine to answer unfolded."""
    lecteur = Lecteur.du_jour(moi())
    if not lecteur.roles.agent_de:
        return redirect(url_for("accueil.mon_espace"), 303)
    file = read_queue(lecteur, TRAVAUX.count(lecteur))
    ids = [ligne.id for ligne in _list_a_repondre(file["groupes"])]
    return redirect(_unfold(file["ici"], ids[0]) if ids else file["ici"], 303)


def read_queue(lecteur: Lecteur, tally: Tally) -> dict[str, Any]:
    """Return the requested tab of the queue, by default the first one that is not empty."""
    roles, le = lecteur.roles, lecteur.le
    filtres = read_filtres(request.args, compte_id=lecteur.compte.id)
    compte = count_filtered(roles.agent_de, filtres, le=le) if filtres else count_tabs(tally)
    try:
        tab = QueueTab(request.args["liste"]) if "liste" in request.args else None
        jour, _sep, dernier = request.args.get("apres", "").partition(".")
        after = (date.fromisoformat(jour), read_id(dernier)) if dernier else None
    except ValueError as error:
        raise DonneeInvalide(_("Cette file n’existe pas.")) from error
    if tab is None:
        tab = next((une for une in QueueTab if compte[une]), QueueTab.A_FAIRE)
    lignes, suite = list_tab(roles.agent_de, tab, le=le, after=after, filtres=filtres)
    acteurs, equipe = list_acteurs_par_id(roles.agent_de), read_equipe(lecteur)
    organismes = [acteur for acteur in acteurs if acteur.est_organisme]
    groupes = group_rangs(lignes, le=le)
    choisis = filtres.choisis()
    ici = url_for("accueil.mon_espace", liste=tab, **choisis, apres=request.args.get("apres"))
    plus_loin = url_for("accueil.suivante", liste=tab, **choisis) if suite or after else None
    apres = f"{suite[0]}.{suite[1]}" if suite else None
    return {
        "acteurs": acteurs,
        "organismes": organismes,
        "sans_delegue": count_sans_delegue([o.id for o in organismes], le=le) if organismes else {},
        "compte": compte,
        "filtres": filtres,
        "porteur": choisis.get("porteur"),
        "est_filtree": any(nom != "porteur" or valeur != Porteur.MOI for nom, valeur in choisis.items()),
        "choix": get_choix(),
        "porteurs": _list_porteurs(equipe.collegues, lecteur.compte.id, choisis.get("porteur")),
        "gardes": equipe.gardes,
        "remplacements": equipe.remplacements,
        "fin": urlencode(choisis),
        "tab": tab,
        "ici": ici,
        "groupes": groupes,
        "ouvert": _read_open(groupes, ici, plus_loin),
        "suite": url_for("accueil.mon_espace", liste=tab, **choisis, apres=apres) if apres else None,
    }


def _list_porteurs(equipe: Sequence[Collegue], moi_id: int, choisi: str | None) -> list[tuple[str, str]]:
    """Return the choices of the filter by colleague: value and words. The chosen one is among them even if
    the colleague has left."""
    collegues = {str(un.id): f"{un.prenom} {un.nom}" for un in equipe if un.id != moi_id}
    porteurs = {Porteur.MOI.value: _("Moi"), Porteur.PERSONNE.value: _("Personne"), **collegues}
    if choisi and choisi not in porteurs:
        porteurs[choisi] = _("Une personne qui a quitté l’équipe")
    return list(porteurs.items())


@bp.app_template_filter("repliee")
def fold_queue(retour: str | None) -> str:
    """Return the address of the queue that `retour` names, with its tab and its filters, without the row
    that it unfolds; empty if it names none."""
    parts = urlsplit(retour or "")
    if parts.path not in (url_for("accueil.mon_espace"), url_for("accueil.suivante")):
        return ""
    kept = [(nom, valeur) for nom, valeur in parse_qsl(parts.query) if nom != "ouvrir"]
    return url_for("accueil.mon_espace") + (f"?{urlencode(kept)}" if kept else "")


def _list_a_repondre(groupes: dict[Groupe, list[Rang]]) -> list[Any]:
    """Return the rows to answer, in the order of the page."""
    return [rang.ligne for rangs in groupes.values() for rang in rangs if rang.ligne.est_en_cours]


def _unfold(ici: str, saisine_id: int) -> str:
    return f"{ici}&ouvrir={saisine_id}#s{saisine_id}"


def _read_open(groupes: dict[Groupe, list[Rang]], ici: str, plus_loin: str | None) -> dict[str, Any] | None:
    """Return the row that the parameter `ouvrir` unfolds and the form of its answer. None if it is no longer
    among the saisines to answer: somebody has answered in the meantime.

    `plus_loin`: where to go on after the last row of the page; None if the list has no other page.
    """
    if "ouvrir" not in request.args:
        return None
    try:
        demandee = read_id(request.args["ouvrir"])
    except ValueError as error:
        raise DonneeInvalide(_("Cette file n’existe pas.")) from error
    lignes = _list_a_repondre(groupes)
    ligne = next((une for une in lignes if une.id == demandee), None)
    saisine = get_saisine(moi(), ligne.fiche_id, ligne.id) if ligne else None
    if saisine is None or not peut_traiter(moi(), saisine):
        return None
    prochaine, aide = find_next(lignes, saisine.id), get_aide(moi(), saisine, "repondre")
    suite, autres = _unfold(ici, prochaine) if prochaine else plus_loin, list_autres_reponses(saisine)
    return {
        "saisine": saisine,
        "form": ReponseForm(version=saisine.version, texte=aide.texte),
        "aide": aide,
        "autres_reponses": autres,
        "deja": get_deja_regle(saisine.fiche),
        "autres_pieces": map_pieces(autres),
        "suivante": suite,
        "retour": suite or ici,
        "ici": f"{ici}&ouvrir={saisine.id}",
        "attribution": get_attribution(saisine.id),
    }
