"""Mails about reminders, absences and departures."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from mse.annuaire.events import AbsenceDeclaree, AppartenanceFermee
from mse.annuaire.models import Absence, Appartenance
from mse.annuaire.queries import map_urgents
from mse.annuaire.queries.changements import est_dernier_depart
from mse.core.clock import today
from mse.core.dates import date_longue
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.fiches.api import URGENCES, classer
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_agents, list_animateurs
from mse.relances.events import RelancesEnvoyees
from mse.relances.models import EnvoiRelances
from mse.relances.queries import read_contenu
from mse.responsables.queries import count_saisines_en_cours, list_saisines_en_cours


@mails(RelancesEnvoyees)
def mail_reminders(event: RelancesEnvoyees) -> None:
    """Write one mail with all reminders of a recipient. Skip those answered, withdrawn or postponed since."""
    envoi, le = db.session.get_one(EnvoiRelances, event.envoi_id), today()
    contenu = read_contenu(envoi, le=le)
    adresse = _find_adresse(envoi)
    if not contenu.nombre or adresse is None:
        return
    urgents = map_urgents() if contenu.pour_l_association else {}

    def _level(ligne: Any) -> str:
        est_urgente = ligne.theme_code in urgents
        return _("Thèmes urgents") if est_urgente else str(URGENCES[classer(ligne.reponse_due, le)])

    groupes = [
        (mot, [(ligne, _page(ligne), _dire_qui(ligne, urgents)) for ligne in siennes])
        for mot, siennes in groupby(contenu.lignes, key=_level)
    ]
    mail(
        event,
        [adresse],
        lien=lien("accueil.mon_espace"),
        lien_texte=_("Voir ce qui attend"),
        lignes=contenu.lignes,
        nombre=contenu.nombre,
        groupes=groupes,
        autres=contenu.nombre - len(contenu.lignes),
        raison=_dire_raison(envoi),
    )


@mails(AppartenanceFermee)
def mail_orphaned(event: AppartenanceFermee) -> None:
    """Tell the animateurs which saisines have nobody left, when the last agent of an acteur goes."""
    poste = db.session.get_one(Appartenance, event.appartenance_id)
    acteur, nombre = poste.acteur, count_saisines_en_cours(poste.acteur_id)
    if acteur.est_ferme or not nombre or list_agents(acteur) or not est_dernier_depart(poste):
        return
    saisines, urgents = list_saisines_en_cours(acteur.id), map_urgents()
    mail(
        event,
        list_animateurs(),
        a_soi=True,
        acteur=acteur,
        lignes=[(une, _page(une), _dire_date(une, urgents)) for une in saisines],
        nombre=nombre,
        autres=nombre - len(saisines),
        lien=lien("annuaire.nouvel_agent", acteur_id=acteur.id),
        lien_texte=_("Inviter quelqu’un"),
    )


@mails(AbsenceDeclaree)
def mail_substitute(event: AbsenceDeclaree) -> None:
    """Tell the substitute, unless the absence was cancelled in the meantime."""
    absence = db.session.get_one(Absence, event.absence_id)
    if absence.annulee_le is None and absence.remplacant.est_joignable:
        poste = absence.appartenance
        mail(
            event,
            [str(absence.remplacant.courriel)],
            absence=absence,
            absent=poste.compte,
            acteur=poste.acteur,
            lien=lien("accueil.mon_espace"),
            lien_texte=_("Voir mon espace"),
        )


def _dire_qui(ligne: Any, urgents: Mapping[str, str]) -> str:
    """The owner of the saisine, after its thème if it is urgent."""
    return ", ".join(filter(None, (urgents.get(ligne.theme_code), ligne.acteur)))


def _dire_date(ligne: Any, urgents: Mapping[str, str]) -> str:
    """The due date, after the thème if it is urgent."""
    date = _("avant le %(date)s", date=date_longue(ligne.reponse_due))
    theme = urgents.get(ligne.theme_code)
    return _("Urgent : %(theme)s, %(date)s", theme=theme, date=date) if theme else date


def _page(ligne: Any) -> str:
    return f"{lien('fiches.detail', fiche_id=ligne.fiche_id)}#saisine-{ligne.id}"


def _find_adresse(envoi: EnvoiRelances) -> str | None:
    """Return the address of the recipient, None if the recipient cannot be reached any more."""
    if envoi.compte is not None:
        return envoi.compte.courriel if envoi.compte.est_joignable else None
    return envoi.acteur.courriel if envoi.acteur else None


def _dire_raison(envoi: EnvoiRelances) -> str:
    if envoi.compte is not None and envoi.compte.est_animateur:
        return _("Vous recevez ce courriel parce que vous faites partie de l’équipe d’animation.")
    return _(
        "Vous recevez ce courriel parce que ces fiches sont adressées à votre équipe. "
        "Les rappels s’arrêtent dès qu’elles ont une réponse."
    )
