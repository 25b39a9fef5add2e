"""Doors of a decision's roll: the page for those on it, and what is done to it by those who make it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.acts import do, put
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.sending import guarded

from ..forms import ExclusionForm, ObjectionAnswerForm, ObjectionForm, RollChangeForm, SuccessionForm
from ..queries import rollpages as queries
from ..rules import keeping
from ..rules.estatefile import OwnerCell
from ..services import rolls as services

# To be printed, all in one: more than any estate that hangs its roll on a board has.
WHOLE = 3000
ASKED = "提出了，等另一个人确认。"
# Asked of a roll only until it is frozen; then their forms are no longer there to say what is wrong in them.
GONE = frozenset({"objection", "change", "exclusion"})


def _page(
    request: HttpRequest, vote_id: int, *, status: int = 200, refusal: RuleViolation | None = None, **forms: object
) -> HttpResponse:
    """The roll's page, with what was typed kept where something was refused."""
    decision = queries.visible_decision(request.actor, vote_id)
    size = WHOLE if "all" in request.GET else queries.ROWS
    page = queries.roll_page(request.actor, decision, request.GET.get("after", ""), size)
    if page.roll and page.roll.frozen_at and GONE & forms.keys():
        refusal, status = refusal or RuleViolation(keeping.FROZEN), 409
    context = {
        "page": page,
        "decision": decision,
        "vote": decision.vote,
        "refusal": refusal,
        "objection": forms.get("objection") or ObjectionForm(),
        "change": forms.get("change") or RollChangeForm(),
        "succession": forms.get("succession") or SuccessionForm(),
        "exclusion": forms.get("exclusion") or ExclusionForm(),
    }
    return render(request, "voting/roll.html", context, status=status)


