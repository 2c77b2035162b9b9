"""Bulletins: two published ones about past months, and a draft."""

from datetime import date
from uuid import uuid4

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.extensions import db
from mse.meteo.queries.chiffres import list_fins_de_mois
from mse.meteo.use_cases import composer_bulletin, publier_bulletin

ANIMATRICE = "animation@demo.example"
MOTS = (
    (
        "La rentrée des délégué·es",
        "Les groupes de la rentrée ont presque tous élu leurs délégué·es. **Merci aux centres** qui ont "
        "organisé le vote dès la deuxième semaine.\n\n"
        "Ce qui manque : des réponses à temps. Une fiche sur deux attend encore la sienne.",
    ),
    (
        "Des réponses qui servent",
        "Ce mois-ci, plusieurs centres ont réglé un problème en moins de quinze jours : des postes à souder "
        "réparés, un planning donné à l’avance, une salle de repas rouverte.\n\n"
        "Dans les Alpes, il y a encore trop peu de groupes pour dire le temps qu’il fait.",
    ),
)


def publier_bulletins(aujourd_hui: date) -> None:
    """Publish bulletins about the last two complete months, and leave one as a draft."""
    par = db.session.scalars(select(Compte).where(Compte.courriel == ANIMATRICE)).one()
    *_avant, avant_dernier, dernier, _jour = list_fins_de_mois(aujourd_hui, 12)
    for fin, (titre, texte) in zip((avant_dernier, dernier), MOTS, strict=True):
        bulletin = composer_bulletin(cle=str(uuid4()), titre=titre, texte=texte, jour=fin, par=par)
        publier_bulletin(bulletin, par=par)
    composer_bulletin(
        cle=str(uuid4()),
        titre="Avant l’hiver",
        texte="À écrire : les élections des groupes de novembre, les vélos.",
        jour=aujourd_hui,
        par=par,
    )
