"""«Mon espace»: the pending tasks of the person, by role. Read-only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask.typing import ResponseReturnValue

from mse.accueil import health
from mse.accueil.aide import GUIDES, list_guides_de
from mse.accueil.gestion import count_gestion
from mse.accueil.rangs import measure_reponse
from mse.accueil.urgences import Geste, list_attentes
from mse.accueil.views import bp
from mse.accueil.views.file import read_queue
from mse.annuaire.policies import map_postes, tient_annuaire
from mse.annuaire.queries import map_urgents
from mse.confidentiel.policies import est_referent
from mse.core.registry import COUNT_MAX, Tally
from mse.core.web import CONNECTE, droit, moi, render
from mse.imports.policies import peut_importer_personnes, peut_importer_promotions
from mse.notifications.api import CAUSES, COURRIELS, Cause, read_code
from mse.notifications.queries import list_refuses
from mse.representation.api import TRAVAUX, Lecteur

# Kinds of objects that the title of the page counts as requests.
_DEMANDES = ("demande", "mot", "repere", "signalement", "confidentiel")


@bp.get("/mon-espace")
@droit(CONNECTE)
def mon_espace() -> ResponseReturnValue:
    """Show the tasks of the reader. Lists and numbers come from the registry (`mse.core.registry`)."""
    lecteur = Lecteur.du_jour(moi())
    compte, roles, le = lecteur.compte, lecteur.roles, lecteur.le
    tally = TRAVAUX.count(lecteur)
    read = TRAVAUX.read(lecteur, tally)
    contexte: dict[str, Any] = {**read, "compte": compte, "roles": roles, "le": le, "tally": tally}
    if roles.agent_de:
        contexte["agent"] = read_queue(lecteur, tally)
        contexte["agent"]["postes"] = map_postes(compte, le)
    contexte["imports"] = {
        "personnes": peut_importer_personnes(compte),
        "promotions": peut_importer_promotions(compte),
    }
    contexte["guides"] = {nom: GUIDES[nom] for nom in list_guides_de(compte)}
    if roles.delegue_de:
        contexte["deposees"] = [
            (fiche, measure_reponse(fiche, fiche.prochaine_echeance, le=le)) for fiche in read["deposees"]
        ]
    contexte["lit_confidentiel"] = est_referent(compte)
    if roles.est_animateur:
        contexte["animation"] = _read_animation(read, tally, le=le)
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
    return render("accueil/mon_espace.html", attente=_read_attente(tally), **contexte)


def _read_attente(tally: Tally) -> dict[str, int | bool]:
    """Return the numbers that the page title shows: fiches, and requests or repères to review, that wait for
    the reader."""
    objects = tally.objects
    return {
        "is_cut": tally.total >= COUNT_MAX,
        "fiches": objects["fiche"],
        "demandes": sum(
            objects[kind] for kind in ("demande", "mot", "repere", "signalement", "confidentiel")
        ),
    }


def _read_animation(read: Mapping[str, Sequence[Any]], tally: Tally, *, le: date) -> dict[str, Any]:
    """Return the lists of an animateur. `nombre`: the tasks, at most `COUNT_MAX`; the page lists the first of
    each kind."""
    return {
        "attentes": list_attentes(read, le=le),
        "nombre": min(sum(tally.count(geste.value) for geste in Geste), COUNT_MAX),
        "sans_compte": _measure(read["sans_compte"], le),
        "en_retard": _measure(read["en_retard"], le),
        "urgents": map_urgents(),
    }


def _measure(lignes: Iterable[Any], le: date) -> list[tuple[Any, Any]]:
    return [(ligne, measure_reponse(ligne, ligne.reponse_due, le=le)) for ligne in lignes]
