"""What a form is sent for: the form is asked, then the verb, and what was typed stays where it was not done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise

from .refusals import RuleViolation


@dataclass(frozen=True, slots=True)
class Act[Shape: forms.Form]:
    """One form and one verb that takes its fields as keywords, after the actor and the id; what is said when done."""

    form: Callable[..., Shape]
    verb: Callable[..., Any]
    done: str | Promise = ""


def chosen[Shape: forms.Form](acts: Mapping[str, Act[Shape]], name: str) -> Act[Shape]:
    """The act of this name; an unknown one is a page that is not there."""
    if name not in acts:
        raise Http404
    return acts[name]


def put(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[..., object],
    again: Callable[..., HttpResponse],
    done: str | Promise = "",
) -> HttpResponse | None:
    """Write what the form holds and say so; None when it is done.

    Otherwise the page again, as `again` gives it: status 422 for a form to set right, 409 with the refusal.
    """
    if not form.is_valid():
        return again(status=422)
    return do(request, lambda: write(**form.cleaned_data), again, done)


def do(
    request: HttpRequest, act: Callable[[], object], again: Callable[..., HttpResponse], done: str | Promise = ""
) -> HttpResponse | None:
    """Do what needs no form, and say so; None when it is done, else the page again, status 409, with the refusal."""
    try:
        act()
    except RuleViolation as refused:
        return again(status=409, refusal=refused)
    if done:
        messages.success(request, str(done))
    return None
