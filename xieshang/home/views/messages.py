"""What one was told, and how one wishes to be told."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import page, put
from xieshang.lib.paging import page_since
from xieshang.notify.queries import messages_of, wish_of
from xieshang.notify.services import mark_read, wish

from ..forms import WishForm


@require_GET
@login_required
def messages(request: HttpRequest) -> HttpResponse:
    """All messages left with me, newest first."""
    told = messages_of(request.actor).prefetch_related("lines")
    return render(request, "home/messages.html", {"page": page_since(told, "at", request.GET.get("after", ""))})


@require_POST
@login_required
def open_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    message = get_object_or_404(messages_of(request.actor), pk=message_id)
    mark_read(request.actor, message.pk)
    return redirect(message.url or "home:messages")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every message as read."""
    mark_read(request.actor)
    return redirect("home:messages")


@require_http_methods(["GET", "POST"])
@login_required
def message_wish(request: HttpRequest) -> HttpResponse:
    """How I wish to hear of what I only follow."""
    form = WishForm(request.POST or None, initial={"followed": wish_of(request.actor)})
    again = page(request, "home/message_wish.html", form=form)
    return put(request, form, partial(wish, request.actor), again, _("记下了。")) or redirect("home:messages")
