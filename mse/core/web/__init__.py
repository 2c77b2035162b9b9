"""HTTP layer common to all capabilities: access control, forms, error handlers, headers, links."""

from mse.core.web.confirmations import confirm
from mse.core.web.doors import CONNECTE, PUBLIC, droit, moi
from mse.core.web.files import accepts_files, get_files, send_stored
from mse.core.web.forms import (
    FichiersForm,
    Formulaire,
    FormulaireVersionne,
    GesteForm,
    NombreField,
    SuppressionForm,
    Visible,
    cle_field,
    email_field,
    options,
    render,
)
from mse.core.web.links import lien, own_path, redirect_untraced
from mse.core.web.reading import write_afterwards
from mse.core.web.resume import reprendre
from mse.core.web.seen import sign_return

__all__ = [
    "CONNECTE",
    "PUBLIC",
    "FichiersForm",
    "Formulaire",
    "FormulaireVersionne",
    "GesteForm",
    "NombreField",
    "SuppressionForm",
    "Visible",
    "accepts_files",
    "cle_field",
    "confirm",
    "droit",
    "email_field",
    "get_files",
    "lien",
    "moi",
    "options",
    "own_path",
    "redirect_untraced",
    "render",
    "reprendre",
    "send_stored",
    "sign_return",
    "write_afterwards",
]
