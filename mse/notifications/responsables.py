"""Mails to the owners of saisines: their agents and their mailbox."""

from collections.abc import Iterable, Sequence
from typing import Any

from mse.comptes.models import Compte
from mse.core.events import Event
from mse.core.text import _
from mse.fiches.models import Saisine
from mse.notifications.mails import mail
from mse.notifications.queries import list_agents, list_animateurs


def mail_responsables(
    event: Event,
    saisines: Iterable[Saisine],
    *,
    auteur: Compte | None,
    aussi: Sequence[str] = (),
    prive: bool = False,
    **context: Any,
) -> None:
    """Mail the owners of these saisines, and `aussi`. Owners of a withdrawn fiche get nothing.

    The agents and `aussi` read the first name of `auteur`, a delegate. The mailbox of an acteur does not: the
    team typed that address and nobody has verified it. The animateurs get
    the mail if nobody works any more for one of the acteurs and it has no mailbox.

    `prive`: the text is for the agents alone. The mailbox reads that there is one, the animateurs nothing.
    """
    acteurs = [saisine.acteur for saisine in saisines if saisine.fiche.est_publique]
    personnes = [*aussi, *(adresse for acteur in acteurs for adresse in list_agents(acteur))]
    connues = {adresse.casefold() for adresse in personnes}
    boites = [a.courriel for a in acteurs if a.courriel and a.courriel.casefold() not in connues]
    if not prive and any(not acteur.courriel and not list_agents(acteur) for acteur in acteurs):
        personnes += list_animateurs()
    anonyme = _("La promotion")
    nom = _("%(prenom)s, délégué·e,", prenom=auteur.prenom) if auteur else anonyme
    for adresses, qui, nomme in ((personnes, nom, auteur is not None), (boites, anonyme, False)):
        tu = {"texte": None, "texte_html": None} if prive and not nomme else {}
        mail(event, adresses, auteur=qui, nomme=nomme, **{**context, **tu})
