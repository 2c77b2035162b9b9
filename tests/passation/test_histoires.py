"""Whatever happens to mandats, each fiche, draft and verdict of a promotion is its current delegates', and
nobody else's; without any, it waits."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from devtools.factories import JOUR, LONGUE, Monde, make_brouillon, make_compte, make_fiche, make_promotion
from mse.comptes.models import Compte
from mse.core import clock
from mse.core.clock import today
from mse.core.errors import ErreurMetier
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import peut_donner_avis, peut_ecrire, peut_suivre
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.passation.policies import peut_lire_dossier
from mse.passation.use_cases import marquer_vue
from mse.representation.models import Mandat, Promotion, RoleMandat
from mse.representation.use_cases.comptes import fermer_compte
from mse.representation.use_cases.mandats import ouvrir_mandat, retirer_mandat, terminer_mandat
from tests.espace import compter, lire

HISTOIRES, GESTES = 4, 14  # histories, acts of each


@dataclass
class Modele:
    """What should hold, kept apart from the application: who holds which seat, from when, until when."""

    debut: date
    fin: date
    mandats: list[tuple[int, RoleMandat, date, date | None]] = field(default_factory=list)

    def en_poste(self, le: date) -> set[int]:
        return {qui for qui, _role, debut, fin in self.mandats if debut <= le <= (fin or self.fin)}


def jouer(monde: Monde, hasard: Random) -> None:
    """Play one history in two promotions, the second of which continues the first."""
    premiere = make_promotion(
        monde.lavande, f"Groupe {hasard.random()}", debut=today(), fin=today() + timedelta(days=60)
    )
    seconde = make_promotion(
        monde.lavande,
        f"Suite {hasard.random()}",
        debut=premiere.fin,
        fin=premiere.fin + timedelta(days=60),
        succede_a=premiere,
    )
    gens = [make_compte(prenom) for prenom in ("Ana", "Bilal", "Chloe", "Driss")]
    modeles = {p.id: Modele(p.debut, p.fin) for p in (premiere, seconde)}
    ouvrir(premiere, gens[0], RoleMandat.TITULAIRE, modeles)
    brouillon = make_brouillon(premiere, gens[0])
    fiche = make_fiche(premiere, gens[0], monde.transports)
    repondre_saisine(fiche.saisines[0], LONGUE, par=monde.agent)
    ids = (brouillon.id, fiche.id, fiche.saisines[0].id)
    jour = clock.now()
    for _geste in range(GESTES):
        jour += timedelta(days=hasard.choice((0, 1, 1, 5, 20)))
        with clock.at(jour):
            promotion = hasard.choice((premiere, seconde))
            agir(promotion, hasard.choice(gens), modeles, hasard, monde)
            verifier(gens, modeles, (premiere, seconde), ids)


def ouvrir(promotion: Promotion, qui: Compte, role: RoleMandat, modeles: dict[int, Modele]) -> None:
    try:
        mandat = ouvrir_mandat(qui, promotion, role, par=None)
    except ErreurMetier:
        return  # the seat is held, the course is over, the account is closed
    modeles[promotion.id].mandats.append((qui.id, role, mandat.debut, None))


def agir(promotion: Promotion, qui: Compte, modeles: dict[int, Modele], hasard: Random, monde: Monde) -> None:
    """Elect, end a mandat, delete a future one, close an account, or read the handover."""
    modele, le = modeles[promotion.id], today()
    role = hasard.choice(list(RoleMandat))
    geste = hasard.choice(("ouvrir", "ouvrir", "finir", "promouvoir", "fermer", "lire"))
    if geste in ("finir", "promouvoir"):
        finir(promotion, qui, modele, le - timedelta(days=1) if geste == "promouvoir" else le)
    if geste in ("ouvrir", "promouvoir"):
        ouvrir(promotion, qui, role, modeles)
    if geste == "fermer" and hasard.random() < 0.3:
        fermer_compte(qui, par=monde.admin)
        db.session.refresh(qui)
        for un in modeles.values():
            un.mandats = [ligne for ligne in un.mandats if ligne[0] != qui.id]  # a closed account has no role
    if geste == "lire" and peut_lire_dossier(qui, promotion):
        marquer_vue(promotion, par=qui)


def finir(promotion: Promotion, qui: Compte, modele: Modele, fin: date) -> None:
    for mandat in db.session.query(Mandat).filter_by(promotion_id=promotion.id, compte_id=qui.id).all():
        ligne = (qui.id, mandat.role, mandat.debut, mandat.fin)
        try:
            if mandat.est_a_venir(today()):
                retirer_mandat(mandat, par=None)
                modele.mandats.remove(ligne)
            elif ligne in modele.mandats:
                terminer_mandat(mandat, fin=fin, par=None)
                modele.mandats[modele.mandats.index(ligne)] = (*ligne[:3], fin)
        except ErreurMetier:
            continue  # over already, or begun after `fin`


def verifier(
    gens: list[Compte], modeles: dict[int, Modele], promotions: Any, ids: tuple[int, int, int]
) -> None:
    db.session.expire_all()
    premiere, seconde = promotions
    a_elle, a_la_suite = (modeles[p.id].en_poste(today()) for p in promotions)
    brouillon, fiche, saisine = (
        db.session.get_one(table, cle) for table, cle in zip((Fiche, Fiche, Saisine), ids, strict=True)
    )
    attendus = a_elle | a_la_suite
    for regle, objet in (
        (peut_ecrire, brouillon),
        (peut_suivre, fiche),
        (peut_donner_avis, saisine),
        (peut_lire_dossier, premiere),
    ):
        assert {qui.id for qui in gens if regle(qui, objet)} == attendus, regle.__name__
    assert {qui.id for qui in gens if peut_lire_dossier(qui, seconde)} == a_la_suite
    for qui in gens:
        trouve = compter(qui).found
        assert (brouillon.id in trouve.get("brouillons", {})) == (qui.id in attendus)
        assert (saisine.id in trouve.get("avis_attendus", {})) == (qui.id in attendus)
        for arrivee in lire(qui)["arrivees"]:
            assert qui.id in modeles[arrivee.promotion_id].en_poste(today())


@pytest.mark.parametrize("graine", range(HISTOIRES))
def test_tout_est_a_qui_represente_la_promotion_aujourd_hui(monde: Monde, graine: int) -> None:
    with clock.at(JOUR):
        jouer(monde, Random(graine))
