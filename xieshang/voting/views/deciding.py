"""Doors of an owners' decision: begin it, write it anew, work on it step by step."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import Act, chosen, put
from xieshang.lib.clock import shown_now
from xieshang.lib.days import day_of
from xieshang.lib.paging import number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import queries
from ..forms import deciding as f
from ..models import Decision
from ..queries.deciding import decision_of, facts_of, stands_in
from ..queries.register import any_area
from ..rules import DECIDABLE, OptionKind
from ..rules.deciding import FIXED, State, Step
from ..services import deciding

DOORS: dict[str, Act[f.StepForm]] = {
    Step.CONFIRM_CLASS: Act(f.NoteForm, deciding.confirm_class),
    Step.CONSULT: Act(f.StepForm, deciding.consult),
    Step.GIVE_OPINION: Act(f.OpinionForm, deciding.give_opinion),
    Step.TAKE_BACK: Act(f.ReasonForm, deciding.take_back),
    Step.OPEN_ROLL: Act(f.StepForm, deciding.open_roll),
    Step.PUBLISH: Act(f.StepForm, deciding.publish),
    Step.WITHDRAW: Act(f.ReasonForm, deciding.withdraw),
    Step.EXTEND: Act(f.ExtendForm, deciding.ask_extension),
    Step.ABORT: Act(f.ReasonForm, deciding.ask_abort),
    Step.SIGN_COUNT: Act(f.SheetForm, deciding.sign_count),
    Step.PUBLISH_COUNT: Act(f.BoardsForm, deciding.publish_count),
    Step.RECOUNT: Act(f.ReasonForm, deciding.recount),
    Step.ANNOUNCE: Act(f.StepForm, deciding.announce),
    Step.CORRECT: Act(f.ReasonForm, deciding.correct),
    Step.ANNUL: Act(f.AnnulForm, deciding.annul),
}


@never_cache
@login_required
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """To the draft of a decision: of the only estate this office may convene, else one is chosen."""
    office = request.actor.office
    if office is None or not has_perm("voting.see_registers", request.actor, office.place_path):
        raise NotAllowed("draft_decision", _("业主表决由业委会、物管会召集；没有的，由居委会或街道代为召集。"))
    areas = queries.areas_to_convene(request.actor)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    if len(areas) == 1:
        return redirect(reverse("voting:draft_decision", args=[areas[0].pk]) + query)
    return render(request, "voting/begin.html", {"areas": areas, "query": query})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def draft_decision(request: HttpRequest, area_id: int) -> HttpResponse:
    """Begin a decision: what it is about, in neighbour's words; the law follows from it."""
    area = any_area(area_id)
    if not has_perm("voting.draft_decision", request.actor, area):
        raise NotAllowed("draft_decision")
    matters = queries.matters_for_owners(request.actor)
    about = number_in(request.GET.get("about", ""))
    begun = next((matter for matter in matters if matter.pk == about), None)
    first = {"about": begun.pk, "question": begun.title} if begun else {}
    office = request.actor.office
    is_instead = office is not None and stands_in(office.body)
    form = f.DraftForm(request.POST or None, area=area, matters=matters, stands_in=is_instead, initial=first)

    def write(draft: deciding.Draft) -> Decision:
        return deciding.draft_decision(request.actor, area_id, draft)

    return _drafted(request, form, write, {"area": area, "earliest": queries.earliest_opening(area)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def redraft(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Write a draft anew; a class that two people confirmed stays."""
    decision = _workable(request, vote_id)
    is_instead = stands_in(decision.convener)
    form = f.DraftForm(request.POST or None, area=decision.area, stands_in=is_instead, initial=_written(decision))

    def write(draft: deciding.Draft) -> Decision:
        return deciding.redraft(request.actor, decision.pk, draft)

    return _drafted(request, form, write, {"area": decision.area, "decision": decision})


def _drafted(
    request: HttpRequest,
    form: f.DraftForm,
    write: Callable[[deciding.Draft], Decision],
    context: dict[str, object],
) -> HttpResponse:
    page = {"form": form, **context}
    if request.method == "GET" or not form.is_valid():
        return render(request, "voting/draft.html", page, status=200 if request.method == "GET" else 422)
    try:
        decision = write(deciding.Draft(**form.cleaned_data))
    except RuleViolation as refused:
        return render(request, "voting/draft.html", {**page, "refusal": refused}, status=409)
    messages.success(request, _("草案已存好。"))
    return redirect("voting:work", decision.vote_id)


def _written(decision: Decision) -> dict[str, object]:
    """The draft as it stands, for its form."""
    options = [option.text for option in decision.vote.options.all() if OptionKind(option.kind) in DECIDABLE]
    is_plain = decision.vote.kind == "motion"
    return {
        "entries": [decision.entry],
        "question": decision.vote.question,
        "text": decision.text,
        "options": "" if is_plain else "\n".join(options),
        "seats": decision.seats,
        "opens_on": decision.opens_on,
        "closes_on": day_of(decision.closes_at) if decision.closes_at else None,
        "paper_place": decision.paper_place,
        "scope_ids": list(decision.scopes.values_list("pk", flat=True)),
        "scope_source": decision.scope_source,
        "convener_source": decision.convener_source,
        "deemed_clause": decision.deemed_clause,
    }


def _workable(request: HttpRequest, vote_id: int) -> Decision:
    """The decision, if this office has some step of it."""
    decision = decision_of(request.actor, vote_id)
    if not has_perm("voting.work_decision", request.actor, decision):
        raise NotAllowed("work_decision")
    return decision


@never_cache
@login_required
@require_GET
def work(request: HttpRequest, vote_id: int) -> HttpResponse:
    """What is next, what is missing, who supplies it, and what this office may do."""
    return _worked(request, _workable(request, vote_id))


@never_cache
@login_required
@require_GET
def notice_preview(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The notice that calls the meeting, exactly as it will hang, what it still lacks, and the one button."""
    decision = _workable(request, vote_id)
    facts = facts_of(decision, shown_now())
    checks = queries.checks_before_notice(facts)
    context = {
        "decision": decision,
        "vote": decision.vote,
        "checks": checks,
        "is_ready": all(check["ok"] for check in checks),
        "sheet": deciding.calling_sheet(decision) if facts.roll_is_frozen and decision.opens_on else None,
        "may": has_perm("voting.publish_decision", request.actor, decision),
        "is_out": State(decision.state) in FIXED,
    }
    return render(request, "voting/notice_preview.html", context)


def _handles(request: HttpRequest, decision: Decision) -> bool:
    return has_perm("voting.record_delivery", request.actor, decision.vote)


def _worked(
    request: HttpRequest,
    decision: Decision,
    typed: tuple[str, f.StepForm] | None = None,
    refusal: RuleViolation | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.work_of(request.actor, decision)
    for panel in found.panels:
        if panel.key in DOORS and not panel.is_blocked and not panel.url:
            panel.form = DOORS[panel.key].form(decision=decision, prefix=panel.key)
        if typed and panel.key == typed[0]:
            panel.form = typed[1]
    context = {"work": found, "decision": decision, "vote": decision.vote, "refusal": refusal}
    context |= {"procedure": queries.procedure_of(request.actor, decision.vote), "handles": _handles(request, decision)}
    context["open_key"] = typed[0] if typed else found.main_key
    context["about"], context["advice"] = queries.about_and_advice(request.actor, decision.vote)
    return render(request, "voting/work.html", context, status=status)


@login_required
@require_POST
def do(request: HttpRequest, vote_id: int, step: str) -> HttpResponse:
    """Take one step: the form, the verb, and back to the work page."""
    decision = _workable(request, vote_id)
    act = chosen(DOORS, step)
    form = act.form(request.POST, request.FILES, decision=decision, prefix=step)

    def again(**why: Any) -> HttpResponse:
        return _worked(request, _workable(request, vote_id), (step, form), **why)

    asked = step in {Step.EXTEND, Step.ABORT}
    done = _("已提出，等另一位确认。") if asked else _("已办好。")
    write = partial(act.verb, request.actor, decision.pk)
    return put(request, form, write, again, done) or redirect("voting:work", vote_id)


@login_required
@require_POST
def answer_signature(request: HttpRequest, vote_id: int, asked_id: int) -> HttpResponse:
    """The second person confirms or declines."""
    decision = _workable(request, vote_id)
    try:
        deciding.answer_signature(request.actor, asked_id, agreed=request.POST.get("agreed") == "yes")
    except RuleViolation as refused:
        return _worked(request, decision, refusal=refused, status=409)
    messages.success(request, _("已办好。"))
    return redirect("voting:work", vote_id)
