"""Pages about accounts. The views hold no business rule."""

from datetime import timedelta

from flask import Blueprint, current_app

from mse.comptes.rate_limits import SignInLimits

bp: Blueprint = Blueprint("comptes", __name__)


def get_frein() -> SignInLimits:
    """Return the rate limits of this instance, configured by MSE_ECHECS_* and similar settings."""
    config = current_app.config
    return SignInLimits(
        secret=config["SECRET_KEY"],
        par_compte=max(1, config.get("MSE_ECHECS_PAR_COMPTE", 10)),
        par_adresse=max(1, config.get("MSE_ECHECS_PAR_ADRESSE", 100)),
        fenetre=timedelta(seconds=config.get("MSE_ECHECS_FENETRE", 300)),
        liens_par_heure=max(1, config.get("MSE_LIENS_PAR_HEURE", 5)),
        reinitialisations_par_jour=max(1, config.get("MSE_REINITIALISATIONS_PAR_JOUR", 5)),
    )


from mse.comptes.views import connexion, invitation, liens, mon_compte  # noqa: E402  (they add routes to bp)
from mse.comptes.views.connexion import sign_in_page  # noqa: E402

__all__ = ["bp", "connexion", "get_frein", "invitation", "liens", "mon_compte", "sign_in_page"]
