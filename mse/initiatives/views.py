"""The board, the page of an initiative, and what people do there. A view translates; it decides nothing."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import Blueprint, abort, flash, redirect, request, url_for

from mse.annuaire.queries import list_noms_de_territoires, list_noms_de_themes, list_themes
from mse.core.errors import DonneeInvalide
from mse.core.pagination import Cursor
from mse.core.textes import _, clean
from mse.core.web import CONNECTE, PUBLIC, droit, moi, render
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.initiatives import policies, queries, use_cases
from mse.initiatives.forms import (
    AvancementForm,
    ExplicationForm,
    GesteForm,
    InitiativeForm,
    LienForm,
    MotifForm,
    NouvelleForm,
    PorteurForm,
    PropositionForm,
)
from mse.initiatives.libelles import ACTIONS, STATUTS
from mse.initiatives.models import Initiative, LigneInitiative, Porteur
from mse.initiatives.queries import Filtres, get_initiative, get_ligne
from mse.initiatives.workflow import EXPLIQUEES, Action, Statut

bp = Blueprint("initiatives", __name__)
_UNE = "/initiatives/<int:initiative_id>"


@bp.get("/initiatives")
@droit(PUBLIC)
def liste() -> Any:
    """The board; with a statut or from a cursor on, one list."""
    filtres, page = _read_filtres(), None
    if filtres.statut is not None:
        page = queries.list_initiatives(filtres, Cursor.parse(request.args.get("avant", "")))
    return render(
        "initiatives/liste.html",
        filtres=filtres,
        page=page,
        colonnes=queries.list_tableau(filtres) if page is None else {},
        suite=_ici(avant=str(page.next)) if page and page.next else None,
        debut=_ici() if "avant" in request.args else None,
        adresse_du_statut=lambda statut: _ici(statut=statut.value),
        statuts=STATUTS,
        themes=list_noms_de_themes(),
        territoires=list_noms_de_territoires(),
        peut_proposer=policies.peut_proposer(moi()),
    )


@bp.get(_UNE)
@droit(PUBLIC, sur=get_initiative)
def detail(initiative: Initiative) -> Any:
    compte = moi()
    if not policies.peut_lire(compte, initiative):
        abort(410)
    porte = policies.peut_porter(compte, initiative)
    html, status = render(
        "initiatives/detail.html",
        initiative=initiative,
        compte=compte,
        porte=porte,
        droits=policies,
        lignes=queries.list_lignes(initiative.id),
        fiches=queries.list_fiches_liees(initiative.id),
        participants=queries.list_participants(initiative.id) if porte else [],
        participe=queries.participe(compte, initiative.id),
        statuts=STATUTS,
        actions=[(action, ACTIONS[action]) for action in initiative.actions_possibles()] if porte else [],
    )
    return html, status if initiative.est_publique else 410


@bp.route("/initiatives/nouvelle", methods=["GET", "POST"])
@droit(policies.peut_proposer)
def nouvelle() -> Any:
    form = PropositionForm(cle=str(uuid4()))
    _offer(form)
    form.porteur.choices = [("", _("Choisissez")), *queries.list_porteurs_possibles(moi())]
    if form.validate_on_submit():
        porteur = queries.get_porteur(form.porteur.data)
        if porteur is None:
            raise DonneeInvalide(_("Choisissez qui la porte."))
        initiative = use_cases.proposer_initiative(
            cle=form.cle.data, porteur=porteur, par=moi(), **_texts(form)
        )
        flash(_("Votre initiative est publiée. Donnez-en des nouvelles : elle vivra."), "succes")
        return _to(initiative)
    return render("initiatives/formulaire.html", form=form, initiative=None)


@bp.route(f"{_UNE}/modifier", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def modifier(initiative: Initiative) -> Any:
    form = InitiativeForm(obj=initiative)
    _offer(form, initiative)
    if form.validate_on_submit():
        use_cases.modifier_initiative(initiative, version=form.version.data, par=moi(), **_texts(form))
        flash(_("C’est enregistré."), "succes")
        return _to(initiative)
    return render("initiatives/formulaire.html", form=form, initiative=initiative)


@bp.route(f"{_UNE}/avancement/<action>", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def avancer(initiative: Initiative, action: str) -> Any:
    if action not in [une.value for une in Action]:
        abort(404)
    une = Action(action)
    form = (ExplicationForm if une in EXPLIQUEES else AvancementForm)(version=initiative.version)
    if form.validate_on_submit():
        use_cases.avancer_initiative(
            initiative, une, form.mot.data or "", version=form.version.data, par=moi()
        )
        flash(_("C’est publié. Celles et ceux qui participent en sont informés."), "succes")
        return _to(initiative)
    return _geste(initiative, form, ACTIONS[une], "mot")


@bp.route(f"{_UNE}/nouvelles", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def donner_nouvelle(initiative: Initiative) -> Any:
    form = NouvelleForm()
    if form.validate_on_submit():
        use_cases.donner_nouvelle(initiative, form.texte.data, par=moi())
        flash(_("Vos nouvelles sont publiées."), "succes")
        return _to(initiative)
    return _geste(initiative, form, _("Donner des nouvelles"), "texte")


@bp.route(f"{_UNE}/participation", methods=["GET", "POST"])
@droit(CONNECTE, sur=get_initiative)
def participer(initiative: Initiative) -> Any:
    """One button: to join, or to leave."""
    form, deja = GesteForm(), queries.participe(moi(), initiative.id)
    if form.validate_on_submit():
        if "quitter" in request.form:
            use_cases.ne_plus_participer(initiative, par=moi())
            flash(_("Vous ne participez plus à cette initiative."), "info")
        else:
            use_cases.participer(initiative, par=moi())
            flash(_("Vous participez. Vous recevrez ses nouvelles par courriel."), "succes")
        return _to(initiative)
    return render("initiatives/participation.html", form=form, initiative=initiative, deja=deja)


@bp.route(f"{_UNE}/porteurs", methods=["GET", "POST"])
@droit(policies.peut_proposer)
def porteurs(initiative_id: int) -> Any:
    """Whoever may engage somebody may join him to the carriers, and take back those he may engage."""
    initiative = get_initiative(moi(), initiative_id)
    if initiative is None or not initiative.est_publique:
        abort(404)
    form = PorteurForm()
    form.porteur.choices = [("", _("Choisissez")), *queries.list_porteurs_possibles(moi())]
    if form.validate_on_submit():
        porteur = queries.get_porteur(form.porteur.data)
        if porteur is None:
            raise DonneeInvalide(_("Choisissez qui la porte."))
        use_cases.ajouter_porteur(initiative, porteur, par=moi())
        flash(_("Elle est portée par une équipe de plus."), "succes")
        return _to(initiative)
    return render(
        "initiatives/porteurs.html", form=form, initiative=initiative, droits=policies, compte=moi()
    )


@bp.route(f"{_UNE}/porteurs/<int:porteur_id>/fin", methods=["GET", "POST"])
@droit(policies.peut_retirer_porteur, sur=queries.get_porteur_de)
def quitter(porteur: Porteur) -> Any:
    form = GesteForm()
    if form.validate_on_submit():
        use_cases.quitter_portage(porteur, par=moi())
        flash(_("C’est noté."), "info")
        return _to(porteur.initiative)
    return render("initiatives/quitter.html", form=form, porteur=porteur, initiative=porteur.initiative)


@bp.route(f"{_UNE}/fiches", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def lier(initiative: Initiative) -> Any:
    """Fiches that it answers: one more by its number, or one less."""
    form = LienForm()
    if "delier" in request.form:
        if GesteForm().validate_on_submit():
            fiche = db.session.get(Fiche, _number(request.form["delier"])) or abort(404)
            use_cases.delier_fiche(initiative, fiche, par=moi())
            return _to(initiative)
    elif form.validate_on_submit():
        use_cases.lier_fiche(initiative, db.session.get(Fiche, form.fiche_id.data), par=moi())
        flash(_("La page de cette fiche montre maintenant votre initiative."), "succes")
        return _to(initiative)
    fiches = queries.list_fiches_liees(initiative.id)
    return render("initiatives/fiches.html", form=form, initiative=initiative, fiches=fiches)


@bp.route(f"{_UNE}/moderation", methods=["GET", "POST"])
@droit(policies.peut_moderer, sur=get_initiative)
def moderer(initiative: Initiative) -> Any:
    """Withdraw it with a reason; withdrawn, restore it."""
    form = MotifForm() if initiative.est_publique else GesteForm()
    if form.validate_on_submit():
        if initiative.est_publique:
            use_cases.retirer_initiative(initiative, form.texte.data, par=moi())
            flash(_("L’initiative est retirée : le public ne la voit plus."), "succes")
        else:
            use_cases.retablir_initiative(initiative, par=moi())
            flash(_("L’initiative est de nouveau publique."), "succes")
        return _to(initiative)
    return render("initiatives/moderer.html", form=form, initiative=initiative)


@bp.route(f"{_UNE}/lignes/<int:ligne_id>/masquage", methods=["GET", "POST"])
@droit(policies.peut_masquer, sur=get_ligne)
def masquer(ligne: LigneInitiative) -> Any:
    form, initiative = MotifForm(), get_initiative(moi(), ligne.initiative_id)
    assert initiative is not None
    if form.validate_on_submit():
        use_cases.masquer_ligne(ligne, form.texte.data, par=moi())
        flash(_("Le texte est effacé ; la ligne et votre raison restent."), "succes")
        return _to(initiative)
    return _geste(initiative, form, _("Masquer ce texte"), "texte", ligne=ligne)


def _geste(initiative: Initiative, form: Any, titre: Any, champ: str, **contexte: Any) -> Any:
    """One text, one button."""
    return render(
        "initiatives/geste.html", form=form, initiative=initiative, titre=titre, quoi=champ, **contexte
    )


def _offer(form: Any, initiative: Initiative | None = None) -> None:
    """The thèmes; one that is retired stays offered to what bears it."""
    themes = list_themes(retires=initiative is not None)
    garde = initiative.theme_code if initiative else None
    form.theme_code.choices = [("", _("Choisissez"))] + [
        (theme.code, theme.libelle) for theme in themes if theme.retire_le is None or theme.code == garde
    ]


def _texts(form: Any) -> dict[str, str]:
    return {nom: form[nom].data or "" for nom in ("titre", "description", "besoins", "theme_code")}


def _to(initiative: Initiative) -> Any:
    return redirect(url_for("initiatives.detail", initiative_id=initiative.id), 303)


def _read_filtres() -> Filtres:
    """Raises `DonneeInvalide` on a word that no list offers."""
    theme, territoire, statut = (
        clean(request.args.get(nom, "")) or None for nom in ("theme", "territoire", "statut")
    )
    if (
        (theme and theme not in {code for code, _libelle in list_noms_de_themes()})
        or (territoire and territoire not in {lieu.code for lieu in list_noms_de_territoires()})
        or (statut and statut not in [une.value for une in Statut])
    ):
        raise DonneeInvalide(_("Ce filtre n’existe pas."))
    return Filtres(theme, territoire, Statut(statut) if statut else None)


def _number(texte: str) -> int:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def _ici(**change: str) -> str:
    kept = {nom: valeur for nom, valeur in request.args.items() if nom != "avant" and valeur}
    return f"{request.path}?{urlencode({**kept, **change})}"
