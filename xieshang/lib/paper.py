"""A page as a PDF file, where the machine can make one; the short address on paper as a picture."""

import ctypes.util
import io
from functools import cache
from importlib import import_module
from pathlib import Path

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

SHEETS = Path(settings.STATICFILES_DIRS[0]) / "css"
NOTICE = "notice-print.css"


@cache
def pdf_is_possible() -> bool:
    """Whether this machine has the library that sets text; without it the page is printed by the browser."""
    return ctypes.util.find_library("pango-1.0") is not None


def pdf_of(html: str, *sheets: str, variant: str | None = None) -> bytes | None:
    """The page as a PDF with its fonts embedded, from the same sheets as paper; None where the machine cannot.

    `variant` is a standard such as pdf/a-3b, for what is kept for long.
    """
    if not pdf_is_possible():
        return None
    try:
        # Here and not on top: it takes half a second to load, and is not there without its system library.
        weasyprint = import_module("weasyprint")
    except OSError:
        return None
    texts = [(SHEETS / sheet).read_text(encoding="utf-8") for sheet in sheets or (NOTICE,)]
    page = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing)
    return bytes(page.write_pdf(stylesheets=[weasyprint.CSS(string=text) for text in texts], pdf_variant=variant))


def pdf_answer(request: HttpRequest, made: bytes | None, *, name: str, otherwise: str) -> HttpResponse:
    """The file, shown in the browser; where the machine could not make one, the page `otherwise` to print."""
    if made is None:
        messages.info(request, _("这台服务器做不了PDF，请直接打印。"))
        return redirect(otherwise)
    named = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=named)


def code_of(address: str) -> SafeString:
    """The QR picture of an address, drawn into the page."""
    out = io.BytesIO()
    segno.make(address, micro=False).save(
        out, kind="svg", scale=3, border=2, xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(out.getvalue().decode())


def _fetch_nothing(url: str) -> dict[str, object]:
    """Nothing outside the page is loaded: no address in a text makes this server ask another one."""
    raise ValueError(url)
