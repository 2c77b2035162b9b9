"""The papers of an election on A4."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from devtools.browser import DESKTOP
from devtools.demo_ids import find_demo_ids
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur


def test_les_bulletins_tiennent_a_huit_par_page_sans_page_blanche(site: Site, open_page: Any) -> None:
    nadege = sign_in(open_page(DESKTOP), "organisme@demo.example")
    nadege.goto("/promotions/{a_elire}/election/documents".format(**find_demo_ids(site)))
    nadege.get_by_label("Candidatures au siège de titulaire").fill("Samira Martin")
    nadege.get_by_label("Combien de personnes votent").fill("8")
    nadege.get_by_role("button", name="Bulletins").click()
    assert nadege.locator(".bulletin").count() == 16  # eight of a name, eight to fill by hand
    papier = nadege.pdf(prefer_css_page_size=True)
    assert len(pikepdf.open(BytesIO(papier)).pages) == 2
