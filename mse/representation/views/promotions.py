"""«Mes promotions»: pages of the promotions of an organisme."""

from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.api import lire_commune
from mse.annuaire.models import Acteur
from mse.comptes.queries import list_refus
from mse.core.clock import today
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import droit, moi, options, render
from mse.representation.forms.promotions import PromotionForm
from mse.representation.models import Promotion
from mse.representation.policies import peut_gerer_promotion, peut_gerer_promotions, voit_noms_de_famille
from mse.representation.queries import promotions as queries
from mse.representation.queries.elections import list_elections
from mse.representation.queries.invites import get_invite, list_corrigeables
from mse.representation.queries.promotions import Moment
from mse.representation.use_cases.promotions import creer_promotion
from mse.representation.use_cases.promotions import modifier_promotion as modifier
from mse.representation.views import bp


@bp.get("/acteurs/<int:acteur_id>/promotions")
@droit(peut_gerer_promotions, sur=queries.get_organisme)
def promotions(organisme: Acteur) -> ResponseReturnValue:
    le = today()
    try:
        moment = Moment(request.args.get("moment", Moment.EN_COURS))
    except ValueError:
        raise DonneeInvalide(_("Cette liste n’existe pas.")) from None
    lignes, suite = queries.list_promotions_de(organisme, moment, le=le, after=_read_cursor())
    return render(
        "representation/promotions.html",
        organisme=organisme,
        moment=moment,
        combien=queries.count_moments(organisme, le=le),
        lignes=lignes,
        suite=_list_url(organisme, moment, apres=f"{suite[0]}.{suite[1]}") if suite else None,
        debut=_list_url(organisme, moment) if "apres" in request.args else None,
    )


@bp.route("/acteurs/<int:acteur_id>/promotions/nouvelle", methods=["GET", "POST"])
@droit(peut_gerer_promotions, sur=queries.get_organisme)
def nouvelle_promotion(organisme: Acteur) -> ResponseReturnValue:
    commune = organisme.commune
    form = PromotionForm(commune=commune.nom_precis if commune else "")
    predecesseurs = _set_choices(form, organisme)
    if form.validate_on_submit():
        promotion = creer_promotion(organisme, **_read_values(form, predecesseurs), par=moi())
        flash(_("La promotion est créée. Elle élira ses délégué·es : voici comment."), "succes")
        return redirect(url_for("representation.promotion", promotion_id=promotion.id), 303)
    return _form_page("representation/promotion_nouvelle.html", form, organisme)


@bp.get("/promotions/<int:promotion_id>")
@droit(peut_gerer_promotion, sur=queries.get_promotion_tenue)
def promotion(promotion: Promotion) -> ResponseReturnValue:
    le = today()
    ouvrables = [m.compte for m in promotion.mandats if not m.est_fini(le) and m.compte.s_ouvre_par_code]
    return render(
        "representation/promotion.html",
        promotion=promotion,
        representation=queries.get_representation(promotion, le=le),
        corrigeables=list_corrigeables(moi(), [compte.id for compte in ouvrables]),
        invitables=[compte.id for compte in ouvrables if get_invite(moi(), compte.id)],
        mandats=sorted(promotion.mandats, key=lambda mandat: (mandat.debut, mandat.role), reverse=True),
        elections=list_elections(promotion),
        refus=list_refus(m.compte.adresse for m in promotion.mandats if not m.est_fini(le)),
        noms_de_famille=voit_noms_de_famille(moi(), promotion),
        le=le,
    )


@bp.route("/promotions/<int:promotion_id>/modifier", methods=["GET", "POST"])
@droit(peut_gerer_promotion, sur=queries.get_promotion_tenue)
def modifier_promotion(promotion: Promotion) -> ResponseReturnValue:
    form = PromotionForm(
        titre=promotion.titre,
        commune=promotion.commune.nom_precis,
        debut=promotion.debut,
        fin=promotion.fin,
        effectif=promotion.effectif,
        succede_a=str(promotion.succede_a_id or ""),
        version=promotion.version,
    )
    predecesseurs = _set_choices(form, promotion.organisme, promotion)
    if form.validate_on_submit():
        modifier(promotion, **_read_values(form, predecesseurs), version=form.version.data, par=moi())
        flash(_("Les changements sont enregistrés."), "succes")
        return redirect(url_for("representation.promotion", promotion_id=promotion.id), 303)
    return _form_page(
        "representation/promotion_modifier.html", form, promotion.organisme, promotion=promotion
    )


def _set_choices(
    form: PromotionForm, organisme: Acteur, promotion: Promotion | None = None
) -> dict[str, Promotion]:
    """Set the choices of the form. Return the promotions that this one may continue, by form value."""
    form.lire_commune = lire_commune
    offertes = [p for p in queries.list_promotions_a_continuer(organisme) if p is not promotion]
    if promotion is not None and promotion.succede_a and promotion.succede_a not in offertes:
        offertes.append(promotion.succede_a)
    form.succede_a.choices = options(
        [("", _("Non")), *((p.id, f"{p.titre} ({p.debut:%d/%m/%Y})") for p in offertes)]
    )
    return {str(p.id): p for p in offertes}


def _read_values(form: PromotionForm, predecesseurs: dict[str, Promotion]) -> dict[str, Any]:
    return {
        "titre": form.titre.data,
        "commune_code": form.commune.code,
        "debut": form.debut.data,
        "fin": form.fin.data,
        "effectif": form.effectif.data,
        "succede_a": predecesseurs.get(form.succede_a.data),
    }


def _form_page(template: str, form: PromotionForm, organisme: Acteur, **context: Any) -> ResponseReturnValue:
    communes = queries.list_communes_de(organisme)
    return render(template, form=form, organisme=organisme, communes=communes, **context)


def _list_url(organisme: Acteur, moment: Moment, apres: str | None = None) -> str:
    return url_for("representation.promotions", acteur_id=organisme.id, moment=moment, apres=apres)


def _read_cursor() -> tuple[date, int] | None:
    """Return the pagination cursor. Raise `DonneeInvalide` if it is malformed."""
    texte = request.args.get("apres", "")
    jour, _sep, dernier = texte.partition(".")
    try:
        return (date.fromisoformat(jour), read_id(dernier)) if texte else None
    except ValueError as error:
        raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable.")) from error
