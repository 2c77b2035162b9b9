"""Bulletins: everybody reads them, animateurs write them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.text import _, lazy
from mse.core.web import PUBLIC, VersionedForm, droit, lien, moi, render, sign_return
from mse.core.web.feeds import Entry, send_feed
from mse.demarche import get_demarche
from mse.meteo import use_cases
from mse.meteo.carte import dessiner
from mse.meteo.forms import BulletinForm, BulletinSupprimeForm
from mse.meteo.libelles import MESURES
from mse.meteo.models import Bulletin
from mse.meteo.policies import peut_composer, peut_ecrire
from mse.meteo.queries import bulletins as queries
from mse.meteo.queries.bulletins import get_bulletin
from mse.meteo.queries.chiffres import get_premier_jour, read_etats
from mse.meteo.queries.lieux import get_lieu_de_la_demarche
from mse.meteo.views import bp

_UN = "/meteo/bulletins/<int:bulletin_id>"


@bp.get("/meteo/bulletins")
@droit(PUBLIC)
def bulletins() -> ResponseReturnValue:
    compose = peut_composer(moi())
    return render(
        "meteo/bulletins.html",
        bulletins=[(un, queries.read_etat(un.figure)) for un in queries.list_bulletins()],
        compose=compose,
        brouillons=queries.list_brouillons() if compose else [],
    )


@bp.get("/meteo/bulletins.atom")
@droit(PUBLIC)
def bulletins_atom() -> Response:
    return send_feed(
        titre=_("les bulletins de la météo"),
        url=lien("meteo.bulletins_atom"),
        page=lien("meteo.bulletins"),
        entries=[_entry(bulletin) for bulletin in queries.list_bulletins(20)],
    )


@bp.get(_UN)
@droit(PUBLIC, sur=get_bulletin)
def bulletin(bulletin: Bulletin) -> ResponseReturnValue:
    """Show a bulletin. A draft is shown as it would be published today."""
    etats = queries.list_etats(bulletin) if bulletin.publie_le else _preview(bulletin)
    tout, *parties = etats
    return render(
        "meteo/bulletin.html",
        bulletin=bulletin,
        tout=tout,
        parties=tuple(parties),
        carte=dessiner(tuple((partie.code, partie.nom) for partie in parties)),
        mesures=MESURES,
        ecrit=peut_ecrire(moi(), bulletin) and bulletin.publie_le is None,
    )


@bp.route("/meteo/bulletins/nouveau", methods=["GET", "POST"])
@droit(peut_composer)
def nouveau_bulletin() -> ResponseReturnValue:
    dernier = today().replace(day=1) - timedelta(days=1)
    form = BulletinForm(cle=str(uuid4()), jour=max(dernier, get_premier_jour() or dernier))
    if form.validate_on_submit():
        fait = use_cases.composer_bulletin(cle=form.cle.data, par=moi(), **_read_texts(form))
        flash(_("Le bulletin est enregistré. Relisez-le, puis publiez-le."), "succes")
        return _redirect_to(fait)
    return render("meteo/bulletin_formulaire.html", form=form, bulletin=None)


@bp.route(f"{_UN}/modifier", methods=["GET", "POST"])
@droit(peut_ecrire, sur=get_bulletin)
def modifier_bulletin(bulletin: Bulletin) -> ResponseReturnValue:
    form = BulletinForm(obj=bulletin)
    if form.validate_on_submit():
        use_cases.modifier_bulletin(bulletin, version=form.version.data, par=moi(), **_read_texts(form))
        flash(_("C’est enregistré."), "succes")
        return _redirect_to(bulletin)
    return render("meteo/bulletin_formulaire.html", form=form, bulletin=bulletin)


@bp.route(f"{_UN}/publication", methods=["GET", "POST"])
@droit(peut_ecrire, sur=get_bulletin)
def publier_bulletin(bulletin: Bulletin) -> ResponseReturnValue:
    form = VersionedForm(obj=bulletin)
    if form.validate_on_submit():
        use_cases.publier_bulletin(bulletin, version=form.version.data, par=moi())
        flash(_("Le bulletin est publié."), "succes")
        return _redirect_to(bulletin)
    return render("meteo/bulletin_publier.html", form=form, bulletin=bulletin)


@bp.route(f"{_UN}/suppression", methods=["GET", "POST"])
@droit(peut_ecrire, sur=get_bulletin, parti=lazy("Ce brouillon est déjà supprimé."))
def supprimer_bulletin(bulletin: Bulletin) -> ResponseReturnValue:
    retour = url_for("meteo.bulletins")
    form = BulletinSupprimeForm(obj=bulletin, vu=sign_return(retour))
    if form.validate_on_submit():
        use_cases.supprimer_bulletin(bulletin, version=form.version.data, par=moi())
        flash(_("Le brouillon est supprimé."), "info")
        return redirect(retour, 303)
    return render("meteo/bulletin_supprimer.html", form=form, bulletin=bulletin)


def _entry(bulletin: Any) -> Entry:
    page = lien("meteo.bulletin", bulletin_id=bulletin.id)
    instants = {"publiee_le": bulletin.publie_le, "modifiee_le": bulletin.publie_le}
    return Entry(id=page, url=page, titre=bulletin.titre, html=bulletin.texte_html, **instants)


def _preview(bulletin: Bulletin) -> Any:
    lieu = get_lieu_de_la_demarche() or abort(404)
    return read_etats(lieu.noms, bulletin.jour, get_demarche().meteo.fenetre)


def _read_texts(form: BulletinForm) -> dict[str, Any]:
    return {"titre": form.titre.data, "texte": form.texte.data, "jour": form.jour.data}


def _redirect_to(bulletin: Bulletin) -> ResponseReturnValue:
    return redirect(url_for("meteo.bulletin", bulletin_id=bulletin.id), 303)
