"""The short address, its QR picture, and hearing of a matter or not."""

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.addresses import whole_address

from . import services
from .queries import visible_matter
from .rules import FollowReason


@require_GET
def short(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Lead from the short address to the page of the thing."""
    return redirect(visible_matter(request.actor, matter_id))


@require_GET
def qr(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The short address as a QR picture."""
    matter = visible_matter(request.actor, matter_id)
    out = io.BytesIO()
    address = whole_address("matters:short", matter.pk)
    segno.make(address, micro=False).save(out, kind="svg", scale=4, border=2, svgclass=None, lineclass=None)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@require_POST
def follow(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Hear of a matter from now on, or no longer."""
    matter = visible_matter(request.actor, matter_id)
    if request.actor.person_id is None:
        return redirect(settings.LOGIN_URL)
    if request.POST.get("quiet"):
        services.mute(matter, request.actor.person_id)
    else:
        services.follow(matter, request.actor.person_id, FollowReason.ASKED)
    return redirect(matter)
