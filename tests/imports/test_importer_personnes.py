"""Import of people: a dry run reviews each line, then the import writes exactly that, once."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, keep, make_acteur, make_agent, make_compte, make_promotion
from mse.annuaire.models import Appartenance
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.dates import date_longue
from mse.extensions import db
from mse.imports.lecture_tableau import Tableau, read_tableau
from mse.imports.revue import Revue
from mse.imports.use_cases.importer_personnes import COLONNES, importer_personnes
from mse.journal.models import LigneJournal
from mse.representation.models import Mandat, Promotion, RoleMandat
from mse.representation.policies import roles_de
from mse.representation.use_cases.promotions import modifier_promotion

ENTETE = "prénom;nom;courriel;rôle;acteur;promotion;début de la promotion"


def texte(*lignes: str) -> Tableau:
    return read_tableau("\n".join([ENTETE, *lignes]), COLONNES)


def issues(revue: Revue) -> list[tuple[str, str]]:
    return [(ligne.issue.value, ligne.phrase) for ligne in revue.lignes]


def importer(par: Compte, *lignes: str) -> Revue:
    """Review, then import; both steps must report the same."""
    revue = importer_personnes(texte(*lignes), par=par)
    assert not revue.ecrite
    ecrite = importer_personnes(texte(*lignes), digest=revue.digest, par=par)
    assert ecrite.ecrite
    assert issues(ecrite) == issues(revue)
    return ecrite


def counts() -> tuple[int, ...]:
    db.session.rollback()
    return tuple(db.session.query(kind).count() for kind in (Compte, Appartenance, Mandat, LigneJournal))


@pytest.fixture
def ines(monde: Monde) -> Compte:
    """An agent of the organisme Lavande Formation, not référente."""
    return make_agent(monde.lavande, "Ines")


# ---------------------------------------------------------------- what is written


def test_la_revue_n_ecrit_rien_l_import_ecrit_ce_qu_elle_montre(monde: Monde, ines: Compte) -> None:
    soudeurs = make_promotion(monde.lavande, "Soudeur")
    avant = counts()
    lignes = ("Ada;Test;ada@exemple.fr;titulaire;;Soudeur;", "Bo;Test;bo@exemple.fr;suppléante;;SOUDEUR;")
    revue = importer_personnes(texte(*lignes), par=ines)
    assert [ligne.issue.value for ligne in revue.lignes] == ["cree", "cree"]
    assert counts() == avant
    importer(ines, *lignes)
    mandats = db.session.query(Mandat).filter_by(promotion_id=soudeurs.id).order_by(Mandat.role)
    assert [(m.compte.courriel, m.role) for m in mandats] == [
        ("bo@exemple.fr", RoleMandat.SUPPLEANT),
        ("ada@exemple.fr", RoleMandat.TITULAIRE),
    ]
    actions = [ligne.action for ligne in db.session.query(LigneJournal).order_by(LigneJournal.id)][-4:]
    assert actions == ["compte_cree", "mandat_ouvert"] * 2


def test_une_promotion_a_venir_a_ses_delegues_le_premier_jour(monde: Monde, ines: Compte) -> None:
    """The mandats begin with the promotion and move with its start date."""
    debut = today() + timedelta(days=20)
    soudeurs = make_promotion(monde.lavande, "Soudeur", debut=debut)
    ligne = "Ada;Test;ada@exemple.fr;titulaire;;Soudeur;"
    importer(ines, ligne)
    mandat = db.session.query(Mandat).filter_by(promotion_id=soudeurs.id).one()
    assert mandat.debut == debut
    assert roles_de(mandat.compte).delegue_de == frozenset()
    assert importer_personnes(texte(ligne), par=ines).lignes[0].issue.value == "inchange"
    for jours in (7, -7):
        debut = soudeurs.debut + timedelta(days=jours)
        modifier_promotion(
            soudeurs,
            titre="Soudeur",
            commune_code=soudeurs.commune_code,
            debut=debut,
            fin=soudeurs.fin,
            effectif=12,
            succede_a=None,
            par=ines,
        )
        assert mandat.debut == debut


def test_un_mandat_a_venir_se_voit_et_se_retire(monde: Monde, ines: Compte, as_: Any) -> None:
    """A mandat that has not begun is deleted, so that the seat is free at once."""
    soudeurs = make_promotion(monde.lavande, "Soudeur", debut=today() + timedelta(days=20))
    importer(ines, "Ada;Test;ada@exemple.fr;titulaire;;Soudeur;")
    mandat = db.session.query(Mandat).filter_by(promotion_id=soudeurs.id).one()
    chez_ines, fin = as_(ines), f"/mandats/{mandat.id}/fin"
    page = chez_ines.get(f"/promotions/{soudeurs.id}").text
    assert "Mandat à venir" in page
    assert "Mandat terminé" not in page
    assert "Inviter de nouveau" in page
    assert "n’a pas commencé" in chez_ines.get(fin).text
    assert chez_ines.poster(fin).location == f"/promotions/{soudeurs.id}"
    db.session.expire_all()
    assert db.session.query(Mandat).filter_by(promotion_id=soudeurs.id).all() == []
    importer(ines, "Bo;Test;bo@exemple.fr;titulaire;;Soudeur;")


def test_envoye_deux_fois_rien_n_est_cree_deux_fois(monde: Monde) -> None:
    lignes = ("Ada;Test;ada@exemple.fr;agent;Service Rémunération;;",)
    revue = importer(monde.animatrice, *lignes)
    apres = counts()
    encore = importer_personnes(texte(*lignes), digest=revue.digest, par=monde.animatrice)
    assert not encore.ecrite
    assert issues(encore) == [("inchange", "Agent·e de Service Rémunération")]
    assert counts() == apres


def test_un_siege_pris_entre_temps_remontre_la_revue(monde: Monde, ines: Compte) -> None:
    soudeurs = make_promotion(monde.lavande, "Soudeur")
    lignes = ("Ada;Test;ada@exemple.fr;titulaire;;Soudeur;",)
    revue = importer_personnes(texte(*lignes), par=ines)
    keep(Mandat(compte=make_compte(), promotion=soudeurs, role=RoleMandat.TITULAIRE, debut=today()))
    avant = counts()
    encore = importer_personnes(texte(*lignes), digest=revue.digest, par=ines)
    assert (encore.ecrite, encore.lignes[0].issue.value) == (False, "refuse")
    assert counts() == avant


def test_un_agent_devient_referent_et_l_inverse(monde: Monde) -> None:
    for role, attendu in (("référent", True), ("agent", False)):
        revue = importer(monde.animatrice, f"Ada;F;{monde.agent.courriel};{role};{monde.transports.id};;")
        assert [ligne.issue.value for ligne in revue.lignes] == ["actualise"]
        assert (
            db.session.query(Appartenance).filter_by(compte_id=monde.agent.id).one().est_referent is attendu
        )


def test_une_personne_connue_garde_son_nom(monde: Monde) -> None:
    importer(monde.animatrice, f"Autre;Nom;{monde.lea.courriel.upper()};agent;Azur Formation;;")
    db.session.refresh(monde.lea)
    assert (monde.lea.prenom, monde.lea.nom) == ("Lea", "Fictif")


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("ligne", "mot"),
    [
        ("Ada;T;ada@exemple.fr;agent;Service Inconnu;;", "n’est pas dans l’annuaire"),
        ("Ada;T;ada@exemple.fr;agent;99999999999999;;", "n’est pas dans l’annuaire"),
        ("Ada;T;ada@exemple.fr;agent;2147483648;;", "n’est pas dans l’annuaire"),
        ("Ada;T;ada@exemple.fr;agent;;;", "Dites pour qui"),
        ("Ada;T;ada@exemple.fr;agent;Doublon;;", "Plusieurs acteurs"),
        ("Ada;T;ada@exemple.fr;agent;Fermé;;", "n’est pas dans l’annuaire"),
        ("Ada;T;pas une adresse;agent;Service Rémunération;;", "n’est pas valable"),
        ("Ada;T;;agent;Service Rémunération;;", "Il manque l’adresse"),
        (";T;ada@exemple.fr;agent;Service Rémunération;;", "Il manque le prénom"),
        ("Ada;\u200b;ada@exemple.fr;agent;Service Rémunération;;", "Il manque le nom"),
        (f"{'A' * 81};T;ada@exemple.fr;agent;Service Rémunération;;", "81 caractères"),
        ("Ada;T;parti@exemple.fr;agent;Service Rémunération;;", "est fermé"),
        ("Ada;T;ada@exemple.fr;chef;Service Rémunération;;", "n’existe pas ici"),
        ("Ada;T;ada@exemple.fr;;Service Rémunération;;", "Il manque le rôle"),
        ("Ada;T;ada@exemple.fr;titulaire;;;", "Dites quelle promotion"),
        ("Ada;T;ada@exemple.fr;titulaire;;Boulanger;", "n’est pas une promotion"),
        ("Ada;T;ada@exemple.fr;titulaire;;Terminée;", "n’est pas une promotion"),
        ("Ada;T;ada@exemple.fr;titulaire;;Soudeur;demain", "n’est pas comprise"),
        ("Ada;T;ada@exemple.fr;titulaire;;Jumelle;", "Plusieurs promotions"),
        ("Ada;T;ada@exemple.fr;titulaire;;Agent de cuisine;", "siège est déjà occupé"),
        ("Ada;T;ada@exemple.fr;agent;Service Rémunération;;;de trop", "8 cellules"),
        ('Ada;"T;ada@exemple.fr;agent;Service Rémunération;;', "guillemet"),
    ],
)
def test_une_ligne_refusee_dit_pourquoi_et_n_arrete_pas_les_autres(
    monde: Monde, ligne: str, mot: str
) -> None:
    make_acteur("Doublon"), make_acteur("doublon")
    make_acteur("Fermé", ferme_le=today())
    make_compte("Parti", courriel="parti@exemple.fr", ferme_le=now())
    make_promotion(
        monde.lavande, "Terminée", fin=today().replace(year=2020), debut=today().replace(year=2020)
    )
    make_promotion(monde.lavande, "Jumelle"), make_promotion(monde.ailleurs, "Jumelle")
    comptes, appartenances, mandats, _journal = counts()
    revue = importer(monde.animatrice, ligne, "Bo;T;bo@exemple.fr;agent;service remuneration;;")
    assert [x.issue.value for x in revue.lignes] == ["refuse", "cree"]
    assert mot in revue.lignes[0].phrase
    assert counts()[:3] == (comptes + 1, appartenances + 1, mandats)
    assert db.session.query(LigneJournal).filter_by(action="compte_cree").count() == 1


def test_deux_lignes_ne_prennent_pas_le_meme_siege(monde: Monde, ines: Compte) -> None:
    make_promotion(monde.lavande, "Soudeur")
    revue = importer(
        ines, "Ada;T;ada@exemple.fr;titulaire;;Soudeur;", "Bo;T;bo@exemple.fr;titulaire;;Soudeur;"
    )
    assert [ligne.issue.value for ligne in revue.lignes] == ["cree", "refuse"]


def test_le_debut_distingue_deux_promotions_de_meme_titre(monde: Monde, ines: Compte) -> None:
    for mois in (1, 2):
        make_promotion(monde.lavande, "Jumelle", debut=today().replace(month=mois, day=3))
    jour = today().replace(month=2, day=3)
    revue = importer(ines, f"Ada;T;ada@exemple.fr;titulaire;;jumelle;{date_longue(jour)}")
    mandat = db.session.query(Mandat).order_by(Mandat.id.desc()).first()
    assert (revue.lignes[0].issue.value, mandat.promotion.debut) == ("cree", jour)


# ---------------------------------------------------------------- permissions


def test_chacun_n_importe_que_chez_lui(monde: Monde, ines: Compte) -> None:
    """A référent imports agents of his service only, an organisme its own délégué·es only."""
    soudeurs, ailleurs = make_promotion(monde.lavande, "Soudeur"), make_promotion(monde.ailleurs, "Couvreur")
    lignes = (
        f"A;T;a@exemple.fr;agent;{monde.transports.id};;",
        f"B;T;b@exemple.fr;agent;{monde.remuneration.id};;",
        f"C;T;c@exemple.fr;agent;{monde.lavande.id};;",
        f"D;T;d@exemple.fr;titulaire;;{soudeurs.id};",
        f"E;T;e@exemple.fr;titulaire;;{ailleurs.id};",
    )
    attendus = {
        monde.referent: ["cree", "refuse", "refuse", "refuse", "refuse"],
        ines: ["refuse", "refuse", "refuse", "cree", "refuse"],
        monde.agent: ["refuse"] * 5,
        monde.samira: ["refuse"] * 5,
        monde.animatrice: ["cree"] * 5,
        monde.admin: ["cree"] * 5,
    }
    for par, attendu in attendus.items():
        assert [x.issue.value for x in importer_personnes(texte(*lignes), par=par).lignes] == attendu
    importer(ines, *lignes)
    assert db.session.query(Compte).filter(Compte.courriel.in_(["a@exemple.fr", "e@exemple.fr"])).count() == 0


def test_une_adresse_ne_dit_pas_si_elle_a_un_compte(monde: Monde, ines: Compte) -> None:
    """A refusal, for another acteur or an empty name, does not reveal whether the address has an account."""
    make_promotion(monde.lavande, "Soudeur")
    make_compte("Parti", courriel="parti@exemple.fr", ferme_le=now())

    def phrases(courriel: str) -> list[str]:
        lignes = (f"A;T;{courriel};agent;{monde.transports.id};;", f";;{courriel};titulaire;;Soudeur;")
        return [importer_personnes(texte(ligne), par=ines).lignes[0].phrase for ligne in lignes]

    assert phrases("parti@exemple.fr") == phrases(monde.lea.courriel) == phrases("personne@exemple.fr")


def test_un_referent_ne_change_pas_son_propre_role(monde: Monde) -> None:
    revue = importer(monde.referent, f"R;T;{monde.referent.courriel};agent;;;")
    assert revue.lignes[0].issue.value == "refuse"
    assert monde.referent.appartenances[0].est_referent


# ---------------------------------------------------------------- size


def test_deux_cents_lignes_passent_ensemble(app: Flask) -> None:
    service, par = make_acteur("Service"), make_compte(est_animateur=True)
    lignes = [f"P{n};T;p{n}@exemple.fr;agent;Service;;" for n in range(200)]
    revue = importer(par, *lignes)
    assert len(revue.lignes_de(revue.lignes[0].issue)) == 200
    assert db.session.query(Appartenance).filter_by(acteur_id=service.id).count() == 200
    assert db.session.query(Promotion).count() == 0