@login_required
@never_cache
@require_GET
def roll(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The roll for those on it and those who make it."""
    return _page(request, vote_id)


def _done(request: HttpRequest, vote_id: int, act: Callable[[], object], word: str) -> HttpResponse:
    """Do it and go back to the page, or say there what is in the way."""
    return do(request, act, partial(_page, request, vote_id), word) or redirect("voting:roll", vote_id)


def _sent(
    request: HttpRequest, vote_id: int, name: str, form: Form, *, act: Callable[..., object], word: str
) -> HttpResponse:
    """What a form on the page asks for: back to it where a field is wrong, else done with what it gives."""
    typed: dict[str, Any] = {name: form}
    again = partial(_page, request, vote_id, **typed)
    return put(request, form, act, again, word) or redirect("voting:roll", vote_id)


def _answered(request: HttpRequest, vote_id: int, answer: Callable[..., object], yes: str, no: str) -> HttpResponse:
    """Confirm or turn down what somebody else asked for."""
    agree = request.POST.get("agree") == "yes"
    return _done(request, vote_id, partial(answer, agree=agree), yes if agree else no)


@login_required
@require_POST
def publish_roll(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Show the roll to those on it."""
    decision = queries.visible_decision(request.actor, vote_id)
    return _done(request, vote_id, partial(services.publish_roll, request.actor, decision.pk), "名册公布了。")


@login_required
@require_POST
def freeze_roll(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Fix the roll for good."""
    decision = queries.visible_decision(request.actor, vote_id)
    return _done(request, vote_id, partial(services.freeze_roll, request.actor, decision.pk), "名册锁定了。")


@login_required
@require_POST
def object_to_roll(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Say what is wrong with the roll."""
    decision = queries.visible_decision(request.actor, vote_id)
    act = partial(services.object_to_roll, request.actor, decision.pk)
    return _sent(
        request, vote_id, "objection", ObjectionForm(request.POST), act=act, word="异议收到了，有答复会发消息给您。"
    )


@login_required
@require_POST
def answer_objection(request: HttpRequest, vote_id: int, objection_id: int) -> HttpResponse:
    """Answer an objection."""
    form = ObjectionAnswerForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    sustained, answer = given.get("sustained") == "yes", given.get("answer", "")

    def act() -> None:
        services.answer_roll_objection(request.actor, objection_id, sustained=sustained, answer=answer)

    return _done(request, vote_id, act, "答复了。")


@login_required
@require_POST
def change_roll(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Ask for one unit of a published roll to be put right."""
    decision = queries.visible_decision(request.actor, vote_id)
    form = RollChangeForm(request.POST)
    unit = queries.unit_named(decision, request.POST.get("code", "")) if form.is_valid() else None
    if form.is_valid() and unit is None:
        form.add_error("code", "名册里没有这一套，请照名册上的写。")

    def act(area: int, source: str, sale: str, cells: list[OwnerCell], reason: str, **_code: object) -> None:
        values: dict[str, Any] = {
            "area_centi": area,
            "area_source": source,
            "sale": sale,
            "owners": cells,
            "reason": reason,
        }
        services.ask_roll_change(request.actor, decision.pk, unit or 0, **values)

    return _sent(request, vote_id, "change", form, act=act, word=ASKED)


@login_required
@require_POST
def answer_change(request: HttpRequest, vote_id: int, asked_id: int) -> HttpResponse:
    """Confirm or turn down a change that somebody else asked for."""
    answer = partial(services.answer_roll_change, request.actor, asked_id)
    return _answered(request, vote_id, answer, "改好了。", "没有改。")


@login_required
@require_POST
def exclude_units(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Ask that some units stay out of this vote."""
    decision = queries.visible_decision(request.actor, vote_id)

    def act(codes: str, reason: str) -> None:
        services.ask_exclusion(request.actor, decision.pk, codes=codes.splitlines(), reason=reason)

    return _sent(request, vote_id, "exclusion", ExclusionForm(request.POST), act=act, word=ASKED)


@login_required
@require_POST
def answer_exclusion(request: HttpRequest, vote_id: int, asked_id: int) -> HttpResponse:
    """Confirm or turn down what somebody else asked to be kept out."""
    answer = partial(services.answer_exclusion, request.actor, asked_id)
    return _answered(request, vote_id, answer, "办好了，名册重新算过。", "没有改，照旧。")


@login_required
@require_POST
def lift_exclusion(request: HttpRequest, vote_id: int, exclusion_id: int) -> HttpResponse:
    """Ask that units kept out count again."""
    decision = queries.visible_decision(request.actor, vote_id)
    reason = request.POST.get("reason", "")
    act = partial(services.ask_lift, request.actor, decision.pk, exclusion_id, reason=reason)
    return _done(request, vote_id, act, ASKED)


@login_required
@require_GET
def succession_file(request: HttpRequest, vote_id: int, succession_id: int) -> FileResponse:
    """The paper that shows a sale, for those who write down and confirm."""
    file = queries.succession_proof(request.actor, vote_id, succession_id)
    return guarded(file.file, is_photo=file.is_photo)


@login_required
@require_POST
def write_succession(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Write down who casts a right after a sale."""
    form = SuccessionForm(request.POST, request.FILES)
    decision = queries.visible_decision(request.actor, vote_id)
    right = queries.right_numbered(decision, request.POST.get("number", "")) if form.is_valid() else None
    if form.is_valid() and right is None:
        form.add_error("number", "名册上没有这个序号，请照名册填。")

    def act(number: object, **given: Any) -> None:
        services.write_succession(request.actor, right or 0, **given)

    return _sent(request, vote_id, "succession", form, act=act, word="登记了，等另一个人确认。")


@login_required
@require_POST
def confirm_succession(request: HttpRequest, vote_id: int, succession_id: int) -> HttpResponse:
    """Confirm, as another human being, who casts a right from now on."""
    act = partial(services.confirm_succession, request.actor, succession_id)
    return _done(request, vote_id, act, "确认了，这一票由新业主来投。")
