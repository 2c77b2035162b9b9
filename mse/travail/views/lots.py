"""Acts on several saisines of the queue: a page says line by line what will happen, then does it."""

from collections.abc import Sequence

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _, ngettext
from mse.core.web import CONNECTE, confirm, droit, moi, own_path, render
from mse.fiches.api import REPONSE_MIN, exige_reponse, traiter
from mse.redaction.api import Geste, check_placeholders, list_a_completer, remplir
from mse.redaction.models import ModeleReponse
from mse.redaction.queries.modeles import list_modeles_communs
from mse.travail import use_cases
from mse.travail.forms import LotForm
from mse.travail.lots import LOT_MAX, Bilan, Choisie, appliquer
from mse.travail.queries import list_equipe, list_selection, map_porteurs
from mse.travail.views import bp


@bp.route("/mon-espace/lot", methods=["GET", "POST"])
@droit(CONNECTE)
def lot() -> ResponseReturnValue:
    """Fields `s`: ids of saisines, each followed by `.version` once the page has shown it."""
    choisies = _read_selection()
    saisines = [une.saisine for une in choisies]
    equipe = list_equipe({saisine.acteur_id for saisine in saisines}, le=today())
    form = LotForm(retour=request.args.get("retour"))
    form.a_qui.choices = [("", _("L’équipe"))] + [(str(un.id), f"{un.prenom} {un.nom}") for un in equipe]
    modeles, bilan = list_modeles_communs(saisines, Geste.REPONDRE, le=today()), Bilan()
    if choisies and form.validate_on_submit() and "modele" in request.form:
        form.texte.data = _insert(request.form["modele"], modeles, form.texte.data or "")
    elif choisies and form.validate_on_submit():
        actes = {"prendre": _prendre, "confier": _confier, "repondre": _repondre}
        if (acte := actes.get(request.form.get("acte", ""))) is None:
            raise DonneeInvalide(_("Choisissez ce que vous voulez faire."))
        bilan = acte(choisies, form)
        if bilan.faites and not bilan.refus:
            return redirect(own_path(form.retour.data) or url_for("accueil.mon_espace"), 303)
        refusees = {saisine_id for saisine_id, _titre, _phrase in bilan.refus}
        saisines = [saisine for saisine in saisines if saisine.id in refusees] or saisines
    page, status = render(
        "travail/lot.html",
        form=form,
        saisines=saisines,
        porteurs=map_porteurs([saisine.id for saisine in saisines]),
        refus={saisine_id: phrase for saisine_id, _titre, phrase in bilan.refus},
        minimum=REPONSE_MIN,
        modeles=modeles,
        le=today(),
    )
    return page, 409 if bilan.refus else status


def _read_selection() -> list[Choisie]:
    """Read the fields `s`, also from a form that is shown again."""
    try:
        choix = [value.split(".") for value in (g.get("reprise") or request.values).getlist("s")][:LOT_MAX]
        versions = {read_id(id): int(version[0]) if version else None for id, *version in choix}
    except ValueError as error:
        raise DonneeInvalide(_("Cette sélection n’est pas valable.")) from error
    return [Choisie(saisine, versions[saisine.id]) for saisine in list_selection(moi(), list(versions))]


def _prendre(choisies: Sequence[Choisie], _form: LotForm) -> Bilan:
    bilan = appliquer(choisies, lambda une: traiter.prendre_en_charge(une.saisine, par=moi()))
    return _dire(
        bilan, ngettext("%(num)s fiche prise en charge.", "%(num)s fiches prises en charge.", bilan.faites)
    )


def _confier(choisies: Sequence[Choisie], form: LotForm) -> Bilan:
    avant = {
        saisine_id: compte.id for saisine_id, compte in map_porteurs([u.saisine.id for u in choisies]).items()
    }
    a_qui = read_id(form.a_qui.data) if form.a_qui.data else None

    def _attribuer(une: Choisie) -> None:
        use_cases.attribuer_saisine(une.saisine, a_qui, par=moi(), avant=avant.get(une.saisine.id))

    bilan = appliquer(choisies, _attribuer)
    return _dire(bilan, ngettext("%(num)s fiche confiée.", "%(num)s fiches confiées.", bilan.faites))


def _repondre(choisies: Sequence[Choisie], form: LotForm) -> Bilan:
    """Publish the text as the answer to each saisine, with the placeholders of its template filled.

    A text that is too short or unfinished is refused once, beside its field, because nobody reads it again
    before it is public.
    """
    texte = form.texte.data or ""
    try:
        exige_reponse(texte)
        check_placeholders(texte)
        _exige_complet(texte)
    except DonneeInvalide as error:
        error.champ = "texte"
        raise
    bilan = appliquer(
        choisies,
        lambda une: traiter.repondre_saisine(
            une.saisine, remplir(texte, une.saisine), version=une.version, par=moi()
        ),
    )
    return _dire(bilan, ngettext("%(num)s réponse publiée.", "%(num)s réponses publiées.", bilan.faites))


def _exige_complet(texte: str) -> None:
    if reste := list_a_completer(texte):
        raise DonneeInvalide(_("Il reste à compléter : %(mots)s.", mots=", ".join(reste)))


def _insert(choisi: str, modeles: Sequence[ModeleReponse], texte: str) -> str:
    """Append a template to the text, its placeholders unfilled. What was typed stays."""
    modele = next((un for un in modeles if str(un.id) == choisi), None)
    if modele is None:
        raise DonneeInvalide(_("Choisissez un modèle dans la liste."))
    return f"{texte}\n\n{modele.texte}" if texte.strip() else modele.texte


def _dire(bilan: Bilan, phrase: str) -> Bilan:
    if bilan.faites:
        confirm(phrase)
    return bilan
