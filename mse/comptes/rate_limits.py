"""Passwords cannot be guessed by trying, and nobody else's tries lock an account's owner out.

The guess budget of one account: 10 passwords in 5 minutes from all unknown browsers together (one address has
100 for all accounts), and 10 from each browser that signed in under its present password, counted apart (see
`appareils`). An attempt counts as a failure from its start and is taken back when it proves good: many at
once cannot slip through between the count and the failure.

Mails that let somebody in are counted by who asks, then by account: one address cannot use up an account's
share, and a known browser has its own. The limits are configurable; these are the defaults.
"""

from dataclasses import dataclass
from datetime import timedelta

from mse.comptes.models import Compte
from mse.comptes.queries import normalize_entree
from mse.core.rate_limit import Limit, hash_key, network

HEURE, JOUR = timedelta(hours=1), timedelta(days=1)
ASKERS = 4  # how many addresses it takes to use up an account's share of mails


@dataclass(frozen=True, kw_only=True)
class Frein:
    """How many failures are borne, in which time. `secret` keys the hashes that are stored."""

    secret: str
    par_compte: int = 10
    par_adresse: int = 100  # a whole training centre shares one
    fenetre: timedelta = timedelta(minutes=5)
    liens_par_heure: int = 5  # mails that sign in, to one account, asked for by one address
    reinitialisations_par_jour: int = 5
    codes: int = 10_000  # printed codes tried within `fenetre` by everybody: of 64 bits, none is guessed so

    def de_connexion(
        self, compte: Compte | None, entree: str, *, adresse: str | None, marque: str | None
    ) -> list[Limit]:
        """Of a sign-in; the last one is the account's, or its browser's. Without `compte` the text
        stands for it."""
        if marque is not None:
            return [self._limite("appareil", f"{_qui(compte, entree)} {marque}", self.par_compte)]
        return [
            self._limite("adresse", network(adresse), self.par_adresse),
            self._limite("compte", _qui(compte, entree), self.par_compte),
        ]

    def de_confirmation(self, compte_id: int) -> list[Limit]:
        """Of a signed-in person who types the password again: who hammers sign-in does not block him."""
        return [self._limite("confirmation", str(compte_id), self.par_compte)]

    def de_changement(self, compte_id: int) -> list[Limit]:
        """Of a signed-in person who has mail sent to an address that nobody proved."""
        return [self._limite("changement", str(compte_id), self.liens_par_heure, HEURE)]

    def de_lien(
        self, compte: Compte | None, entree: str, *, adresse: str | None, marque: str | None
    ) -> list[Limit]:
        """Of somebody who asks for a link that signs in: never those of a password."""
        return self._de_courriel("lien", compte, entree, adresse, marque, self.liens_par_heure, HEURE)

    def de_reinitialisation(
        self, compte: Compte | None, entree: str, *, adresse: str | None, marque: str | None
    ) -> list[Limit]:
        """Of somebody who asks for a link that leads to a new password."""
        nombre = self.reinitialisations_par_jour
        return self._de_courriel("reinitialisation", compte, entree, adresse, marque, nombre, JOUR)

    def de_code(self, adresse: str | None) -> list[Limit]:
        """Of whoever types a printed code: there is no account to count under."""
        return [
            self._limite("adresse-code", network(adresse), self.par_adresse),
            self._limite("code", "", self.codes),
        ]

    def _de_courriel(
        self,
        sorte: str,
        compte: Compte | None,
        entree: str,
        adresse: str | None,
        marque: str | None,
        nombre: int,
        fenetre: timedelta,
    ) -> list[Limit]:
        qui = _qui(compte, entree)
        if marque is not None:
            return [self._limite(f"appareil-{sorte}", f"{qui} {marque}", nombre, fenetre)]
        return [
            self._limite(f"demandeur-{sorte}", f"{network(adresse)} {qui}", nombre, fenetre),
            self._limite(f"adresse-{sorte}", network(adresse), self.par_adresse, fenetre),
            self._limite(sorte, qui, ASKERS * nombre, fenetre),
        ]

    def _limite(self, sorte: str, valeur: str, nombre: int, fenetre: timedelta | None = None) -> Limit:
        return Limit(hash_key(self.secret, sorte, valeur), nombre, fenetre or self.fenetre)


def _qui(compte: Compte | None, entree: str) -> str:
    """An address and an identifiant of the same account are one."""
    return str(compte.id) if compte else normalize_entree(entree)
