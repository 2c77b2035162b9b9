"""Queries about accounts, tokens and sessions."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from mse.comptes.models import (
    AdresseRefusee,
    Compte,
    Jeton,
    NatureJeton,
    SessionCompte,
    hash_secret,
)
from mse.comptes.policies import est_vivante
from mse.core.email_addresses import normalize_adresse
from mse.core.text import fold
from mse.extensions import db

SESSIONS_MAX = 100  # rows shown at once

# Loader options for the roles of an account, applied at each request. The assembly registers them.
WITH_COMPTE: list[Callable[[], Sequence[Any]]] = []


def normalize_entree(texte: str) -> str:
    """Return what was typed to sign in, in its stored form:
    an address, or an identifiant without capitals, accents, spaces and dashes."""
    return normalize_adresse(texte) if "@" in texte else fold(texte).replace(" ", "")


def get_compte_par_entree(texte: str) -> Compte | None:
    """Return the account with this address or this identifiant."""
    colonne = Compte.courriel if "@" in texte else Compte.identifiant
    return db.session.scalar(select(Compte).where(colonne == normalize_entree(texte)))


def get_compte_par_courriel(courriel: str) -> Compte | None:
    return db.session.scalar(select(Compte).where(Compte.courriel == normalize_adresse(courriel)))


def get_titulaire(attendu: Compte) -> Compte | None:
    """Return the account that owns the address at which `attendu` was invited, or None."""
    return get_compte_par_courriel(attendu.courriel_invite) if attendu.courriel_invite else None


def list_comptes_par_adresse(adresse: str) -> Sequence[Compte]:
    """Return the account that owns this normalised address, then the open accounts invited there."""
    invites = and_(Compte.courriel_invite == adresse, Compte.ferme_le.is_(None))
    query = select(Compte).where(or_(Compte.courriel == adresse, invites))
    return db.session.scalars(query.order_by(Compte.courriel.is_(None), Compte.id)).all()


def list_refus(adresses: Iterable[str | None]) -> dict[str, AdresseRefusee]:
    """Return, by address, those to which the last mail could not be delivered."""
    query = select(AdresseRefusee).where(AdresseRefusee.courriel.in_({une for une in adresses if une}))
    return {refus.courriel: refus for refus in db.session.scalars(query)}


def joignable() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of `Compte.est_joignable` in SQL."""
    return Compte.ferme_le.is_(None), Compte.courriel.is_not(None), Compte.courriel_prouve_le.is_not(None)


def attendu() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of `Compte.est_attendu` in SQL, for an open account."""
    return Compte.active_le.is_(None), Compte.mot_de_passe.is_(None)


def lock_compte(compte: Compte) -> None:
    """Lock the account until the end of the transaction, and reload it with its roles. Closing it, changing
    its password or its roles, and printing a code wait for that lock."""
    query = select(Compte).where(Compte.id == compte.id).with_for_update(key_share=True)
    db.session.scalar(query.execution_options(populate_existing=True))


def get_jeton(secret_hash: str, nature: NatureJeton, *, le: datetime, lock: bool = False) -> Jeton | None:
    """Return the token if it is unused, not expired and its account open. Its account is loaded with it.
    `lock`: lock the row, before the token is used."""
    query = (
        select(Jeton)
        .join(Jeton.compte)
        .options(contains_eager(Jeton.compte))
        .where(Jeton.secret_hash == secret_hash, Jeton.nature == nature)
        .where(Jeton.utilise_le.is_(None), Jeton.expire_le > le, Compte.ferme_le.is_(None))
    )
    if lock:
        query = query.with_for_update(of=Jeton).execution_options(populate_existing=True)
    return db.session.scalar(query)


def get_emission(compte: Compte, nature: NatureJeton) -> datetime | None:
    """Return the instant at which the compte's last token of this nature was issued; revoked tokens are
    ignored."""
    emises = select(func.max(Jeton.emis_le)).where(Jeton.compte_id == compte.id, Jeton.nature == nature)
    return db.session.scalar(emises)


@cache
def _select_session(roles: tuple[Callable[[], Sequence[Any]], ...]) -> Select[Any]:
    options = [option for role in roles for option in role()]
    return (
        select(SessionCompte)
        .options(joinedload(SessionCompte.compte, innerjoin=True).options(*options))
        .where(SessionCompte.reference_hash == bindparam("hash"))
    )


def get_session(reference: str, *, le: datetime) -> SessionCompte | None:
    """Return the live session of an open account, with the account and its roles, in one query."""
    query = _select_session(tuple(WITH_COMPTE))
    session = db.session.scalars(query, {"hash": hash_secret(reference)}).unique().one_or_none()
    vivante = session is not None and session.compte.est_ouvert and est_vivante(session, le)
    return session if vivante else None


def get_session_par_id(compte: Compte | None, session_id: int) -> SessionCompte | None:
    """Return the session if it belongs to `compte` or `compte` is an administrateur; else None."""
    session = db.session.get(SessionCompte, session_id)
    if session is None or compte is None or not (session.compte_id == compte.id or compte.est_administrateur):
        return None
    return session


def list_sessions(*, le: datetime, compte_id: int | None = None, nom: str = "") -> Sequence[SessionCompte]:
    """Return the live sessions, last seen first, at most 100: of one account, or of accounts named like
    `nom`.

    Names are compared in Python, because the two databases ignore accents and case in different ways.
    """
    query = (
        select(SessionCompte)
        .join(SessionCompte.compte)
        .options(contains_eager(SessionCompte.compte))
        .where(SessionCompte.fermee_le.is_(None), SessionCompte.expire_le > le)
        .order_by(SessionCompte.vue_le.desc(), SessionCompte.id.desc())
    )
    if compte_id is not None:
        query = query.where(SessionCompte.compte_id == compte_id)
    mots = fold(nom).split()
    if nom.strip() and not mots:  # punctuation only: no name matches
        return []
    ouvertes = db.session.scalars(query).yield_per(500)  # a server-side cursor would need a transaction
    vivantes = (une for une in ouvertes if est_vivante(une, le) and _is_named(une.compte, mots))
    trouvees = list(islice(vivantes, SESSIONS_MAX))
    ouvertes.close()
    return trouvees


def _is_named(compte: Compte, mots: Collection[str]) -> bool:
    return all(mot in fold(f"{compte.prenom} {compte.nom}") for mot in mots)


def list_sessions_ouvertes(compte_id: int) -> Sequence[SessionCompte]:
    """Return the sessions of an account that are not closed, to close or shorten them."""
    return db.session.scalars(
        select(SessionCompte).where(SessionCompte.compte_id == compte_id, SessionCompte.fermee_le.is_(None))
    ).all()
