"""指导意见: the list, one opinion, and its five acts."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import Act, chosen, make, page, put
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.matters.queries import named

from ..forms import guidance as f
from ..models import Guidance
from ..queries import guidance as queries
from ..rules.guidance import Addressee
from ..services import guidance as services


@never_cache
@login_required
@require_GET
def guidance(request: HttpRequest) -> HttpResponse:
    """The opinions that this office gives, gets or watches over."""
    shown = request.GET.get("show", "")
    found = queries.guidance_list(request.actor, shown, request.GET.get("after", ""))
    path = request.actor.office.place_path if request.actor.office else ""
    may = {verb: has_perm(f"coordination.{verb}_guidance", request.actor, path) for verb in ("see", "ask", "give")}
    context = {"page": found, "tabs": queries.tabs_of(shown), "may": may, "on_votes": shown == queries.VOTES}
    return render(request, "coordination/guidance.html", context | {"query": f"show={shown}&" if shown else ""})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask_guidance(request: HttpRequest) -> HttpResponse:
    """Ask the Party organisation for its opinion."""
    bodies = queries.bodies_to_guide(request.actor)
    form = f.AskForm(request.POST or None, bodies=bodies, initial=_begun(request))

    def write(given: dict[str, Any]) -> Guidance:
        return services.ask_guidance(request.actor, _subject(request, given), request=given["request"])

    return _begin(request, form, write, "ask")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def offer_guidance(request: HttpRequest) -> HttpResponse:
    """Give an opinion that nobody asked for."""
    bodies = queries.bodies_to_guide(request.actor)
    form = f.OfferForm(request.POST or None, bodies=bodies, initial=_begun(request))

    def write(given: dict[str, Any]) -> Guidance:
        words = {name: given[name] for name in f.GiveForm.base_fields}
        return services.offer_guidance(request.actor, _subject(request, given), **words)

    return _begin(request, form, write, "give")


def _begun(request: HttpRequest) -> dict[str, object]:
    """What the page one came from has said already."""
    return {name: request.GET[name] for name in ("title", "occasion", "body_id") if name in request.GET}


def _subject(request: HttpRequest, words: dict[str, Any]) -> services.Subject:
    body = next(body for body in queries.bodies_to_guide(request.actor) if body.pk == words["body_id"])
    addressee = Addressee.ASSEMBLY if words["for_assembly"] else queries.addressee_of(body)
    matter = named(request.actor, request.GET.get("about", ""))
    return services.Subject(words["title"], addressee, body.pk, words["occasion"], matter)


def _begin(request: HttpRequest, form: forms.Form, write: Callable[..., Guidance], verb: str) -> HttpResponse:
    office = request.actor.office
    if office is None or not has_perm(f"coordination.{verb}_guidance", request.actor, office.place_path):
        raise NotAllowed(
            f"coordination.{verb}_guidance", _("指导意见由党组织提，业委会、物管会、居委会、物业企业和街道可以请求。")
        )
    again = page(request, "coordination/begin_guidance.html", form=form, asks=verb == "ask")

    def onward(begun: Guidance) -> HttpResponse:
        messages.success(request, _("已送出。"))
        return redirect(begun)

    return make(request, form, lambda **given: write(given), again, onward)


@never_cache
@login_required
@require_GET
def guidance_one(request: HttpRequest, guidance_id: int) -> HttpResponse:
    """One opinion with its answer."""
    return _page(request, guidance_id)


def _page(request: HttpRequest, guidance_id: int, status: int = 200, **more: object) -> HttpResponse:
    context: dict[str, object] = {
        "page": queries.guidance_page(request.actor, guidance_id),
        "give": f.GiveForm(),
        "answer": f.AnswerForm(label_suffix=""),
        "why": f.WhyForm(label_suffix=""),
    }
    return render(request, "coordination/guidance_one.html", context | more, status=status)


# The acts on one opinion.
ACTS: dict[str, Act[forms.Form]] = {
    "give": Act(f.GiveForm, services.give_guidance, later("意见已送出。")),
    "answer": Act(f.AnswerForm, services.answer_guidance, later("答复已送出。")),
    "take_back": Act(f.WhyForm, services.take_back_guidance, later("请求已收回。")),
    "withdraw": Act(f.WhyForm, services.withdraw_guidance, later("意见已撤回。")),
}
# The names that their forms have on the page, where they share one.
NAMES = {"take_back": "why", "withdraw": "why"}


@login_required
@require_POST
def act_on_guidance(request: HttpRequest, guidance_id: int, step: str) -> HttpResponse:
    """Give, answer, take back or withdraw."""
    act = chosen(ACTS, step)
    form = act.form(request.POST, label_suffix="")
    typed: dict[str, Any] = {"form": form, NAMES.get(step, step): form}
    again = partial(_page, request, guidance_id, **typed)
    write = partial(act.verb, request.actor, guidance_id)
    return put(request, form, write, again, act.done) or redirect("coordination:guidance_one", guidance_id)
