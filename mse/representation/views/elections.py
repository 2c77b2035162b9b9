"""Pages to prepare an election, record its result and end mandats."""

from uuid import uuid4

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.text import _, lazy
from mse.core.web import PUBLIC, ActionForm, SuppressionForm, droit, moi, render, sign_return
from mse.representation.forms.elections import CarenceForm, DocumentsForm, FinMandatForm, ResultatForm
from mse.representation.models import Election, Mandat, Promotion
from mse.representation.policies import (
    peut_gerer_election,
    peut_gerer_promotion,
    peut_terminer_mandat,
    roles_de,
    voit_noms_de_famille,
)
from mse.representation.queries.elections import get_election, get_mandat
from mse.representation.queries.invites import get_invite
from mse.representation.queries.promotions import get_promotion_tenue, get_representation
from mse.representation.use_cases.elections import Elu, constater_carence, enregistrer_resultat
from mse.representation.use_cases.mandats import retirer_mandat, terminer_mandat
from mse.representation.views import bp

DOCUMENTS = ("candidatures", "bulletins", "depouillement")


@bp.get("/promotions/<int:promotion_id>/election")
@droit(peut_gerer_promotion, sur=get_promotion_tenue)
def election(promotion: Promotion) -> ResponseReturnValue:
    return render(
        "representation/election.html",
        promotion=promotion,
        representation=get_representation(promotion, le=today()),
    )


@bp.route("/promotions/<int:promotion_id>/election/documents", methods=["GET", "POST"])
@droit(peut_gerer_promotion, sur=get_promotion_tenue)
def documents(promotion: Promotion) -> ResponseReturnValue:
    """Print the documents of an election. Nothing is stored."""
    form = DocumentsForm(electeurs=promotion.effectif)
    demande = request.form.get("document")
    pret = form.validate_on_submit() and demande in DOCUMENTS
    return render(
        "representation/election_documents.html",
        form=form,
        promotion=promotion,
        document=demande if pret else None,
        titulaires=form.noms(form.titulaires),
        suppleants=form.noms(form.suppleants),
    )


@bp.route("/promotions/<int:promotion_id>/election/resultat", methods=["GET", "POST"])
@droit(peut_gerer_promotion, sur=get_promotion_tenue)
def resultat(promotion: Promotion) -> ResponseReturnValue:
    form = ResultatForm(cle=str(uuid4()), inscrits=promotion.effectif)
    if form.validate_on_submit():
        faite = enregistrer_resultat(
            promotion,
            cle=form.cle.data,
            le=form.le.data,
            tour=int(form.tour.data),
            inscrits=form.inscrits.data,
            votants=form.votants.data,
            titulaire=Elu(
                prenom=form.titulaire_prenom.data,
                nom=form.titulaire_nom.data,
                courriel=form.titulaire_courriel.data or None,
            ),
            suppleant=_read_suppleant(form),
            par=moi(),
        )
        flash(_("Le résultat est enregistré. Voici le procès-verbal à imprimer et à signer."), "succes")
        return redirect(url_for("representation.proces_verbal", election_id=faite.id), 303)
    return _vote_page("representation/election_resultat.html", form, promotion)


@bp.route("/promotions/<int:promotion_id>/election/carence", methods=["GET", "POST"])
@droit(peut_gerer_promotion, sur=get_promotion_tenue)
def carence(promotion: Promotion) -> ResponseReturnValue:
    form = CarenceForm(cle=str(uuid4()), inscrits=promotion.effectif)
    if form.validate_on_submit():
        faite = constater_carence(
            promotion,
            cle=form.cle.data,
            le=form.le.data,
            remarque=form.remarque.data or "",
            inscrits=form.inscrits.data,
            votants=form.votants.data,
            par=moi(),
        )
        flash(_("La carence est enregistrée. Voici le procès-verbal à imprimer et à signer."), "succes")
        return redirect(url_for("representation.proces_verbal", election_id=faite.id), 303)
    return _vote_page("representation/election_carence.html", form, promotion)


@bp.get("/elections/<int:election_id>")
@droit(peut_gerer_election, sur=get_election)
def proces_verbal(election: Election) -> ResponseReturnValue:
    return render(
        "representation/proces_verbal.html",
        election=election,
        promotion=election.promotion,
        noms_de_famille=voit_noms_de_famille(moi(), election.promotion),
        a_imprimer=[
            mandat for mandat in (election.titulaire, election.suppleant) if _needs_printed_code(mandat)
        ],
    )


def _needs_printed_code(mandat: Mandat | None) -> bool:
    """True if a code must be printed: elected without an address, so no invitation was sent."""
    if mandat is None or mandat.est_fini(today()) or mandat.compte.adresse or not mandat.compte.est_attendu:
        return False
    return get_invite(moi(), mandat.compte_id) is not None


@bp.route("/mandats/<int:mandat_id>/fin", methods=["GET", "POST"])
@droit(peut_terminer_mandat, sur=get_mandat, parti=lazy("Ce mandat est déjà retiré : le siège est libre."))
def fin_mandat(mandat: Mandat) -> ResponseReturnValue:
    if mandat.est_a_venir(today()):
        return _remove_future_mandat(mandat)
    form = FinMandatForm(fin=mandat.fin or min(today(), mandat.promotion.fin))
    if form.validate_on_submit():
        terminer_mandat(mandat, fin=form.fin.data, par=moi())
        flash(_("La fin du mandat est enregistrée."), "succes")
        return redirect(url_for("representation.promotion", promotion_id=mandat.promotion_id), 303)
    return _mandat_page("representation/mandat_fin.html", form, mandat)


def _remove_future_mandat(mandat: Mandat) -> ResponseReturnValue:
    retour = url_for("representation.promotion", promotion_id=mandat.promotion_id)
    form = SuppressionForm(vu=sign_return(retour))
    if form.validate_on_submit():
        retirer_mandat(mandat, par=moi())
        flash(_("C’est fait : le siège est libre."), "succes")
        return redirect(retour, 303)
    return _mandat_page("representation/mandat_retirer.html", form, mandat)


@bp.get("/bienvenue")
@droit(PUBLIC)
def bienvenue() -> ResponseReturnValue:
    """Page about the role of a delegate, for delegates and trainees."""
    compte = moi()
    return render("representation/bienvenue.html", deleguee=compte if roles_de(compte).promotions else None)


def _read_suppleant(form: ResultatForm) -> Elu | None:
    if not form.a_suppleant():
        return None
    return Elu(
        prenom=form.suppleant_prenom.data,
        nom=form.suppleant_nom.data,
        courriel=form.suppleant_courriel.data or None,
    )


def _mandat_page(template: str, form: FinMandatForm | ActionForm, mandat: Mandat) -> ResponseReturnValue:
    return render(
        template,
        form=form,
        mandat=mandat,
        promotion=mandat.promotion,
        noms_de_famille=voit_noms_de_famille(moi(), mandat.promotion),
        le=today(),
    )


def _vote_page(template: str, form: ResultatForm | CarenceForm, promotion: Promotion) -> ResponseReturnValue:
    return render(
        template,
        form=form,
        promotion=promotion,
        representation=get_representation(promotion, le=today()),
        le=today(),
    )
