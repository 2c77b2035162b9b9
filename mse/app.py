"""Application factory: the only module that imports every capability."""

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from mse import worker_tasks
from mse.accueil import lectures as accueil_lectures
from mse.accueil import views as accueil
from mse.affiches import handlers as affiches_handlers
from mse.affiches import views as affiches
from mse.annuaire import handlers as annuaire_handlers
from mse.annuaire import views as annuaire
from mse.annuaire.queries import load_appartenances
from mse.annuaire.queries.personnes import AUTRES_LIENS
from mse.attestations import views as attestations
from mse.avis import lectures as avis_lectures
from mse.avis import views as avis
from mse.bilans import views as bilans
from mse.classe import handlers as classe_handlers
from mse.classe import lectures as classe_lectures
from mse.classe import views as classe
from mse.comptes import sessions
from mse.comptes import views as comptes
from mse.comptes.queries import WITH_COMPTE
from mse.confidentiel import handlers as confidentiel_handlers
from mse.confidentiel import lectures as confidentiel_lectures
from mse.confidentiel import views as confidentiel
from mse.config import RESOURCES, Settings, read_settings
from mse.core import database
from mse.core.dates import FILTERS
from mse.core.files import readable_size
from mse.core.html import excerpt, list_chapters
from mse.core.registry import write_count
from mse.core.text import initials, nombre
from mse.core.web import access, error_handlers, headers, logs, moi, static, transactions
from mse.core.web.row_ids import RowId
from mse.core.web.templates import Environment
from mse.core.working_days import count_working_days
from mse.courriels.tous import MAILS
from mse.demarche import check_pictograms, choose, get_demarche
from mse.demo import views as demo
from mse.depot import lectures as depot_lectures
from mse.depot import views as depot
from mse.depot.a_cote import A_COTE
from mse.depot.views.deposer import DETOURS
from mse.donnees_personnelles import views as donnees_personnelles
from mse.doublons import handlers as doublons_handlers
from mse.doublons import views as doublons
from mse.doublons.queries.fusions import get_groupe
from mse.echanges import handlers as echanges_handlers
from mse.echanges import lectures as echanges_lectures
from mse.echanges import views as echanges
from mse.extensions import babel, csrf, db, login_manager, mail
from mse.fiches import handlers as fiches_handlers
from mse.fiches import views as fiches
from mse.fiches.queries.autres import AIDES, BLOCS, ECRIVANTS, PORTEURS, SUIVRE
from mse.fiches.queries.pages import INITIATIVES_DE
from mse.fiches.queries.passages import PIECES_DE
from mse.fiches.queries.reperes import REPERES_POUR
from mse.fiches.views.traiter import RECEPTIONS
from mse.imports import views as imports
from mse.initiatives import lectures as initiatives_lectures
from mse.initiatives import views as initiatives
from mse.initiatives.queries import list_initiatives_de
from mse.journal import handlers as journal
from mse.labels import LIBELLES
from mse.masquage import views as masquage
from mse.meteo import handlers as meteo_handlers
from mse.meteo import views as meteo
from mse.moderation import lectures as moderation_lectures
from mse.moderation import views as moderation
from mse.notifications import handlers as notifications_handlers
from mse.notifications import views as notifications
from mse.notifications.apercus import preview_answer
from mse.notifications.worker import EVERY_HOUR, EVERY_SECOND, EVERY_TEN_MINUTES
from mse.ouverture import views as ouverture
from mse.passation import handlers as passation_handlers
from mse.passation import lectures as passation_lectures
from mse.passation import views as passation
from mse.recherche import handlers as recherche_handlers
from mse.recherche import views as recherche
from mse.recherche.fournisseurs import REGISTRY
from mse.recherche.fournisseurs.tous import RECHERCHES
from mse.redaction import handlers as redaction_handlers
from mse.redaction import views as redaction
from mse.redaction.queries.aide import get_aide
from mse.redaction.queries.apercu import COURRIELS
from mse.redaction.queries.brouillons import map_ecrivants
from mse.redaction.queries.fichiers import map_pieces_de
from mse.relances import lectures as relances_lectures
from mse.relances import views as relances
from mse.reperes import handlers as reperes_handlers
from mse.reperes import lectures as reperes_lectures
from mse.reperes import views as reperes
from mse.reperes.queries.listes import get_bloc, get_deja_regle
from mse.representation import handlers as representation_handlers
from mse.representation import views as representation
from mse.representation.api import TRAVAUX, count_travaux
from mse.representation.queries import load_mandats
from mse.representation.queries.mandats import list_comptes_lies
from mse.responsables import handlers as responsables_handlers
from mse.responsables import views as responsables
from mse.signalements import lectures as signalements_lectures
from mse.signalements import views as signalements
from mse.soutiens import views as soutiens
from mse.soutiens.queries import get_etat
from mse.suivis import views as suivis
from mse.suivis.queries.cibles import list_boutons
from mse.travail import handlers as travail_handlers
from mse.travail import lectures as travail_lectures
from mse.travail import views as travail
from mse.travail.queries import map_porteurs

