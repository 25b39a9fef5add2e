"""What a form is sent for: the form is asked, then the verb, and what was typed stays where it was not done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from .refusals import NotAllowed, Refused, RuleViolation


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


def page(request: HttpRequest, template: str, **context: object) -> Callable[..., HttpResponse]:
    """A page as `put` and `do` bring it, first and again: with the form as it was typed, and the refusal."""

    def again(status: int = 200, refusal: Refused | None = None) -> HttpResponse:
        return render(request, template, {**context, "refusal": refusal}, status=status)

    return again


def put(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[..., object],
    again: Callable[..., HttpResponse],
    done: str | Promise = "",
) -> HttpResponse | None:
    """Write what the form holds and say so; None when it is done.

    Otherwise the page, as `again` gives it: for a form that was not sent yet; status 422 for one to set right, 409 or
    403 with the refusal.
    """
    if not form.is_bound:
        return again()
    if not form.is_valid():
        return again(status=422)
    return do(request, lambda: write(**form.cleaned_data), again, done)


def make[Made](
    request: HttpRequest,
    form: forms.Form,
    write: Callable[..., Made],
    again: Callable[..., HttpResponse],
    onward: Callable[[Made], HttpResponse],
) -> HttpResponse:
    """As `put`, then on to where `onward` leads with what was made; it says that it is done."""
    made: list[Made] = []
    return put(request, form, lambda **given: made.append(write(**given)), again) or onward(made[0])


def do(
    request: HttpRequest, act: Callable[[], object], again: Callable[..., HttpResponse], done: str | Promise = ""
) -> HttpResponse | None:
    """Do what needs no form, and say so; None when it is done, else the page again, status 409 or 403, and why."""
    try:
        act()
    except RuleViolation as refused:
        return again(status=409, refusal=refused)
    except NotAllowed as refused:
        return again(status=403, refusal=refused)
    if done:
        messages.success(request, str(done))
    return None
