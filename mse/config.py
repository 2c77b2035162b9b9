"""All settings with their defaults and reasons.

A dangerous value stops the start with a message.
"""

import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import URL

_PACKAGE = Path(__file__).resolve().parent
_IS_CHECKOUT = (_PACKAGE.parent / "pyproject.toml").is_file()
# Where templates/, migrations/ and docs/guides/ are (a wheel holds them in the package), and instance/.
RESOURCES, _HOME = (_PACKAGE.parent, _PACKAGE.parent) if _IS_CHECKOUT else (_PACKAGE, Path.cwd())
JOURNAUX = ("texte", "json")
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
FICHIERS = "fichiers"  # value of MSE_MAIL_SERVER that writes mails to files
_LOCAL = {"127.0.0.1", "localhost", "::1"}


class ConfigDangereuse(SystemExit):
    """The start is refused. The message is one sentence for the operator."""

    def __init__(self, phrase: str) -> None:
        super().__init__(f"mse : {phrase}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    mode: str  # demo | production
    url: str  # public URL of the instance; links, cookies and trusted hosts derive from it
    secret_key: str
    old_secret_keys: tuple[str, ...]  # former keys, accepted until the sessions that they signed have ended
    database_url: str
    journaux: str  # texte | json
    jeton_metriques: str  # token of Prometheus for /metrics; empty: administrators only
    jeton_retours: str  # token of the mail server for /retours; empty: this URL does not exist
    notifications_mois: int  # months after which a notification is deleted
    instance: Path  # folder of the SQLite files, the secret of the demo and mails written to files
    mail: Mapping[str, Any]
    echecs_par_compte: int  # failed sign-ins per account within the window
    echecs_par_adresse: int  # failed sign-ins per IP address; a training centre shares one
    echecs_fenetre: int  # seconds
    liens_par_heure: int  # sign-in links per account
    reinitialisations_par_jour: int  # password reset links per account
    ecritures: int  # factor on the hourly limits of one person (journal.allowances); above 1 for benchmarks
    api_par_minute: int  # requests of the open API, for each requester and each process
    proxies: int  # number of trusted reverse proxies, which give the visitor's IP address

    @property
    def https(self) -> bool:
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def as_flask(self) -> dict[str, Any]:
        prefix = "__Host-" if self.https else ""
        return {
            "MSE": self,
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": list(self.old_secret_keys),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # keeps typed text out of the logs
            "TRUSTED_HOSTS": [self.host, *(_LOCAL if self.host in _LOCAL else ())],
            "SESSION_COOKIE_NAME": f"{prefix}mse",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,
            "REMEMBER_COOKIE_NAME": "no;such;cookie",  # Flask-Login's remember cookie is not used
            "PREFERRED_URL_SCHEME": "https" if self.https else "http",
            "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,  # the longest form has four texts of 5,000 characters
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,  # Flask's default of 500 kB would refuse a long paste
            "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the session
            "WTF_CSRF_SSL_STRICT": False,  # the session cookie is SameSite and host-bound already
            "MSE_ECHECS_PAR_COMPTE": self.echecs_par_compte,
            "MSE_ECHECS_PAR_ADRESSE": self.echecs_par_adresse,
            "MSE_ECHECS_FENETRE": self.echecs_fenetre,
            "WTF_I18N_ENABLED": False,  # see core.web.forms
            "MSE_LIENS_PAR_HEURE": self.liens_par_heure,
            "MSE_REINITIALISATIONS_PAR_JOUR": self.reinitialisations_par_jour,
            "BABEL_DEFAULT_LOCALE": "fr",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
            **self.mail,
        }


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment. Raises `ConfigDangereuse`."""
    mode = environ.get("MSE_MODE", "demo")
    if mode not in ("demo", "production"):
        raise ConfigDangereuse("MSE_MODE vaut « demo » ou « production ».")
    instance = Path(environ.get("MSE_INSTANCE") or _HOME / "instance").resolve()
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)  # readable by this user only
        secret_key = _read_secret(environ, mode, instance)
    except OSError as error:
        raise ConfigDangereuse(
            f"le dossier MSE_INSTANCE, {instance}, doit pouvoir être écrit ({error.strerror})."
        ) from None
    url = _read_url(environ, mode)
    return Settings(
        mode=mode,
        url=url,
        secret_key=secret_key,
        old_secret_keys=tuple(environ.get("MSE_SECRET_KEY_OLD", "").split()),
        database_url=_read_database_url(environ, instance),
        journaux=_read_journaux(environ),
        jeton_metriques=_read_jeton(environ, "MSE_JETON_METRIQUES"),
        jeton_retours=_read_jeton(environ, "MSE_JETON_RETOURS"),
        notifications_mois=max(1, _read_int(environ, "MSE_NOTIFICATIONS_MOIS", 12)),
        instance=instance,
        mail=_read_mail(environ, mode, urlsplit(url).hostname or "localhost"),
        echecs_par_compte=_read_int(environ, "MSE_ECHECS_PAR_COMPTE", 10),
        echecs_par_adresse=_read_int(environ, "MSE_ECHECS_PAR_ADRESSE", 100),
        echecs_fenetre=_read_int(environ, "MSE_ECHECS_FENETRE", 300),
        liens_par_heure=_read_int(environ, "MSE_LIENS_PAR_HEURE", 5),
        reinitialisations_par_jour=_read_int(environ, "MSE_REINITIALISATIONS_PAR_JOUR", 5),
        ecritures=max(1, _read_int(environ, "MSE_ECRITURES", 1)),
        api_par_minute=max(1, _read_int(environ, "MSE_API_PAR_MINUTE", 120)),
        proxies=_read_int(environ, "MSE_PROXIES", 0),
    )


def _read_url(environ: Mapping[str, str], mode: str) -> str:
    url = environ.get("MSE_URL", "").rstrip("/")
    if not url:
        if mode == "production":
            raise ConfigDangereuse(
                "en production, MSE_URL doit donner l’adresse publique du site (https://…)."
            )
        return "http://127.0.0.1:8000"
    parts = _split(url)
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
    ):
        raise ConfigDangereuse("MSE_URL doit être une adresse sans chemin, comme https://mission.example.")
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise ConfigDangereuse(
            "MSE_URL doit commencer par https:// : sans chiffrement, les mots de passe se lisent."
        )
    if mode == "demo" and parts.hostname not in _LOCAL:
        raise ConfigDangereuse("le mode démo ne sert que cette machine : MSE_URL doit rester sur 127.0.0.1.")
    return url


def _split(url: str) -> SplitResult | None:
    """Return None if the URL or its port is invalid."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def _read_secret(environ: Mapping[str, str], mode: str, instance: Path) -> str:
    secret = environ.get("MSE_SECRET_KEY", "")
    if mode == "production":
        if not secret:
            raise ConfigDangereuse(
                "en production, MSE_SECRET_KEY doit contenir un secret d’au moins 32 caractères."
            )
        if len(secret) < 32 or len(set(secret)) < 10:
            raise ConfigDangereuse(
                "MSE_SECRET_KEY est trop facile à deviner : au moins 32 caractères tirés au hasard."
            )
        return secret
    return secret or _generated_secret(instance / "secret")


def _generated_secret(path: Path) -> str:
    """Return the secret stored in the file, which is created if needed. Web and worker may start together:
    the first one creates the file, the other reads it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _wait_for(path) or _draw_anew(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text("ascii")


def _wait_for(path: Path) -> str:
    """Read the secret that another process is writing.
    Empty if a full disk or a power cut has left the file empty."""
    for _ in range(20):
        if secret := path.read_text("ascii"):
            return secret
        time.sleep(0.05)
    return ""


def _draw_anew(path: Path) -> str:
    """Replace the file of the secret, which is empty."""
    path.unlink(missing_ok=True)
    return _generated_secret(path)


def _read_database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("MSE_DATABASE_URL", "")
    if not url:
        return _default_database_url(instance)
    if urlsplit(url).scheme not in DATABASES:
        raise ConfigDangereuse("MSE_DATABASE_URL commence par postgresql:// ou sqlite:///.")
    _require_driver(url)
    return url


def _require_driver(url: str) -> None:
    """Raise `ConfigDangereuse` if PostgreSQL is used without psycopg,
    which a minimal installation does not have."""
    if urlsplit(url).scheme.startswith("postgresql") and find_spec("psycopg") is None:
        raise ConfigDangereuse(
            "MSE_DATABASE_URL demande le module « psycopg », qui manque ici : "
            "installez l’extra « postgres » "
            "de mse, ou tout ce que nomme requirements/all.txt."
        )


def _default_database_url(instance: Path) -> str:
    """Return the URL of the SQLite file of the instance. The path is escaped, because a «?» in it would begin
    the query string."""
    return URL.create("sqlite", database=str(instance / "mse.db")).render_as_string()


def _read_journaux(environ: Mapping[str, str]) -> str:
    journaux = environ.get("MSE_JOURNAUX") or JOURNAUX[0]
    if journaux not in JOURNAUX:
        raise ConfigDangereuse("MSE_JOURNAUX vaut « texte » ou « json ».")
    return journaux


def _read_jeton(environ: Mapping[str, str], name: str) -> str:
    jeton = environ.get(name, "")
    if jeton and len(jeton) < 24:
        raise ConfigDangereuse(f"{name} est trop court : au moins 24 caractères tirés au hasard.")
    return jeton


def _read_mail(environ: Mapping[str, str], mode: str, host: str) -> dict[str, Any]:
    """Read the mail settings. MSE_MAIL_SERVER=fichiers, the default in demo mode, writes each mail to a file
    in instance/courriels/. These files contain secret links and are never deleted."""
    server = environ.get("MSE_MAIL_SERVER") or ("" if mode == "production" else FICHIERS)
    if not server:
        raise ConfigDangereuse(
            "en production, MSE_MAIL_SERVER doit nommer un serveur de courriel ; « fichiers » écrit chaque "
            "courriel, liens secrets compris, dans instance/courriels/."
        )
    tls = environ.get("MSE_MAIL_TLS") or "starttls"
    if tls not in ("starttls", "ssl", "non"):
        raise ConfigDangereuse("MSE_MAIL_TLS vaut « starttls », « ssl » ou « non ».")
    if mode == "production" and tls == "non" and server not in {*_LOCAL, FICHIERS}:
        raise ConfigDangereuse(
            "MSE_MAIL_TLS=non n’est permis qu’avec un serveur de courriel sur la machine même."
        )
    return {
        "MAIL_SERVER": "" if server == FICHIERS else server,
        "MAIL_PORT": _read_int(environ, "MSE_MAIL_PORT", 465 if tls == "ssl" else 587),
        "MAIL_USERNAME": environ.get("MSE_MAIL_USERNAME") or None,
        "MAIL_PASSWORD": environ.get("MSE_MAIL_PASSWORD") or None,
        "MAIL_USE_TLS": tls == "starttls",
        "MAIL_USE_SSL": tls == "ssl",
        "MAIL_DEFAULT_SENDER": environ.get("MSE_MAIL_SENDER") or f"ne-pas-repondre@{host}",
    }


def _read_int(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit()):
        raise ConfigDangereuse(f"{name} doit être un nombre entier, zéro ou plus.")
    return int(text)
