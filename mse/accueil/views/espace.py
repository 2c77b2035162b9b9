"""«Mon espace»: the pending tasks of the person, by role. Read-only."""

from typing import Any

from flask.typing import ResponseReturnValue

from mse.accueil import health, queries
from mse.accueil.aide import GUIDES, list_guides_de
from mse.accueil.gestion import count_gestion
from mse.accueil.rangs import measure_reponse
from mse.accueil.urgences import list_attentes
from mse.accueil.views import bp
from mse.accueil.views.file import read_queue
from mse.annuaire.policies import map_postes, tient_annuaire
from mse.annuaire.queries import list_themes
from mse.annuaire.queries.absences import list_remplacements
from mse.core.clock import today
from mse.core.web import CONNECTE, droit, moi, render
from mse.echanges.queries import list_fils_non_lus
from mse.imports.policies import peut_importer_personnes, peut_importer_promotions
from mse.initiatives.queries import list_miennes
from mse.initiatives.queries.demandes import list_demandes_de
from mse.notifications.api import CAUSES, COURRIELS, Cause, read_code
from mse.notifications.queries import list_refuses
from mse.representation.policies import roles_de


@bp.get("/mon-espace")
@droit(CONNECTE)
def mon_espace() -> ResponseReturnValue:
    compte, le = moi(), today()
    roles = roles_de(compte)
    contexte: dict[str, Any] = {"compte": compte, "roles": roles, "le": le}
    if roles.agent_de:
        contexte["agent"] = read_queue(roles, le)
        contexte["agent"]["postes"] = map_postes(compte, le)
        contexte["remplacements"] = list_remplacements(compte, le=le)
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
    if roles.agent_de or roles.delegue_de:
        contexte["messages"] = list_fils_non_lus(compte, acteurs=roles.agent_de, promotions=roles.delegue_de)
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
    listes = [contexte.get(nom, ()) for nom in ("messages", "avis_attendus", "brouillons")]
    listes.append([une.ligne for une in animation.get("attentes", ())])
    listes.append([ligne for ligne, _delai in animation.get("sans_compte", ())])
    fiches = {ligne.fiche_id for lignes in listes for ligne in lignes}
    if "agent" in contexte:
        fiches |= contexte["agent"]["attente"].a_faire
    return len(fiches)
