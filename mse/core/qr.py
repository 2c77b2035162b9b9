"""Draw QR codes."""

import segno
from markupsafe import Markup

from mse.core.text import _


def draw_qr(adresse: str, titre: str = "") -> Markup:
    """Return the QR code of a URL as inline SVG. `titre`: what it is, for people who do not see it."""
    qr = segno.make(adresse, error="m", micro=False)
    titre = titre or _("Code QR de cette adresse")
    return Markup(qr.svg_inline(border=4, light="white", omitsize=True, title=titre))