# Importing a module registers its event handlers. The list shows them all in one place.
HANDLERS = (
    affiches_handlers,
    annuaire_handlers,
    classe_handlers,
    confidentiel_handlers,
    doublons_handlers,
    echanges_handlers,
    fiches_handlers,
    journal,
    *MAILS,
    meteo_handlers,
    notifications_handlers,
    passation_handlers,
    recherche_handlers,
    redaction_handlers,
    reperes_handlers,
    representation_handlers,
    responsables_handlers,
    travail_handlers,
)
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
# Loader options for the roles of the signed-in account.
WITH_COMPTE += [load_appartenances, load_mandats]
# `fiches` does not import `initiatives`, but its page lists the initiatives of a fiche.
INITIATIVES_DE.append(list_initiatives_de)
# `fiches` does not import `redaction` either, which helps to write an answer, previews it and has its files.
AIDES.append(get_aide)
ECRIVANTS.append(map_ecrivants)
COURRIELS.append(preview_answer)
PIECES_DE.append(map_pieces_de)
RECEPTIONS.append(redaction.receive_answer)
REPERES_POUR.append(get_deja_regle)
# Nor `suivis`, whose buttons stand on its pages.
SUIVRE.append(list_boutons)
# Nor `soutiens` and `doublons`, whose blocks stand there too; `depot` shows similar fiches before its next
# step.
BLOCS += [get_etat, get_groupe, get_bloc]
DETOURS.append(doublons.pareilles.detour)
# What the class sends stands beside the field that it belongs to.
A_COTE.append(classe.a_cote.DE_LA_CLASSE)
# `travail` says who of the team has a saisine.
PORTEURS.append(map_porteurs)
# Other roles through which an agent may know that a compte exists (see `list_reconnus`).
AUTRES_LIENS.append(list_comptes_lies)
EVERY_SECOND += worker_tasks.SECOND
EVERY_TEN_MINUTES += worker_tasks.TEN_MINUTES
EVERY_HOUR += worker_tasks.HOUR
REGISTRY.add(*RECHERCHES)
# What waits for a person, in the order of «Mon espace».
for lectures in (
    confidentiel_lectures,
    passation_lectures,
    echanges_lectures,
    avis_lectures,
    classe_lectures,
    depot_lectures,
    travail_lectures,
    signalements_lectures,
    moderation_lectures,
    relances_lectures,
    reperes_lectures,
    initiatives_lectures,
    accueil_lectures,
):
    TRAVAUX.add(lectures.SOURCES)
PAGES = (
    accueil.bp,
    affiches.bp,
    annuaire.bp,
    attestations.bp,
    avis.bp,
    bilans.bp,
    classe.bp,
    comptes.bp,
    confidentiel.bp,
    demo.bp,
    depot.bp,
    donnees_personnelles.bp,
    doublons.bp,
    echanges.bp,
    fiches.bp,
    imports.bp,
    initiatives.bp,
    masquage.bp,
    meteo.bp,
    moderation.bp,
    recherche.bp,
    relances.bp,
    redaction.bp,
    notifications.bp,
    ouverture.bp,
    passation.bp,
    reperes.bp,
    representation.bp,
    responsables.bp,
    signalements.bp,
    soutiens.bp,
    suivis.bp,
    travail.bp,
)


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or read_settings()
    choose(settings.instance)
    app = logs.Application(
        __name__,
        instance_path=str(settings.instance),
        static_folder=None,
        template_folder=str(RESOURCES / "templates"),
    )
    app.config.from_mapping(settings.as_flask())
    app.jinja_environment = Environment
    app.url_map.converters["int"] = RowId
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=1)  # type: ignore[method-assign]

    logs.init_app(app)
    transactions.init_app(app)
    _bind_extensions(app)
    _prepare_templates(app)
    headers.init_app(app)
    access.deny_by_default(app)
    error_handlers.init_app(app, sign_in_page=comptes.sign_in_page)
    sessions.init_app(app)
    static.init_app(app)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database.prepare_engine(db.engine)
    csrf.init_app(app)
    login_manager.init_app(app, add_context_processor=False)
    mail.init_app(app)
    babel.init_app(app)


def _prepare_templates(app: Flask) -> None:
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
    app.jinja_env.globals.update(count_travaux=count_travaux)
    app.jinja_env.globals.update(demarche=get_demarche(), logo_url=static.logo_url(), LIBELLES=LIBELLES)
    dessins = app.jinja_env.get_template("components/dessins.html").module
    check_pictograms(get_demarche(), dessins.THEMES)  # type: ignore[attr-defined]

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
