"""Tasks of the worker besides the mails (assembly)"""

from collections.abc import Callable
from functools import partial

from mse.avis.use_cases import demander_toutes_les_durabilites
from mse.bilans.use_cases.compter import compter_trimestres
from mse.bilans.use_cases.envoyer_a_tous import envoyer_a_tous
from mse.bilans.views.papier import balayer_bilans, imprimer_bilans
from mse.classe import conservation as classe_conservation
from mse.classe.use_cases.effacer import annoncer_attentes
from mse.comptes import conservation as comptes_conservation
from mse.confidentiel import conservation as confidentiel_conservation
from mse.core import conservation
from mse.core.files import sweep
from mse.donnees_personnelles.purger import purger_la_nuit
from mse.doublons.use_cases.comparer import compare_due
from mse.echanges import conservation as echanges_conservation
from mse.echanges.models import PieceMessage
from mse.fiches.models import Piece
from mse.imports.use_cases.importer_liste import balayer_imports, importer_liste
from mse.impressions.use_cases import imprimer, oublier_impressions
from mse.initiatives.models import Document
from mse.journal import conservation as journal_conservation
from mse.masquage import conservation as masquage_conservation
from mse.meteo import use_cases as compteurs_meteo
from mse.meteo.pdfs import balayer_pdfs
from mse.meteo.views.papier import imprimer_bulletins
from mse.notifications import conservation as notifications_conservation
from mse.notifications.resumes import envoyer_resumes
from mse.notifications.resumes_suivis import envoyer_resumes_suivis
from mse.passation import conservation as passation_conservation
from mse.recherche.use_cases import index_due
from mse.redaction import conservation as redaction_conservation
from mse.redaction.models import PieceReponse
from mse.relances.use_cases.relancer import relancer_du_jour
from mse.reperes.use_cases.finir import demander_revues
from mse.signalements import conservation as signalements_conservation
from mse.suivis import conservation as suivis_conservation
from mse.suivis.use_cases import demander_de_rester

Task = Callable[[], object]

SECOND: list[Task] = [
    envoyer_a_tous,
    imprimer_bulletins,
    imprimer_bilans,
    imprimer,
    importer_liste,
    index_due,
    compare_due,
]
HOUR: list[Task] = [
    balayer_imports,
    *(partial(sweep, model) for model in (Piece, Document, PieceMessage, PieceReponse)),
    balayer_pdfs,
    balayer_bilans,
    demander_toutes_les_durabilites,
    demander_de_rester,
    compter_trimestres,
    oublier_impressions,
    demander_revues,
    purger_la_nuit,
]
TEN_MINUTES: list[Task] = [
    relancer_du_jour,
    compteurs_meteo.actualiser,
    envoyer_resumes,
    envoyer_resumes_suivis,
    annoncer_attentes,
]
# What the nightly job deletes.
for termes in (
    comptes_conservation,
    classe_conservation,
    passation_conservation,
    echanges_conservation,
    redaction_conservation,
    masquage_conservation,
    signalements_conservation,
    confidentiel_conservation,
    suivis_conservation,
    notifications_conservation,
    journal_conservation,
):
    conservation.declare(termes.TERMES)
