"""Pages of paper as PDF/UA, which a screen reader reads: WeasyPrint, where it is installed (extra `pdf`)."""

import logging
from functools import cache

logger = logging.getLogger(__name__)


@cache
def can_write_pdf() -> bool:
    """Its import takes a second or two: for the worker and commands. The reason of a no is logged once."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as problem:  # OSError: the system lacks pango
        logger.warning("no PDF on this machine: %s", str(problem).splitlines()[0])
        return False
    return True


def write_pdf(html: str, css: str) -> bytes:
    """Both bring everything along: nothing is fetched, from no network and no disk."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    page = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[weasyprint.CSS(string=css)]))
