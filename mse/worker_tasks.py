"""Tasks of the worker besides the mails (assembly)"""

from collections.abc import Callable
from functools import partial

from mse.avis.use_cases import demander_toutes_les_durabilites
from mse.bilans.use_cases.compter import compter_trimestres
from mse.bilans.use_cases.envoyer_a_tous import envoyer_a_tous
from mse.bilans.views.papier import balayer_bilans, imprimer_bilans
from mse.classe.use_cases.effacer import annoncer_attentes, effacer_a_temps
from mse.comptes.use_cases import oublier_adresses_invitees, oublier_jetons
from mse.confidentiel.use_cases.tenir import oublier_confidences
from mse.core.files import sweep
from mse.doublons.use_cases.comparer import compare_due
from mse.echanges.models import PieceMessage
from mse.echanges.use_cases import oublier_echanges
from mse.fiches.models import Piece
from mse.imports.use_cases.importer_liste import balayer_imports, importer_liste
from mse.impressions.use_cases import imprimer, oublier_impressions
from mse.initiatives.models import Document
from mse.masquage.use_cases import oublier_originaux
from mse.meteo import use_cases as compteurs_meteo
from mse.meteo.pdfs import balayer_pdfs
from mse.meteo.views.papier import imprimer_bulletins
from mse.notifications.reglages import oublier_notifications
from mse.notifications.resumes import envoyer_resumes
from mse.notifications.resumes_suivis import envoyer_resumes_suivis
from mse.passation.use_cases import oublier_mots
from mse.recherche.use_cases import index_due
from mse.redaction.models import PieceReponse
from mse.redaction.use_cases.brouillons import oublier_brouillons
from mse.redaction.use_cases.fichiers import effacer_pieces_masquees
from mse.relances.use_cases.relancer import relancer_du_jour
from mse.reperes.use_cases.finir import demander_revues
from mse.signalements.use_cases import oublier_signalements
from mse.suivis.use_cases import entretenir_adresses

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
    oublier_jetons,
    oublier_adresses_invitees,
    entretenir_adresses,
    oublier_notifications,
    oublier_brouillons,
    effacer_pieces_masquees,
    oublier_echanges,
    oublier_confidences,
    effacer_a_temps,
    compter_trimestres,
    oublier_impressions,
    oublier_mots,
    oublier_originaux,
    oublier_signalements,
    demander_revues,
]
TEN_MINUTES: list[Task] = [
    relancer_du_jour,
    compteurs_meteo.actualiser,
    envoyer_resumes,
    envoyer_resumes_suivis,
    annoncer_attentes,
]
