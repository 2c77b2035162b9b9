"""What the delegates have to do next, from the file of the handover."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mse.core.dates import date_longue
from mse.core.text import _
from mse.passation.queries.dossier import Dossier


@dataclass(frozen=True, kw_only=True)
class Tache:
    """One thing to do. `endpoint` and `valeurs`: the page where it is done."""

    quoi: str
    titre: str
    depuis: str
    endpoint: str
    valeurs: dict[str, Any] = field(default_factory=dict)


def list_taches(dossier: Dossier) -> Sequence[Tache]:
    """Return what waits for the delegates: first what somebody else waits for, then their own drafts."""
    return [
        *(_repondre(ligne) for ligne in dossier.messages),
        *(_juger(ligne) for ligne in dossier.avis_attendus),
        *(_confirmer(ligne) for ligne in dossier.durabilites),
        *(_finir(fiche) for fiche in dossier.brouillons),
    ]


def _repondre(ligne: Any) -> Tache:
    return Tache(
        quoi=_("Lire le message de %(acteur)s et lui répondre", acteur=ligne.acteur),
        titre=ligne.titre,
        depuis=_("reçu le %(date)s", date=date_longue(ligne.le)),
        endpoint="echanges.fil",
        valeurs={"fiche_id": ligne.fiche_id, "saisine_id": ligne.saisine_id},
    )


def _juger(ligne: Any) -> Tache:
    return Tache(
        quoi=_("Dire si la réponse de %(acteur)s a aidé", acteur=ligne.acteur),
        titre=ligne.titre,
        depuis=_("répondue le %(date)s", date=date_longue(ligne.derniere_reponse_le)),
        endpoint="fiches.detail",
        valeurs={"fiche_id": ligne.fiche_id, "_anchor": f"saisine-{ligne.id}"},
    )


def _confirmer(ligne: Any) -> Tache:
    return Tache(
        quoi=_("Dire si le problème est revenu"),
        titre=ligne.titre,
        depuis=_("déclaré réglé par %(acteur)s", acteur=ligne.acteur),
        endpoint="avis.dire_durabilite",
        valeurs={"fiche_id": ligne.fiche_id, "saisine_id": ligne.id},
    )


def _finir(fiche: Any) -> Tache:
    return Tache(
        quoi=_("Finir le brouillon, ou le supprimer"),
        titre=fiche.titre or _("Brouillon sans titre"),
        depuis=_("modifié le %(date)s", date=date_longue(fiche.modifiee_le)),
        endpoint="depot.brouillon",
        valeurs={"fiche_id": fiche.id, "etape": "relecture"},
    )
