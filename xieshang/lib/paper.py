"""A page as a PDF file, where the machine can make one."""

import ctypes.util
from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings

SHEETS = Path(settings.STATICFILES_DIRS[0]) / "css"


@cache
def pdf_is_possible() -> bool:
    """Whether this machine has the library that sets text; without it the page is printed by the browser."""
    return ctypes.util.find_library("pango-1.0") is not None


def pdf_of(html: str, sheet: str = "notice-print.css", variant: str | None = None) -> bytes | None:
    """The page as a PDF with its fonts embedded, from the same sheet as paper; None where the machine cannot.

    `variant` is a standard such as pdf/a-3b, for what is kept for long.
    """
    if not pdf_is_possible():
        return None
    try:
        # Here and not on top: it takes half a second to load, and is not there without its system library.
        weasyprint = import_module("weasyprint")
    except OSError:
        return None
    css = (SHEETS / sheet).read_text(encoding="utf-8")
    page = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing)
    return bytes(page.write_pdf(stylesheets=[weasyprint.CSS(string=css)], pdf_variant=variant))


def _fetch_nothing(url: str) -> dict[str, object]:
    """Nothing outside the page is loaded: no address in a text makes this server ask another one."""
    raise ValueError(url)
