"""Form page and redirect shared by the pages of initiatives."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.web import render
from mse.initiatives.models import Initiative


def render_action(
    initiative: Initiative, form: Any, titre: Any, champ: str, *, verbe: Any, **contexte: Any
) -> ResponseReturnValue:
    """Render the page of an action: a form with one text and one button, labelled `verbe`."""
    return render(
        "initiatives/geste.html",
        form=form,
        initiative=initiative,
        titre=titre,
        quoi=champ,
        verbe=verbe,
        **contexte,
    )


def to_detail(initiative: Initiative) -> ResponseReturnValue:
    """Redirect to the page of the initiative."""
    return redirect(url_for("initiatives.detail", initiative_id=initiative.id), 303)
