"""«Mon espace»: the pending tasks of the person, by role. Read-only."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from mse.accueil import health, queries
from mse.accueil.aide import GUIDES, list_guides_de
from mse.accueil.forms import ReponseForm
from mse.accueil.gestion import count_gestion
from mse.accueil.rangs import Groupe, Rang, find_next, group_rangs, measure_reponse
from mse.accueil.urgences import list_attentes
from mse.accueil.views import bp
from mse.accueil.work_queue import QueueTab, list_tab, read_attente
from mse.annuaire.policies import tient_annuaire
from mse.annuaire.queries import list_acteurs_par_id, list_themes
from mse.core.clock import today
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import CONNECTE, droit, moi, render
from mse.fiches.policies import peut_traiter
from mse.fiches.queries.autres import get_aide, list_autres_reponses
from mse.fiches.queries.pages import get_saisine
from mse.imports.policies import peut_importer_personnes, peut_importer_promotions
from mse.initiatives.queries import list_miennes
from mse.initiatives.queries.demandes import list_demandes_de
from mse.notifications.api import CAUSES, COURRIELS, Cause, read_code
from mse.notifications.queries import list_refuses
from mse.representation.policies import Roles, roles_de
from mse.representation.queries.promotions import count_sans_delegue


@bp.get("/mon-espace")
@droit(CONNECTE)
def mon_espace() -> ResponseReturnValue:
    compte, le = moi(), today()
    roles = roles_de(compte)
    contexte: dict[str, Any] = {"compte": compte, "roles": roles, "le": le}
    if roles.agent_de:
        contexte["agent"] = _read_queue(roles, le)
    contexte["imports"] = {
        "personnes": peut_importer_personnes(compte),
        "promotions": peut_importer_promotions(compte),
    }
    contexte["guides"] = {nom: GUIDES[nom] for nom in list_guides_de(compte)}
    if roles.delegue_de:
        contexte["avis_attendus"] = queries.list_avis_attendus(roles.delegue_de)
        contexte["brouillons"] = queries.list_brouillons(roles.delegue_de)
        contexte["deposees"] = [
            (fiche, measure_reponse(fiche, fiche.prochaine_echeance, le=le))
            for fiche in queries.list_deposees(roles.delegue_de)
        ]
    if roles.ancien_delegue_de:
        contexte["anciennes"] = queries.list_anciennes(compte.id, roles.ancien_delegue_de)
    contexte["initiatives"] = list_miennes(compte)
    contexte["demandes_recues"], contexte["demandes_faites"] = list_demandes_de(compte)
    if roles.est_animateur:
        contexte["animation"] = {
            "attentes": list_attentes(le=le),
            "sans_compte": [
                (ligne, measure_reponse(ligne, ligne.reponse_due, le=le))
                for ligne in queries.list_sans_compte(le=le)
            ],
            "en_retard": [
                (acteur, measure_reponse(acteur, acteur.reponse_due, le=le))
                for acteur in queries.list_retards_par_acteur(le=le)
            ],
            "themes": {theme.code: theme.libelle for theme in list_themes(retires=True)},
        }
    if tient_annuaire(compte):
        contexte["gestion"] = count_gestion(le=le)
    if roles.est_administrateur:
        contexte["sante"] = health.details()
        contexte["courriels_refuses"] = list_refuses()
        contexte["libelles_courriels"] = {
            "courriels": COURRIELS,
            "causes": CAUSES,
            "lire": Cause.lire,
            "code": read_code,
        }
    return render("accueil/mon_espace.html", attente=_count_attente(contexte), **contexte)


def _count_attente(contexte: dict[str, Any]) -> int:
    """Count the distinct fiches that wait for this person in the lists of the page."""
    animation = contexte.get("animation", {})
    listes = [contexte.get(nom, ()) for nom in ("avis_attendus", "brouillons")]
    listes.append([une.ligne for une in animation.get("attentes", ())])
    listes.append([ligne for ligne, _delai in animation.get("sans_compte", ())])
    fiches = {ligne.fiche_id for lignes in listes for ligne in lignes}
    if "agent" in contexte:
        fiches |= contexte["agent"]["attente"].a_faire
    return len(fiches)


def _read_queue(roles: Roles, le: date) -> dict[str, Any]:
    """Return the requested tab of the queue, by default the first one that is not empty."""
    attente = read_attente(roles.agent_de, le=le)
    try:
        tab = QueueTab(request.args["liste"]) if "liste" in request.args else None
        jour, _sep, dernier = request.args.get("apres", "").partition(".")
        after = (date.fromisoformat(jour), read_id(dernier)) if dernier else None
    except ValueError as error:
        raise DonneeInvalide(_("Cette file n’existe pas.")) from error
    if tab is None:
        tab = next((une for une in QueueTab if attente.compte[une]), QueueTab.A_FAIRE)
    lignes, suite = list_tab(roles.agent_de, tab, le=le, after=after)
    acteurs = list_acteurs_par_id(roles.agent_de)
    organismes = [acteur for acteur in acteurs if acteur.est_organisme]
    groupes = group_rangs(lignes, le=le)
    ici = url_for("accueil.mon_espace", liste=tab, apres=request.args.get("apres"))
    return {
        "acteurs": acteurs,
        "organismes": organismes,
        "sans_delegue": count_sans_delegue([o.id for o in organismes], le=le) if organismes else {},
        "attente": attente,
        "compte": attente.compte,
        "tab": tab,
        "ici": ici,
        "groupes": groupes,
        "ouvert": _read_open(groupes, ici),
        "suite": url_for("accueil.mon_espace", liste=tab, apres=f"{suite[0]}.{suite[1]}") if suite else None,
    }


def _read_open(groupes: dict[Groupe, list[Rang]], ici: str) -> dict[str, Any] | None:
    """Return the row that the parameter `ouvrir` unfolds and the form of its answer. None if it is no longer
    among the saisines to answer: somebody has answered in the meantime."""
    if "ouvrir" not in request.args:
        return None
    try:
        demandee = read_id(request.args["ouvrir"])
    except ValueError as error:
        raise DonneeInvalide(_("Cette file n’existe pas.")) from error
    lignes = [rang.ligne for rangs in groupes.values() for rang in rangs if rang.ligne.est_en_cours]
    ligne = next((une for une in lignes if une.id == demandee), None)
    saisine = get_saisine(moi(), ligne.fiche_id, ligne.id) if ligne else None
    if saisine is None or not peut_traiter(moi(), saisine):
        return None
    suivante, aide = find_next(groupes, saisine.id), get_aide(moi(), saisine, "repondre")
    suite = f"{ici}&ouvrir={suivante}#s{suivante}" if suivante else None
    return {
        "saisine": saisine,
        "form": ReponseForm(version=saisine.version, texte=aide.texte),
        "aide": aide,
        "autres_reponses": list_autres_reponses(saisine),
        "suivante": suite,
        "retour": suite or ici,
        "ici": f"{ici}&ouvrir={saisine.id}",
    }
