"""Pages to write a fiche, one question a page."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.policies import acteurs_de
from mse.annuaire.queries import acteurs_sans_compte, list_acteurs_par_id, list_themes
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import TransitionInterdite
from mse.core.text import _, lazy
from mse.core.web import BaseForm, FilesForm, SuppressionForm, droit, moi, options, render, sign_return
from mse.core.working_days import add_working_days
from mse.demarche import get_demarche
from mse.depot import forms
from mse.depot.brouillons import list_manques, read_etape
from mse.depot.conseils import conseiller
from mse.depot.use_cases.deposer import (
    commencer_fiche,
    deposer_fiche,
    ecrire_brouillon,
    supprimer_brouillon,
)
from mse.depot.views import bp
from mse.depot.views.a_cote import BOUTON, is_done, list_a_cote, take_over
from mse.fiches.api import LIBELLES_PARTIES as PARTIES
from mse.fiches.api import Publication, check_fiche, offer, souligner
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_deposer, peut_ecrire
from mse.fiches.queries.pages import get_brouillon
from mse.fiches.queries.pieces import list_pieces
from mse.fiches.queries.reperes import get_deja_regle
from mse.fiches.queries.routage import propose
from mse.representation.policies import roles_de
from mse.representation.queries import list_promotions

ETAPES: dict[str, tuple[Any, type[Any]]] = {
    "theme": (lazy("Le thème"), forms.ThemeForm),
    "probleme": (PARTIES["probleme"], forms.ProblemeForm),
    "causes": (PARTIES["causes"], forms.CausesForm),
    "consequences": (PARTIES["consequences"], forms.ConsequencesForm),
    "solution": (PARTIES["solution"], forms.SolutionForm),
    "effectif": (lazy("Les personnes concernées"), forms.EffectifForm),
    "pieces": (lazy("Photos et documents"), FilesForm),
    "destinataires": (lazy("À qui l’envoyer"), forms.DestinatairesForm),
    "relecture": (lazy("Ce que tout le monde verra"), forms.DepotForm),
}
_ORDRE = list(ETAPES)
A_ECRIRE = (*PARTIES, "effectif")  # steps that are saved while they are being typed
# Pages between two steps, from (draft, step, next step): a higher capability registers its own in
# `mse/app.py`.
DETOURS: list[Callable[[Fiche, str, str], str | None]] = []


def _qui_depose(compte: Compte | None) -> tuple[str, int]:
    """Render the page for a person without a current mandat: who may file, and what to do instead."""
    roles = roles_de(compte)
    return render(
        "depot/qui_depose.html",
        compte=compte,
        roles=roles,
        anciennes=list_promotions(roles.ancien_delegue_de),
        organismes=[acteur for acteur in acteurs_de(compte) if acteur.est_organisme],
        le=today(),
    )


@bp.route("/fiches/nouvelle", methods=["GET", "POST"])
@droit(peut_deposer, refus=_qui_depose)
def nouvelle() -> ResponseReturnValue:
    promotions = list_promotions(roles_de(moi()).promotions)
    form = forms.CommencerForm(
        cle=str(uuid4()), promotion_id=promotions[0].id if len(promotions) == 1 else None
    )
    form.promotion_id.choices = options((p.id, p.titre) for p in promotions)
    form.theme_code.choices = options((theme.code, theme.libelle) for theme in list_themes())
    if form.validate_on_submit():
        fiche = commencer_fiche(
            cle=form.cle.data,
            promotion_id=form.promotion_id.data,
            theme_code=form.theme_code.data,
            par=moi(),
            **{nom: form[nom].data for nom in ("titre", *PARTIES) if form[nom].data},
        )
        return redirect(url_for("depot.brouillon", fiche_id=fiche.id, etape="probleme"), 303)
    return render(
        "depot/nouvelle.html", form=form, promotions=promotions, total=len(ETAPES), suite=PARTIES["probleme"]
    )


@bp.route("/fiches/<int:fiche_id>/brouillon/<etape>", methods=["GET", "POST"])
@droit(peut_ecrire, sur=get_brouillon)
def brouillon(fiche: Fiche, etape: str) -> ResponseReturnValue:
    if etape not in ETAPES:
        abort(404)
    if not fiche.est_brouillon:
        return deja_deposee(fiche, etape)
    if etape == "relecture":
        return _relire(fiche)
    form = read_form(fiche, etape)
    contexte = _prepare(form, fiche)
    if {"plus_tard", "aller", BOUTON} & set(request.form):
        form.accept_unfinished()
    if form.validate_on_submit():
        saisie = {nom: form[nom].data for nom in form.noms}
        if not is_done(fiche, saisie):
            ecrire_brouillon(fiche, par=moi(), lue=form.version.data, **saisie)
        return continuer(fiche, etape)
    deja = get_deja_regle(fiche) if etape in ("theme", "probleme") else None
    return render(
        f"depot/brouillon_{etape}.html",
        form=form,
        deja=deja,
        a_cote_de_l_etape=list_a_cote(fiche, etape),
        **cadre(fiche, etape),
        **contexte,
    )


@bp.route("/fiches/<int:fiche_id>/suppression", methods=["GET", "POST"])
@droit(peut_ecrire, sur=get_brouillon, parti=lazy("Ce brouillon est déjà supprimé."))
def supprimer(fiche: Fiche) -> ResponseReturnValue:
    retour = url_for("accueil.mon_espace")
    form = SuppressionForm(vu=sign_return(retour))
    if form.validate_on_submit():
        supprimer_brouillon(fiche, par=moi())
        flash(_("Le brouillon est supprimé."), "succes")
        return redirect(retour, 303)
    return render("depot/supprimer.html", form=form, fiche=fiche)


def read_form(fiche: Fiche, etape: str) -> forms.EtapeForm:
    """Return the form of a step, filled with its stored values."""
    form: forms.EtapeForm = ETAPES[etape][1](obj=fiche)
    if not form.version.raw_data:  # not a sent form, or one shown again after a conflict
        form.version.data = read_etape(fiche, form.noms)["version"]
    return form


def _relire(fiche: Fiche) -> ResponseReturnValue:
    form, ici = forms.DepotForm(version=fiche.version), url_for("fiches.detail", fiche_id=fiche.id)
    if form.validate_on_submit():
        dire_deposee(deposer_fiche(fiche, par=moi(), version=form.version.data, insiste=form.insiste.data))
        return redirect(ici, 303)
    propositions, trouvailles = propose(fiche), check_fiche(fiche)
    choisis = fiche.destinataires
    if choisis is None:
        choisis = [p.acteur.id for p in propositions if p.coche]
    return render(
        "depot/brouillon_relecture.html",
        form=form,
        trouvailles=trouvailles,
        lue=souligner(fiche, trouvailles),
        manques=list_manques(fiche),
        destinataires=[(acteur, _reponse_due(acteur)) for acteur in list_acteurs_par_id(choisis)],
        sans_compte=acteurs_sans_compte(choisis, le=today()),
        parties=PARTIES,
        pieces=list_pieces(fiche),
        **cadre(fiche, "relecture"),
    )


def _reponse_due(acteur: Acteur) -> date:
    """Return the due date of the answer if the fiche were filed today."""
    return add_working_days(today(), acteur.delai_reponse or get_demarche().delais.reponse)


def _prepare(form: BaseForm, fiche: Fiche) -> dict[str, Any]:
    """Set the choices and ticks of a step. Return what its template needs beyond the form."""
    if isinstance(form, forms.ThemeForm):
        offerts = [t for t in list_themes(retires=True) if t.retire_le is None or t.code == fiche.theme_code]
        form.theme_code.choices = options((theme.code, theme.libelle) for theme in offerts)
    if not isinstance(form, forms.DestinatairesForm):
        return {}
    acteurs, offre = offer(fiche)
    form.destinataires.choices = options((acteur.id, acteur.nom) for acteur in acteurs)
    if form.destinataires.data is None:
        form.destinataires.data = [p.acteur.id for p in offre["propositions"].values() if p.coche]
    return offre


def cadre(fiche: Fiche, etape: str) -> dict[str, Any]:
    """Return the template variables common to every step: the fiche, the list of steps and the position in
    it."""
    faites = {
        "theme": bool(fiche.theme_code),
        **{partie: bool(getattr(fiche, partie)) for partie in PARTIES},
        "effectif": fiche.effectif_concerne is not None,
        "pieces": fiche.nombre_pieces > 0,
        "destinataires": fiche.destinataires is not None,
        "relecture": False,
    }
    etapes = [
        {
            "nom": nom,
            "titre": titre,
            "url": url_for("depot.brouillon", fiche_id=fiche.id, etape=nom),
            "faite": faites[nom],
            "facultative": nom not in ("theme", *PARTIES),
        }
        for nom, (titre, _form) in ETAPES.items()
    ]
    rang = _ORDRE.index(etape)
    return {
        "fiche": fiche,
        "etape": etape,
        "titre_etape": ETAPES[etape][0],
        "se_garde": etape in A_ECRIRE,
        "conseils_de": {nom: list_phrases(fiche, nom) for nom in PARTIES},
        "adresses": {une["nom"]: une["url"] for une in etapes},
        "numero": rang + 1,
        "etapes": etapes,
        "precedente": _ORDRE[rang - 1] if rang else None,
        "suite": ETAPES[_ORDRE[rang + 1]][0] if rang + 2 < len(_ORDRE) else _("la relecture"),
    }


def list_phrases(fiche: Fiche, etape: str) -> list[str]:
    """Return the hints about a part as sentences; none for a step without text."""
    return [conseil.phrase for conseil in conseiller(etape, str(getattr(fiche, etape, "")))]


def dire_deposee(publication: Publication) -> None:
    """Flash the confirmation of a filed fiche."""
    if publication == Publication.PUBLIEE:
        flash(_("Votre fiche est déposée. Merci : une réponse vous est due."), "succes")
    elif publication == Publication.RETENUE:
        flash(_("Votre fiche est enregistrée. L’équipe d’animation la relit avant de la publier."), "succes")


def deja_deposee(fiche: Fiche, etape: str) -> ResponseReturnValue:
    """Redirect to the fiche, which is filed already: the page was a bookmark, or the button was clicked
    twice.

    Raise `TransitionInterdite` if the request edits a step, because another delegate has filed the draft
    meanwhile.
    """
    if request.method == "POST" and etape != "relecture":
        raise TransitionInterdite(_("Entre-temps, cette fiche a été déposée : elle ne change plus."))
    if request.method == "POST":
        dire_deposee(fiche.publication)
    return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)


def continuer(fiche: Fiche, etape: str) -> ResponseReturnValue:
    """Redirect to the step that the button names, else to the next one, or home for «plus tard». Stay on the
    step after taking a text over."""
    if "plus_tard" in request.form:
        flash(_("Votre brouillon est enregistré. Vous le retrouverez ici."), "succes")
        return redirect(url_for("accueil.mon_espace"), 303)
    if BOUTON in request.form:
        return take_over(fiche, etape)
    suivante = request.form.get("aller")
    if suivante not in ETAPES:
        suivante = _ORDRE[_ORDRE.index(etape) + 1]
    detour = next((url for find in DETOURS if (url := find(fiche, etape, suivante))), None)
    if detour is not None:
        return redirect(detour, 303)
    return redirect(url_for("depot.brouillon", fiche_id=fiche.id, etape=suivante), 303)
