"""The mark that a form page carries, by which what is sent twice from it is known; home/middleware.py does it once."""

import hashlib
import secrets

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

FIELD = "once"
# New with every page, so it says nothing of what was sent.
_OF_THE_PAGE = "csrfmiddlewaretoken"

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """The hidden field of a form that makes something; a page that comes again because of a mistake keeps its mark."""
    request = context.get("request")
    mark = (request.POST.get(FIELD) if request else "") or secrets.token_urlsafe(12)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark)


def mark_of(request: HttpRequest) -> str:
    """By what this form, sent by this person from this page with these words, is known; empty where it has no mark.

    Other words from the same page are another thing: whoever goes back, changes them and sends again means it.
    """
    if request.method != "POST" or not request.POST.get(FIELD):
        return ""
    actor = request.actor
    words = sorted((name, values) for name, values in request.POST.lists() if name != _OF_THE_PAGE)
    files = sorted((name, [(one.name, one.size) for one in sent]) for name, sent in request.FILES.lists())
    office = actor.office.id if actor.office else None
    said = (request.get_full_path(), actor.person_id, actor.hands, office, words, files)
    return hashlib.sha256(repr(said).encode()).hexdigest()
