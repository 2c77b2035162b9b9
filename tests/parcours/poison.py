"""A small world beside the demonstration data in which every text is hostile."""

import io
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from PIL import Image
from sqlalchemy import select

from devtools.factories import (
    LONGUE,
    Monde,
    build_monde,
    make_acteur,
    make_agent,
    make_brouillon,
    make_delegue,
    make_fiche,
    make_initiative,
    make_promotion,
)
from devtools.site import Site
from mse.annuaire.models import Nature, Territoire
from mse.annuaire.use_cases import agents, configurer, creer, gerer
from mse.app import create_app
from mse.avis import use_cases as suivre
from mse.comptes.jetons import emettre_avis
from mse.comptes.models import Compte
from mse.config import read_settings
from mse.core.clock import today
from mse.core.database import set_reading
from mse.core.files import Envoi
from mse.depot.use_cases import deposer, joindre, preciser
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Valeur
from mse.initiatives import use_cases as initiatives
from mse.initiatives.workflow import Action
from mse.moderation import use_cases as moderer
from mse.representation.models import Mandat
from mse.representation.use_cases import comptes, elections, mandats
from mse.responsables.use_cases import elargir_fiche, transferer_saisine
from tests.core.test_html import HOSTILES

TITRE = "<img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>"
MARK = "document.documentElement.dataset.xss = 1"
TEXTE = "\n\n".join(payload.replace("alert(1)", MARK) for payload in HOSTILES) + "\n\n" + LONGUE
COMMUNE_RARE, TERRITOIRE_RARE = "05023", "05-9302"  # Briançon: no other test uses its name


@dataclass
class Poison:
    """The ids of the objects with hostile texts, and the e-mail address of one reader per role."""

    fiche: int
    initiative: int
    retiree: int
    retenue: int
    brouillon: int
    saisine: int
    etape: int
    acteur: int
    organisme: int
    promotion: int
    a_elire: int
    elections: list[int]
    theme: str
    lien: str
    lecteurs: dict[str, str]


def poison(site: Site) -> Poison:
    app = create_app(read_settings({"MSE_INSTANCE": str(site.instance), "MSE_URL": site.url}))
    with app.app_context():
        set_reading(False)  # transactions may write while the worker runs
        return _write(build_monde())


def _write(monde: Monde) -> Poison:
    theme = _name(monde)
    fiche = _treat(monde, theme)
    retiree = make_fiche(monde.promotion, monde.karim, monde.transports, theme=theme, titre=TITRE)
    moderer.retirer_fiche(retiree, TEXTE[:2000], par=monde.animatrice)
    promotion, votes = _vote(monde)
    demo = db.session.scalars(select(Compte).where(Compte.courriel == "delegue@demo.example")).one()
    lecteurs = {
        "delegue": monde.samira,
        "agent": monde.agent,
        "referent": monde.referent,
        "destinataire": monde.autre_agent,
        "organisme": make_agent(monde.lavande, TITRE, referent=True),
        "animation": monde.animatrice,
        "admin": monde.admin,
    }
    for numero, compte in enumerate(lecteurs.values()):
        compte.mot_de_passe = demo.mot_de_passe
        compte.courriel = f"lecteur.{numero}.{fiche.id}@exemple.fr"
    lien = emettre_avis(monde.samira, fiche.saisines[-1].id)
    db.session.commit()
    return Poison(
        fiche=fiche.id,
        initiative=_build(monde, theme, fiche),
        retiree=retiree.id,
        retenue=_hold(monde, theme).id,
        brouillon=_draft(monde, theme).id,
        saisine=fiche.saisines[0].id,
        etape=next(etape.id for etape in fiche.etapes if etape.texte),
        acteur=monde.remuneration.id,
        organisme=monde.lavande.id,
        promotion=promotion,
        a_elire=make_promotion(monde.lavande, TITRE + " bis").id,
        elections=votes,
        theme=theme,
        lien=lien,
        lecteurs={role: compte.courriel for role, compte in lecteurs.items()},
    )


def _name(monde: Monde) -> str:
    """Rename everything to hostile names, with use cases that record a history. Return the thème code."""
    par = monde.animatrice
    theme = configurer.creer_theme(TITRE + uuid4().hex[:8], par=par)
    territoire = db.session.get_one(Territoire, TERRITOIRE_RARE)
    configurer.renommer_territoire(territoire, TITRE, par=par)
    for acteur in (monde.transports, monde.remuneration, monde.lavande):
        gerer.modifier_acteur(acteur, nom=f"{TITRE} {acteur.id}", adresse=TITRE, par=par)
        creer.creer_competence(acteur, theme_code=theme.code, territoire_code=TERRITOIRE_RARE, par=par)
        agents.accueillir_agent(
            acteur,
            prenom=TITRE,
            nom=TITRE,
            courriel=f"invite.{acteur.id}@exemple.fr",
            referent=True,
            par=par,
        )
    ferme = make_acteur(TITRE, Nature.SERVICE)
    gerer.fermer_acteur(ferme, par=par)
    comptes.accueillir_membre(
        prenom=TITRE,
        nom=TITRE,
        courriel=f"membre.{ferme.id}@exemple.fr",
        administrateur=False,
        par=monde.admin,
    )
    for compte in (monde.samira, monde.karim, monde.agent, monde.referent, par, monde.admin):
        compte.prenom = compte.nom = TITRE
    monde.promotion.titre = TITRE
    monde.promotion.commune_code, monde.promotion.territoire_code = COMMUNE_RARE, TERRITOIRE_RARE
    db.session.commit()
    return theme.code


