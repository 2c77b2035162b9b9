"""General pages: home, «mon espace», information about the site, display settings. Read-only."""

from datetime import date
from typing import Any

from flask import current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.accueil import health, queries
from mse.accueil.aide import GUIDES, list_guides_de
from mse.accueil.chiffres import get_chiffres
from mse.accueil.forms import AffichageForm
from mse.accueil.gestion import count_gestion
from mse.accueil.urgences import list_attentes
from mse.accueil.views import bp
from mse.accueil.work_queue import QueueTab, list_tab, read_attente
from mse.annuaire.policies import tient_annuaire
from mse.annuaire.queries import list_acteurs_par_id, list_themes
from mse.core.clock import today
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import CONNECTE, PUBLIC, droit, lien, moi, render
from mse.demarche import get_demarche
from mse.fiches.api import Publication
from mse.fiches.queries.listes import list_dernieres_reponses
from mse.imports.policies import peut_importer_personnes, peut_importer_promotions
from mse.initiatives.queries import list_dernieres, list_miennes
from mse.initiatives.queries.demandes import list_demandes_de
from mse.meteo.queries.bulletins import get_dernier
from mse.meteo.queries.chiffres import get_dernier_jour
from mse.meteo.queries.lieux import get_lieu_de_la_demarche
from mse.meteo.queries.vues import read_vue
from mse.notifications.api import CAUSES, COURRIELS, Cause, read_code
from mse.notifications.queries import list_refuses
from mse.representation.policies import Roles, roles_de
from mse.representation.queries.promotions import count_sans_delegue

INITIATIVES = 3  # on the home page
_ONE_YEAR = 365 * 24 * 3600
_FILED = (Publication.RETENUE, Publication.PUBLIEE, Publication.RETIREE)


@bp.get("/")
@droit(PUBLIC)
def accueil() -> ResponseReturnValue:
    return render(
        "accueil/accueil.html",
        chiffres=get_chiffres(),
        delegues=queries.count_delegues(),
        reponses=list_dernieres_reponses(),
        initiatives=list_dernieres(INITIATIVES),
        le=today(),
        **_meteo(),
    )


def _meteo() -> dict[str, Any]:
    """The map of the whole démarche, on the last day that was counted."""
    lieu, calcul = get_lieu_de_la_demarche(), get_dernier_jour()
    if lieu is None:
        return {"vue": None, "bulletin": None}
    jour, calcule_le = (calcul.jour, calcul.calcule_le) if calcul else (today(), None)
    vue = read_vue(lieu.noms, jour, get_demarche().meteo.fenetre, calcule_le)
    return {"vue": vue, "bulletin": get_dernier()}


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
        contexte["brouillons"] = queries.list_fiches_de(roles.delegue_de, [Publication.BROUILLON])
        contexte["deposees"] = queries.list_fiches_de(roles.delegue_de, _FILED)
    if roles.ancien_delegue_de:
        contexte["anciennes"] = queries.list_anciennes(compte.id, roles.ancien_delegue_de)
    contexte["initiatives"] = list_miennes(compte)
    contexte["demandes_recues"], contexte["demandes_faites"] = list_demandes_de(compte)
    if roles.est_animateur:
        contexte["animation"] = {
            "attentes": list_attentes(le=le),
            "sans_compte": queries.list_sans_compte(le=le),
            "en_retard": queries.list_en_retard(le=le, urgents=False),
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
    listes += [[une.ligne for une in animation.get("attentes", ())], animation.get("sans_compte", ())]
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
    return {
        "acteurs": acteurs,
        "organismes": organismes,
        "sans_delegue": count_sans_delegue([o.id for o in organismes], le=le) if organismes else {},
        "attente": attente,
        "compte": attente.compte,
        "tab": tab,
        "lignes": lignes,
        "suite": url_for("accueil.mon_espace", liste=tab, apres=f"{suite[0]}.{suite[1]}") if suite else None,
    }


@bp.get("/a-propos")
@droit(PUBLIC)
def a_propos() -> ResponseReturnValue:
    return render("accueil/a_propos.html")


@bp.get("/contact")
@droit(PUBLIC)
def contact() -> ResponseReturnValue:
    """Contact details of the team. Query parameters `fiche` or `initiative`: number of the page to report."""
    return render("accueil/contact.html", reference=_reference())


def _reference() -> tuple[str, str] | None:
    """Return the name and the URL of the reported page; None if no valid number is given."""
    try:
        if "fiche" in request.args:
            numero = read_id(request.args["fiche"])
            return _("fiche %(n)s", n=numero), lien("fiches.detail", fiche_id=numero)
        if "initiative" in request.args:
            numero = read_id(request.args["initiative"])
            return _("initiative %(n)s", n=numero), lien("initiatives.detail", initiative_id=numero)
    except ValueError:
        return None
    return None


@bp.get("/mentions-legales")
@droit(PUBLIC)
def mentions_legales() -> ResponseReturnValue:
    return render("accueil/mentions_legales.html")


@bp.get("/donnees-personnelles")
@droit(PUBLIC)
def donnees_personnelles() -> ResponseReturnValue:
    return render("accueil/donnees_personnelles.html")


@bp.get("/accessibilite")
@droit(PUBLIC)
def accessibilite() -> ResponseReturnValue:
    return render("accueil/accessibilite.html")


@bp.route("/affichage", methods=["GET", "POST"])
@droit(PUBLIC)
def affichage() -> ResponseReturnValue:
    form = AffichageForm(theme=request.cookies.get("theme", "auto"))
    if form.validate_on_submit():
        response = make_response(redirect(url_for("accueil.accueil"), 303))
        if form.theme.data == "auto":
            response.delete_cookie("theme")
        else:
            secure = current_app.config["MSE"].https
            response.set_cookie("theme", form.theme.data, max_age=_ONE_YEAR, samesite="Lax", secure=secure)
        return response
    return render("accueil/affichage.html", form=form)
