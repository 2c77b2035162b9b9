"""Filters, globals and cached macros of the templates (assembly)"""

from flask import Flask, g, request

from mse.core.dates import FILTERS
from mse.core.files import readable_size
from mse.core.html import excerpt, list_chapters
from mse.core.registry import write_count
from mse.core.text import initials, nombre
from mse.core.web import lien, moi, static, url_pattern
from mse.core.working_days import count_working_days
from mse.demarche import get_demarche
from mse.labels import LIBELLES
from mse.notifications.lecture import count_unread
from mse.representation.api import count_travaux
from mse.soutiens.api import dire_aussi

# Macros that depend on their arguments alone, and how many of their results each process caches.
CACHED_MACROS = (
    ("layouts/_toujours.html", "entrees", 32),
    ("layouts/_toujours.html", "pied", 1),
    ("initiatives/_carte.html", "carte_initiative", 200),
    ("accueil/_corps.html", "corps_accueil", 4),
    ("fiches/_carte.html", "carte", 1000),
    ("accueil/_rang.html", "echeance", 500),
    ("accueil/_rang.html", "corps_rang", 500),
    ("meteo/_corps.html", "corps_meteo", 64),
)


def prepare(app: Flask) -> None:
    """Add what all templates use to the environment, and what all pages show to their context."""
    app.jinja_env.filters.update(
        FILTERS,
        nombre=nombre,
        plafonne=write_count,
        poids=readable_size,
        jours_ouvres=count_working_days,
        initiales=initials,
        extrait=excerpt,
        chapitres=list_chapters,
    )
    app.jinja_env.install_words()  # type: ignore[attr-defined]
    for template, macro, answers in CACHED_MACROS:
        app.jinja_env.cache_macro(template, macro, answers)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        count_unread=count_unread, count_travaux=count_travaux, dire_aussi=dire_aussi
    )
    app.jinja_env.globals.update(lien=lien, url_pattern=url_pattern, static_url=static.static_url)
    app.jinja_env.globals.update(demarche=get_demarche(), logo_url=static.logo_url(), LIBELLES=LIBELLES)

    @app.context_processor
    def _for_every_page() -> dict[str, object]:
        theme = request.cookies.get("theme", "") if request else ""
        return {
            "moi": moi()
            if request and not g.get("sobre")
            else None,  # an error page marked `sobre` makes no query
            "mode": app.config["MSE"].mode,
            "ce_formulaire": g.get("adresse_reprise") or request.path if request else "",
            "theme": theme if theme in ("light", "dark") else "",
        }
