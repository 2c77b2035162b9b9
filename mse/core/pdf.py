"""Write accessible PDF documents (PDF/UA) with WeasyPrint, if it is installed (extra `pdf`)."""

import logging
from functools import cache

logger = logging.getLogger(__name__)


@cache
def can_write_pdf() -> bool:
    """True if WeasyPrint can be imported. The import takes a second or two: use it in the worker and commands
    only. The reason of a failure is logged once."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as problem:  # OSError: the system lacks pango
        logger.warning("no PDF on this machine: %s", str(problem).splitlines()[0])
        return False
    return True


def write_pdf(html: str, css: str) -> bytes:
    """Return the PDF of a page. `html` and `css` are self-contained: no file or network is read."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    page = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[weasyprint.CSS(string=css)]))
