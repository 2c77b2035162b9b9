"""The nearest fiches: other words, typing mistakes, same words about another problem, what is not public."""

import json
from importlib import resources
from itertools import count
from uuid import uuid4

import pytest

from devtools.factories import Monde
from mse.core.cache import clear_caches
from mse.core.clock import now
from mse.doublons.api import proches
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche, FicheTerritoire
from mse.recherche.use_cases import index_due, request_all
from tests.doublons.paires import PAIRES, TENUES_A_L_ECART, VOISINES

pytestmark = pytest.mark.usefixtures("jour")

_instants = count()


def publish(monde: Monde, theme: str, titre: str, probleme: str, **champs: object) -> Fiche:
    """Publish a fiche without its filing, which thousands of lines of history would slow down."""
    fiche = Fiche(
        cle=str(uuid4()),
        promotion_id=monde.promotion.id,
        auteur_id=monde.samira.id,
        theme_code=theme,
        territoire_code=monde.promotion.territoire_code,
        titre=titre,
        probleme=probleme,
        probleme_html=f"<p>{probleme}</p>",
        publication=Publication.PUBLIEE,
        est_comptee=True,
        creee_le=now(),
        modifiee_le=now(),
        deposee_le=now(),
    )
    for nom, valeur in champs.items():
        setattr(fiche, nom, valeur)
    db.session.add(fiche)
    db.session.flush()
    for code in {fiche.territoire_code, fiche.territoire_code[:2], "93"}:
        db.session.add(
            FicheTerritoire(
                fiche_id=fiche.id, territoire_code=code, theme_code=theme, deposee_le=fiche.deposee_le
            )
        )
    return fiche


def index() -> None:
    db.session.commit()
    request_all()
    index_due()
    clear_caches()


def read_examples() -> list[dict]:
    fichier = resources.files("mse.demo").joinpath("donnees/fiches_exemples.json")
    return json.loads(fichier.read_text("utf-8"))["fiches"]


def test_neuf_paires_sur_dix_sont_trouvees_parmi_les_trois_premieres(monde: Monde) -> None:
    paires = [*PAIRES, *TENUES_A_L_ECART]
    publiees = [publish(monde, p.theme, p.titre, p.probleme).id for p in paires]
    for voisine in VOISINES:
        publish(monde, *voisine)
    for exemple in read_examples():
        publish(monde, exemple["theme"], exemple["titre"], exemple["probleme"])
    index()
    manquees = [
        paire.tape
        for paire, attendue in zip(paires, publiees, strict=True)
        if attendue not in [une.id for une in proches(paire.tape, paire.tape_probleme, theme=paire.theme)]
    ]
    assert len(manquees) <= len(paires) // 10, manquees


def test_les_doublons_des_exemples_se_trouvent(monde: Monde) -> None:
    exemples = read_examples()
    ids = {e["id"]: publish(monde, e["theme"], e["titre"], e["probleme"]).id for e in exemples}
    for paire in PAIRES:
        publish(monde, paire.theme, paire.titre, paire.probleme)
    index()
    marques = [e for e in exemples if e["groupe_doublons"]]
    manquees = []
    for e in marques:
        siennes = {ids[x["id"]] for x in marques if x["groupe_doublons"] == e["groupe_doublons"]}
        trouvees = proches(e["titre"], e["probleme"], theme=e["theme"], sauf=ids[e["id"]])
        if not siennes & {une.id for une in trouvees}:
            manquees.append(e["titre"])
    assert len(manquees) <= len(marques) // 10, manquees


def test_une_negation_change_le_probleme(monde: Monde) -> None:
    """The same words: what is missing is not what is bad."""
    absente = publish(monde, "restauration", "Pas de cantine", "Il n’y a aucune cantine au centre.")
    mauvaise = publish(monde, "restauration", "La cantine est mauvaise", "La cantine sert des plats froids.")
    index()
    [premiere, *_] = proches("aucune cantine ici", "on a pas de cantine du tout", theme="restauration")
    assert premiere.id == absente.id
    [premiere, *_] = proches(
        "la cantine pas bonne", "les plats de la cantine son froid", theme="restauration"
    )
    assert premiere.id == mauvaise.id


def test_rien_ne_ressemble_a_un_texte_vide_ou_sans_sujet(monde: Monde) -> None:
    publish(monde, "transport", "Le car arrive trop tard", "Tous les matins.")
    index()
    for titre, probleme in (("", ""), ("?", "…"), ("le la les", "de du des"), ("\x00", "a" * 60_000)):
        assert proches(titre, probleme, theme="transport") == []
    assert proches("Xylophone", "Zinzolin", theme="transport", territoire="inconnu") == []


@pytest.mark.parametrize("publication", [Publication.BROUILLON, Publication.RETENUE, Publication.RETIREE])
def test_une_fiche_qui_n_est_pas_publique_ne_ressemble_a_rien(monde: Monde, publication: Publication) -> None:
    secrete = publish(monde, "transport", "Le scooter volant est en panne", "Le scooter volant ne vole plus.")
    index()
    assert [une.id for une in proches("scooter volant", "il vole pas", theme="transport")] == [secrete.id]
    secrete.publication = publication  # the index still holds it
    db.session.commit()
    clear_caches()
    assert proches("scooter volant", "il vole pas", theme="transport") == []


def test_une_fiche_trop_recente_pour_l_index_est_trouvee(monde: Monde) -> None:
    recente = publish(monde, "transport", "Le tram déraille", "Le tram sort des rails.")
    db.session.commit()
    assert proches("tram", "rails", theme="transport")[0].id == recente.id
