"""HTTP layer common to all capabilities: access control, forms, error handlers, headers, links."""

from mse.core.web.access import CONNECTE, PUBLIC, droit, moi
from mse.core.web.confirmations import confirm, finish
from mse.core.web.early import refuse_early
from mse.core.web.files import accepts_files, get_files, send_stored
from mse.core.web.forms import (
    ActionForm,
    BaseForm,
    FilesForm,
    NumberField,
    SuppressionForm,
    VersionedForm,
    Visible,
    email_field,
    idempotency_field,
    options,
    render,
)
from mse.core.web.links import lien, own_path, redirect_untraced, url_pattern
from mse.core.web.resubmission import show_form_again
from mse.core.web.scripts import is_script, storage_key
from mse.core.web.seen import sign_return
from mse.core.web.transactions import write_afterwards

__all__ = [
    "CONNECTE",
    "PUBLIC",
    "ActionForm",
    "BaseForm",
    "FilesForm",
    "NumberField",
    "SuppressionForm",
    "VersionedForm",
    "Visible",
    "accepts_files",
    "confirm",
    "droit",
    "email_field",
    "finish",
    "get_files",
    "idempotency_field",
    "is_script",
    "lien",
    "moi",
    "options",
    "own_path",
    "redirect_untraced",
    "refuse_early",
    "render",
    "send_stored",
    "show_form_again",
    "sign_return",
    "storage_key",
    "url_pattern",
    "write_afterwards",
]
