"""Passwords cannot be guessed by trying: failures are counted in the database, beyond a limit one waits.

An attempt counts as a failure from its start and is taken back when it proves good, so that many
at once cannot slip through between the count and the failure.
"""

import hashlib
import hmac
import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, select

from mse.comptes.models import Compte, EchecConnexion
from mse.comptes.queries import list_echecs, normalize_entree
from mse.core.adresses import normalize_adresse
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import TropDeDemandes
from mse.core.textes import ngettext
from mse.core.use_cases import use_case
from mse.extensions import db

KEPT = timedelta(days=1)  # the longest time in which anything is counted
HEURE, JOUR = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Frein:
    """How many failures are borne, in which time. `secret` keys the hashes that are stored."""

    secret: str
    par_compte: int = 10
    par_adresse: int = 100  # a whole training centre shares one
    fenetre: timedelta = timedelta(minutes=5)
    liens_par_heure: int = 5  # mails that sign in, to one account
    reinitialisations_par_jour: int = 5
    codes: int = 1000  # printed codes tried within `fenetre`, whoever tries

    def cles_de_connexion(self, compte: Compte | None, entree: str, adresse: str | None) -> dict[str, int]:
        """The keys an attempt counts under, each with its limit; the account's first. Without `compte`,
        the text stands for it."""
        qui = str(compte.id) if compte else normalize_entree(entree)
        return {
            self._cle("compte", qui): self.par_compte,
            self._cle("adresse", network(adresse)): self.par_adresse,
        }

    def cles_de_confirmation(self, compte_id: int) -> dict[str, int]:
        """Of a signed-in person who types the password again: who hammers sign-in does not block him."""
        return {self._cle("confirmation", str(compte_id)): self.par_compte}

    def cles_de_changement(self, compte_id: int) -> dict[str, int]:
        """Of a signed-in person who has mail sent to an address that nobody proved."""
        return {self._cle("changement", str(compte_id)): self.par_compte}

    def cles_de_demande(self, sorte: str, courriel: str, adresse: str | None) -> dict[str, int]:
        """Of somebody who asks for a mail: never those of a password, so that neither blocks the other."""
        return {
            self._cle(sorte, normalize_adresse(courriel)): self.par_compte,
            self._cle(f"adresse-{sorte}", network(adresse)): self.par_adresse,
        }

    def cles_de_code(self, adresse: str | None) -> dict[str, int]:
        """Of whoever types a printed code: there is no account to count under."""
        return {
            self._cle("adresse-code", network(adresse)): self.par_adresse,
            self._cle("code", ""): self.codes,
        }

    def pour_les_liens(self) -> "Frein":
        return replace(self, par_compte=self.liens_par_heure, fenetre=HEURE)

    def pour_les_reinitialisations(self) -> "Frein":
        return replace(self, par_compte=self.reinitialisations_par_jour, fenetre=JOUR)

    def _cle(self, sorte: str, valeur: str) -> str:
        texte = f"{sorte}:{valeur}".encode(errors="replace")
        return hmac.new(self.secret.encode(), texte, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Essai:
    """An attempt under way. With an `attente` (seconds) it was not counted and must not go on."""

    cle: str  # of the account
    ids: tuple[int, ...] = ()
    attente: int = 0


class TropDEssais(TropDeDemandes):
    def __init__(self, attente: int) -> None:
        self.attente = attente
        super().__init__(phrase_d_attente(attente))


def phrase_d_attente(attente: int) -> str:
    if attente > HEURE.total_seconds():
        return ngettext(
            "Il y a eu trop d’essais. Attendez %(num)s heure, puis recommencez.",
            "Il y a eu trop d’essais. Attendez %(num)s heures, puis recommencez.",
            math.ceil(attente / HEURE.total_seconds()),
        )
    return ngettext(
        "Il y a eu trop d’essais. Attendez une minute, puis recommencez.",
        "Il y a eu trop d’essais. Attendez %(num)s minutes, puis recommencez.",
        max(1, math.ceil(attente / 60)),
    )


def network(adresse: str | None) -> str:
    """Who stands behind an address: itself for IPv4, its /64 for IPv6."""
    try:
        ip = ip_address((adresse or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False))
    return str(ip)


@use_case
def enregistrer_echec(cles: dict[str, int], frein: Frein) -> Essai:
    """Counts an attempt in its own transaction."""
    return compter(cles, frein)


def compter(cles: dict[str, int], frein: Frein) -> Essai:
    """Within a use case. An attempt beyond a limit is not counted: the wait does not grow."""
    le = now()
    one_at_a_time(*cles)
    _oublier(avant=le - max(KEPT, frein.fenetre))
    compte = next(iter(cles))
    attente = 0
    for cle, limite in cles.items():
        derniers = list_echecs(cle, depuis=le - frein.fenetre, limite=limite)
        if len(derniers) >= limite:
            attente = max(attente, math.ceil((derniers[-1] + frein.fenetre - le).total_seconds()))
    if attente:
        return Essai(compte, attente=attente)
    echecs = [EchecConnexion(cle=cle, le=le) for cle in cles]
    db.session.add_all(echecs)
    db.session.flush()
    return Essai(compte, tuple(echec.id for echec in echecs))


def _oublier(*, avant: datetime) -> None:
    """What another transaction is forgetting already is left to it."""
    vieux = select(EchecConnexion.id).where(EchecConnexion.le < avant).limit(500)
    vieux = vieux.with_for_update(skip_locked=True)
    db.session.execute(
        delete(EchecConnexion)
        .where(EchecConnexion.id.in_(vieux))
        .execution_options(synchronize_session=False)
    )


def effacer_echecs(essai: Essai) -> None:
    """Inside the use case that a good attempt leads to: the account starts anew, the address does not."""
    db.session.execute(
        delete(EchecConnexion)
        .where((EchecConnexion.cle == essai.cle) | EchecConnexion.id.in_(essai.ids))
        .execution_options(synchronize_session=False)
    )