def _treat(monde: Monde, theme: str) -> Fiche:
    """Return a fiche with every kind of étape, one of them hidden."""
    parties = dict.fromkeys(("probleme", "causes", "consequences", "solution"), TEXTE)
    fiche = _draft(monde, theme, destinataires=[monde.transports.id], **parties)
    deposer.deposer_fiche(fiche, par=monde.samira)
    saisine = fiche.saisines[0]
    traiter.ajouter_etape(saisine, TEXTE[:5000], par=monde.agent)
    traiter.ajouter_etape(saisine, f"Encore : {TEXTE[:4000]}", par=monde.agent)
    moderer.masquer_etape(fiche.etapes[-1], TEXTE[:2000], par=monde.animatrice)
    traiter.repondre_saisine(saisine, TEXTE, par=monde.agent)
    suivre.donner_avis(saisine, Valeur.NON, TEXTE[:5000], par=monde.samira)
    preciser.preciser_fiche(fiche, TEXTE[:5000], par=monde.samira)
    preciser.signaler_plus_actuelle(fiche, TEXTE[:2000], par=monde.samira)
    suivre.demander_reouverture(saisine, TEXTE[:5000], par=monde.samira)
    suivre.accepter_reouverture(saisine, TEXTE[:5000], par=monde.agent)
    elargir_fiche(fiche, monde.lavande.id, TEXTE[:2000], par=monde.agent)
    transferer_saisine(saisine, monde.remuneration.id, TEXTE[:2000], par=monde.agent)
    lavande = next(s for s in fiche.saisines if s.acteur_id == monde.lavande.id)
    traiter.repondre_saisine(lavande, TEXTE, par=make_agent(monde.lavande, TITRE))
    suivre.demander_reouverture(lavande, TEXTE[:5000], par=monde.samira)
    return fiche


def _draft(monde: Monde, theme: str, **champs: object) -> Fiche:
    image = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(image, "PNG")
    fiche = make_brouillon(monde.promotion, monde.samira, theme=theme, titre=TITRE, **champs)
    envoi = Envoi(f"{TITRE.replace('/', '')}.png", io.BytesIO(image.getvalue()))
    assert joindre.joindre_pieces(fiche, [envoi], par=monde.samira) == []
    return fiche


def _hold(monde: Monde, theme: str) -> Fiche:
    fiche = make_brouillon(
        monde.promotion,
        monde.samira,
        theme=theme,
        titre=TITRE,
        probleme=f"{TITRE} Appelez-moi au 06 12 34 56 78.",
    )
    deposer.deposer_fiche(fiche, insiste=True, par=monde.samira)
    return fiche


def _build(monde: Monde, theme: str, fiche: Fiche) -> int:
    """Create an initiative with hostile texts, one of them hidden for a hostile reason. Return its id."""
    textes = {"titre": TITRE, "description": TEXTE[:5000], "besoins": TEXTE[:5000], "theme_code": theme}
    une = make_initiative(monde.promotion, monde.samira, **textes)
    initiatives.ajouter_porteur(une, monde.lavande, par=monde.animatrice)
    initiatives.participer(une, par=monde.agent)
    initiatives.lier_fiche(une, fiche, par=monde.samira)
    for _ in range(2):
        initiatives.donner_nouvelle(une, TEXTE[:5000], par=monde.samira)
    initiatives.masquer_ligne(une.lignes[-1], TEXTE[:2000], par=monde.animatrice)
    initiatives.avancer_initiative(une, Action.REALISER, TEXTE[:2000], par=monde.samira)
    return une.id


def _vote(monde: Monde) -> tuple[int, list[int]]:
    """Create a promotion with an ended mandat, a carence and an election. Return their ids."""
    promotion = make_promotion(monde.lavande, TITRE, commune_code="13055")
    parti = make_delegue(promotion, TITRE)
    mandat = db.session.scalars(select(Mandat).where(Mandat.compte == parti)).one()
    mandats.terminer_mandat(mandat, fin=today() - timedelta(days=3), par=None)
    carence = elections.constater_carence(
        promotion, cle=str(uuid4()), le=today() - timedelta(days=2), remarque=TEXTE[:1000], par=None
    )
    elue = elections.Elu(prenom=TITRE, nom=TITRE)
    autre = elections.Elu(prenom=TITRE, nom=f"{TITRE} bis", courriel=f"elu.{promotion.id}@exemple.fr")
    vote = elections.enregistrer_resultat(
        promotion, cle=str(uuid4()), le=today(), titulaire=elue, suppleant=autre, par=None
    )
    return promotion.id, [carence.id, vote.id]
