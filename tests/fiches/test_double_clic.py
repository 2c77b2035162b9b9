"""A form sent twice by the same person is processed once, and both requests get the same answer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde, hidden_fields, make_brouillon, make_fiche
from mse.avis.use_cases import demander_reouverture, refuser_reouverture
from mse.core.clock import at, now
from mse.core.errors import TransitionInterdite
from mse.depot.use_cases.deposer import deposer_fiche
from mse.depot.use_cases.preciser import preciser_fiche
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.fiches.use_cases.traiter import ajouter_etape, repondre_saisine
from mse.moderation.use_cases import retirer_fiche

MOTIF = "Le car arrive toujours après le début des cours."


def publique(monde: Monde) -> Fiche:
    return monde.fiche


def repondue(monde: Monde) -> Fiche:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    return monde.fiche


def refusee(monde: Monde) -> Fiche:
    fiche = repondue(monde)
    demander_reouverture(monde.saisine, MOTIF, par=monde.karim)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)
    return fiche


def retenue(monde: Monde) -> Fiche:
    fiche = make_brouillon(monde.promotion, monde.samira, solution="Appelez le 06 12 34 56 78.")
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    return fiche


def retiree(monde: Monde) -> Fiche:
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    return monde.fiche


def sans_responsable(monde: Monde) -> Fiche:
    return make_fiche(monde.promotion, monde.samira)


@pytest.mark.parametrize(
    ("avant", "qui", "page", "saisie"),
    [
        (publique, "agent", "saisines/{}/etape", {}),
        (publique, "samira", "precision", {}),
        (publique, "samira", "plus-d-actualite", {}),
        (repondue, "samira", "saisines/{}/demande-de-reouverture", {}),
        (refusee, "samira", "saisines/{}/contestation", {}),
        (sans_responsable, "animatrice", "orientation", {"acteurs": [1, 2]}),
        (retenue, "animatrice", "moderation", {"decision": "publier"}),
        (publique, "animatrice", "moderation", {"decision": "retirer", "motif": MOTIF}),
        (retiree, "animatrice", "retablissement", {}),
    ],
)
def test_un_double_clic_fait_la_chose_une_fois(
    monde: Monde, as_: Any, avant: Any, qui: str, page: str, saisie: dict[str, Any]
) -> None:
    fiche, personne = avant(monde), as_(getattr(monde, qui))
    url = f"/fiches/{fiche.id}/{page.format(monde.saisine.id)}"
    ouverte = hidden_fields(personne.get(url).text)
    premiere = personne.post(url, data={**ouverte, "texte": MOTIF, **saisie})
    assert premiere.status_code == 303
    faites = _count_etapes()
    seconde = personne.post(url, data={**ouverte, "texte": MOTIF, **saisie})
    assert (seconde.status_code, seconde.location) == (303, premiere.location)
    assert _count_etapes() == faites


def _count_etapes() -> int:
    return db.session.scalar(select(func.count()).select_from(Etape)) or 0


def test_les_memes_mots_une_semaine_plus_tard_ne_sont_pas_un_double_clic(monde: Monde) -> None:
    """The repetition is refused, because a success message would be false."""
    with at(now() - timedelta(days=7)):
        ajouter_etape(monde.saisine, MOTIF, par=monde.agent)
        preciser_fiche(monde.fiche, MOTIF, par=monde.samira)
    for geste, cible, par in (
        (ajouter_etape, monde.saisine, monde.agent),
        (preciser_fiche, monde.fiche, monde.samira),
    ):
        with pytest.raises(TransitionInterdite, match="déjà publiée"):
            geste(cible, MOTIF, par=par)


def test_ce_qu_une_autre_personne_dit_dans_les_memes_mots_est_deja_dit(monde: Monde, as_: Any) -> None:
    precision = f"/fiches/{monde.fiche.id}/precision"
    etape = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/etape"
    for url, une, autre in (
        (precision, monde.samira, monde.karim),
        (etape, monde.agent, monde.referent),
    ):
        assert as_(une).poster(url, texte=MOTIF).status_code == 303
        seconde = as_(autre).poster(url, texte=MOTIF)
        assert seconde.status_code == 409
        assert "déjà publiée" in seconde.text


@pytest.mark.parametrize(
    ("etape", "saisie"),
    [
        ("theme", {"theme_code": "transport"}),
        ("probleme", {"titre": "Le  car arrive trop tard", "probleme": "Il arrive à 8 h 42.\r\nTrop tard."}),
        ("causes", {"causes": "Les horaires ont changé."}),
        ("effectif", {"effectif_concerne": "7"}),
        ("destinataires", {}),
    ],
)
def test_un_double_clic_sur_suivant_mene_a_la_question_suivante(
    as_: Any, monde: Monde, etape: str, saisie: dict[str, str]
) -> None:
    """The second request is no conflict: the draft was changed by the same person only."""
    fiche, samira = make_brouillon(monde.promotion, monde.samira), as_(monde.samira)
    url = f"/fiches/{fiche.id}/brouillon/{etape}"
    ouverte = hidden_fields(samira.get(url).text)
    envois = [samira.post(url, data={**ouverte, **saisie}) for _fois in range(2)]
    assert [envoi.status_code for envoi in envois] == [303, 303]
    assert envois[0].location == envois[1].location
