"""Trying a verb with what a form brought: done, or the refusal and the status of the same page, input kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from xieshang.lib.refusals import NotAllowed, RuleViolation


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it; status 200 for a form that was not sent yet."""

    done: bool = False
    refusal: RuleViolation | NotAllowed | None = None
    status: int = 200


def attempt(form: forms.Form, verb: Callable[..., object]) -> Attempt:
    """Call the verb with the form's values by keyword, unless the form was not sent or is not whole."""
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        verb(**form.cleaned_data)
    except RuleViolation as refusal:
        return Attempt(refusal=refusal, status=409)
    except NotAllowed as refusal:
        return Attempt(refusal=refusal, status=403)
    return Attempt(done=True)
