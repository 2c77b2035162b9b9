"""Pages to transfer a saisine, to take a transfer back and to add an owner."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.queries import (
    FiltresActeurs,
    LigneActeur,
    acteurs_sans_compte,
    list_acteurs,
    list_acteurs_par_id,
    list_services,
)
from mse.core.clock import today
from mse.core.text import _, clean
from mse.core.web import ActionForm, confirm, droit, finish, moi, options, refuse_early, render
from mse.fiches.api import Action
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import (
    dire_transfert,
    peut_annuler_transfert,
    peut_elargir,
    peut_traiter,
    peut_transferer,
)
from mse.fiches.queries.pages import get_fiche, get_saisine
from mse.fiches.queries.routage import propose
from mse.responsables import use_cases
from mse.responsables.forms import ResponsableForm
from mse.responsables.views import bp

_NOM_MAX = 80


@dataclass(frozen=True)
class Choix:
    """The acteurs that the form offers, in three groups without duplicates, each as (id, name):
    `propositions`, `trouves`, `services`. `raisons`: why an acteur is proposed, by id. `deja`: ids of the
    owners, which are shown but disabled. `sans_compte`: ids of the acteurs nobody can sign in for.
    `recherche`: the name searched for."""

    groupes: dict[str, list[tuple[int, str]]]
    raisons: dict[int, str]
    deja: Collection[int]
    sans_compte: Collection[int]
    recherche: str

    @property
    def a_un_choix_possible(self) -> bool:
        """True if `propositions` or `trouves` has an acteur that is not an owner yet. Otherwise the page
        unfolds the search."""
        premiers = self.groupes["propositions"] + self.groupes["trouves"]
        return any(acteur_id not in self.deja for acteur_id, _nom in premiers)


@bp.route("/fiches/<int:fiche_id>/saisines/<int:saisine_id>/transfert", methods=["GET", "POST"])
@droit(peut_transferer, sur=get_saisine, sinon=dire_transfert)
@refuse_early(lambda saisine: saisine.exige(Action.TRANSFERER), page="fiches.detail")
def transferer(saisine: Saisine) -> ResponseReturnValue:
    form = ResponsableForm(version=saisine.version, retour=request.args.get("retour"))
    if not _cherche() and form.validate_on_submit():
        use_cases.transferer_saisine(
            saisine, form.acteur_id.data, form.texte.data, version=form.version.data, par=moi()
        )
        return _to_fiche(
            saisine, _("La fiche a un nouveau responsable. Lui et les délégué·es en sont informés.")
        )
    return _page(form, saisine.fiche, saisine=saisine, redirige=not peut_traiter(moi(), saisine))


@bp.route("/fiches/<int:fiche_id>/saisines/<int:saisine_id>/transfert/annulation", methods=["GET", "POST"])
@droit(peut_annuler_transfert, sur=get_saisine)
def annuler_transfert(saisine: Saisine) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        use_cases.annuler_transfert(saisine, par=moi())
        return _to_fiche(
            saisine, _("Le transfert est annulé. La fiche est de nouveau confiée à votre équipe.")
        )
    if saisine.transfert_a_annuler() is None:  # the page of the fiche shows the present state
        return redirect(url_for("fiches.detail", fiche_id=saisine.fiche_id), 303)
    return render("responsables/annuler_transfert.html", form=form, saisine=saisine, fiche=saisine.fiche)


@bp.route("/fiches/<int:fiche_id>/elargissement", methods=["GET", "POST"])
@droit(peut_elargir, sur=get_fiche)
@refuse_early(Fiche.exige_orientee, page="fiches.detail")
def elargir(fiche: Fiche) -> ResponseReturnValue:
    form = ResponsableForm()
    if not _cherche() and form.validate_on_submit():
        saisine = use_cases.elargir_fiche(fiche, form.acteur_id.data, form.texte.data, par=moi())
        phrase = _("La fiche a un responsable de plus. Ses délais commencent aujourd’hui.")
        confirm(phrase, voir=f"#saisine-{saisine.id}")
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    return _page(form, fiche, saisine=None, redirige=False)


def _to_fiche(saisine: Saisine, phrase: str) -> ResponseReturnValue:
    """Redirect with a confirmation to the list that the form names, else to the fiche."""
    return finish(phrase, url_for("fiches.detail", fiche_id=saisine.fiche_id), f"#saisine-{saisine.id}")


def _cherche() -> bool:
    """True if the search button was pressed. It is in the same form, so that the input is kept."""
    return "chercher" in request.form


def _page(
    form: ResponsableForm, fiche: Fiche, *, saisine: Saisine | None, redirige: bool
) -> ResponseReturnValue:
    choix = _choix(fiche, None if form.acteur_id.errors else form.acteur_id.data)
    form.acteur_id.choices = options(acteur for groupe in choix.groupes.values() for acteur in groupe)
    return render(
        "responsables/passer.html",
        form=form,
        fiche=fiche,
        saisine=saisine,
        redirige=redirige,
        possibles=choix,
        le=today(),
    )


def _choix(fiche: Fiche, choisi: int | None) -> Choix:
    """Return the acteurs to offer. The one that is already chosen stays among them."""
    recherche = clean(request.values.get("q", ""))[:_NOM_MAX]
    propositions = propose(fiche)
    deja = {saisine.acteur_id for saisine in fiche.saisines}
    vus: set[int] = set()

    def neufs(acteurs: Iterable[Acteur | LigneActeur]) -> list[tuple[int, str]]:
        groupe = [(acteur.id, acteur.nom) for acteur in acteurs if acteur.id not in vus]
        vus.update(acteur_id for acteur_id, _nom in groupe)
        return groupe

    groupes = {
        "propositions": neufs(proposition.acteur for proposition in propositions),
        "trouves": neufs(_chercher(recherche)),
        "services": neufs(list_services()),
    }
    if choisi is not None:
        groupes["trouves"] += neufs(list_acteurs_par_id([choisi]))
    return Choix(
        groupes=groupes,
        raisons={proposition.acteur.id: proposition.raison for proposition in propositions},
        deja=deja,
        sans_compte=acteurs_sans_compte(vus, le=today()),
        recherche=recherche,
    )


def _chercher(nom: str) -> list[LigneActeur]:
    return list_acteurs(FiltresActeurs(nom=nom)).rows if nom else []
