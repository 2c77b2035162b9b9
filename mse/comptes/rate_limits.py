"""Rate limits of accounts: passwords cannot be guessed, and attempts of others do not lock the owner out.

Per account: 10 passwords in 5 minutes from all unknown browsers together, and 10 from each browser that has
signed in with the present password (see `appareils`). Per IP address: 100 for all accounts. An attempt is
counted as a failure before the password is verified, and deleted if it succeeds, so that concurrent attempts
cannot exceed the limit.

Requests for mails with a link are limited per requester, then per account: one IP address cannot reach the
limit of an account, and a known browser has a limit of its own. The limits are configurable; these are the
defaults.
"""

from dataclasses import dataclass
from datetime import timedelta

from mse.comptes.models import Compte
from mse.comptes.queries import normalize_entree
from mse.core.rate_limit import Limit, hash_key, requester_key

HEURE, JOUR = timedelta(hours=1), timedelta(days=1)
DOUBLE_CLIC = timedelta(minutes=2)  # a request repeated within this time is a double click
ACCOUNT_FACTOR = 4  # the limit of mails of an account is this multiple of that of one IP address


@dataclass(frozen=True, kw_only=True)
class SignInLimits:
    """The limits and their windows. `secret` keys the stored hashes."""

    secret: str
    par_compte: int = 10
    par_adresse: int = 100  # per IP address; a training centre shares one
    fenetre: timedelta = timedelta(minutes=5)
    liens_par_heure: int = 5  # sign-in links, per account and requesting IP address
    reinitialisations_par_jour: int = 5
    codes: int = 10_000  # printed codes tried within `fenetre`, in total; far too few to guess 64 bits

    def de_connexion(
        self, compte: Compte | None, entree: str, *, adresse: str | None, marque: str | None
    ) -> list[Limit]:
        """Return the limits of a sign-in. The last one is that of the account, or of its browser. Without
        `compte` the typed text identifies the account."""
        if marque is not None:
            return [self._limite("appareil", f"{_account_key(compte, entree)} {marque}", self.par_compte)]
        return [
            self._limite("adresse", requester_key(adresse), self.par_adresse),
            self._limite("compte", _account_key(compte, entree), self.par_compte),
        ]

    def de_confirmation(self, compte_id: int) -> list[Limit]:
        """Return the limits on the password that a signed-in person enters again to confirm an action.
        These attempts are counted separately from sign-ins."""
        return [self._limite("confirmation", str(compte_id), self.par_compte)]

    def de_changement(self, compte_id: int) -> list[Limit]:
        """Return the limits on confirmation mails that a signed-in person requests for a new, unverified
        e-mail address."""
        return [self._limite("changement", str(compte_id), self.liens_par_heure, HEURE)]

    def de_meme_adresse(self, compte_id: int, courriel: str) -> list[Limit]:
        """Return the limit on confirmation mails to the same normalised address."""
        return [self._limite("meme-adresse", f"{compte_id} {courriel}", 1, DOUBLE_CLIC)]

    def de_lien(
        self, compte: Compte | None, entree: str, *, adresse: str | None, marque: str | None
    ) -> list[Limit]:
        """Return the limits of a request for a sign-in link; passwords are counted separately."""
        return self._de_courriel("lien", compte, entree, adresse, marque, self.liens_par_heure, HEURE)

    def de_reinitialisation(
        self, compte: Compte | None, entree: str, *, adresse: str | None, marque: str | None
    ) -> list[Limit]:
        """Return the limits of a request for a link to choose a new password."""
        nombre = self.reinitialisations_par_jour
        return self._de_courriel("reinitialisation", compte, entree, adresse, marque, nombre, JOUR)

    def de_code(self, adresse: str | None) -> list[Limit]:
        """Return the limits of attempts with a printed code: per IP address and in total, because no account
        is known."""
        return [
            self._limite("adresse-code", requester_key(adresse), self.par_adresse),
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
        qui = _account_key(compte, entree)
        if marque is not None:
            return [self._limite(f"appareil-{sorte}", f"{qui} {marque}", nombre, fenetre)]
        return [
            self._limite(f"demandeur-{sorte}", f"{requester_key(adresse)} {qui}", nombre, fenetre),
            self._limite(f"adresse-{sorte}", requester_key(adresse), self.par_adresse, fenetre),
            self._limite(sorte, qui, ACCOUNT_FACTOR * nombre, fenetre),
        ]

    def _limite(self, sorte: str, valeur: str, nombre: int, fenetre: timedelta | None = None) -> Limit:
        return Limit(hash_key(self.secret, sorte, valeur), nombre, fenetre or self.fenetre)


def _account_key(compte: Compte | None, entree: str) -> str:
    """Return the key under which attempts are counted: the account's id, the same for its address and its
    identifiant. Without an account: the typed text."""
    return str(compte.id) if compte else normalize_entree(entree)
