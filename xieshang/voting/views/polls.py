"""Pages of polls: the list, the vote before, during and after, and the four steps to a receipt."""

import io
import json
import secrets
from collections.abc import Sequence

import segno
from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.accounts.models import Person
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.text import shown_mobile

from .. import queries, services
from ..forms import CastForm, NumberForm, PaperForm
from ..models import BallotVersion, Option, Vote
from ..rules import ROOM_KINDS, Base, Kind, State, handing
from ..rules.deciding import State as Stage
from .secret import sealed_paper, secret_parts

# Said where the code is typed in, with the paper kept.
ABOUT_THE_CODE = (
    handing.CODE_MISSING,
    handing.CODE_WRONG,
    handing.CODE_OVER,
    handing.NO_PHONE,
    handing.SHARED_PHONE,
    handing.AT_THE_DOOR,
)
STEPS = ["看材料", "选", "核对", "回执"]


@require_GET
def votes(request: HttpRequest) -> HttpResponse:
    """The tab 表决: what runs, what is to come, and what is over."""
    community = queries.community_for(request.actor, request.session.get("place"))
    page = {
        "open_votes": queries.open_votes(request.actor, community) if community else [],
        "rolls": queries.rolls_to_check(request.actor, community) if community else [],
        "called": queries.called_votes(request.actor, community) if community else [],
        "page": queries.closed_votes(request.actor, community, request.GET.get("after", "")) if community else None,
        "sets_rules": _is_street(request),
        "may_draft": _keeps_rolls(request),
        "drafts_secret": _is_committee(request),
        "secret_drafts": queries.secret_drafts(request.actor, community)
        if community and _is_committee(request)
        else [],
    }
    return render(request, "voting/list.html", page)


def _is_street(request: HttpRequest) -> bool:
    office = request.actor.office
    return office is not None and has_perm("community.set_rules", request.actor, office.place_path)


def _keeps_rolls(request: HttpRequest) -> bool:
    office = request.actor.office
    return office is not None and has_perm("voting.see_registers", request.actor, office.place_path)


def _is_committee(request: HttpRequest) -> bool:
    office = request.actor.office
    return office is not None and has_perm("voting.prepare", request.actor, office.place_path)


@require_GET
def vote(request: HttpRequest, vote_id: int) -> HttpResponse:
    """A vote: material and participation while it runs, the result when it is closed."""
    asked = queries.visible_vote(request.actor, vote_id)
    if asked.kind in ROOM_KINDS:
        return redirect(asked.matter)
    found = queries.vote_page(request.actor, asked)
    context = {"page": found, "vote": found.vote, "steps": STEPS}
    return render(request, "voting/vote.html", context | _of_its_kind(request, found.vote))


def _of_its_kind(request: HttpRequest, vote: Vote) -> dict[str, object]:
    """How far a secret or an owners' vote is; the owners' result as far as this reader may see and count it."""
    if vote.kind == Kind.SECRET:
        return secret_parts(request, vote)
    if vote.base != Base.OWNERS:
        return {}
    context: dict[str, object] = {"procedure": queries.procedure_of(request.actor, vote)}
    if vote.state != State.CLOSED:
        return context
    counts = vote.decision.state == Stage.COUNTING and has_perm("voting.count", request.actor, vote)
    return context | {"owners": queries.owners_result(request.actor, vote), "may_count": counts}


@never_cache
@require_GET
def choose(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Step 2: the ballot paper; a secret one never leaves the device unsealed."""
    vote = queries.visible_vote(request.actor, vote_id)
    may = vote.kind == Kind.SECRET and queries.standing_for(request.actor, vote).may
    return sealed_paper(request, vote) if may else _paper(request, vote)


def _paper(
    request: HttpRequest, vote: Vote, form: PaperForm | None = None, refused: RuleViolation | None = None
) -> HttpResponse:
    """The ballot paper, with what was ticked kept; who may not vote is told why on the vote's page."""
    page = queries.vote_page(request.actor, vote)
    context = {"page": page, "vote": vote, "steps": STEPS, "refusal": refused, "ticked": _ticked(form)}
    context["places"] = _places(vote, _ticked(form))
    status = 409 if refused else 200
    return render(request, "voting/choose.html" if page.standing.may else "voting/vote.html", context, status=status)


def _in_order(options: Sequence[Option], ticked: Sequence[int]) -> list[Option]:
    """The options ticked, in the order in which they were."""
    by_id = {option.pk: option for option in options}
    return [by_id[pk] for pk in ticked if pk in by_id]


def _places(vote: Vote, ticked: Sequence[int]) -> list[tuple[int, int | None]]:
    """The places of an order of priorities, with what stands on them."""
    return [(at + 1, ticked[at] if at < len(ticked) else None) for at in range(vote.most_choices)]


def _ticked(form: PaperForm | None) -> list[int]:
    return form.cleaned_data.get("option", []) if form else []


@never_cache
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Step 3: what was ticked and for whom, once more, before it is cast."""
    vote = queries.visible_vote(request.actor, vote_id)
    if request.method == "GET":
        return _looked_over(request, vote)
    form = PaperForm(request.POST)
    form.is_valid()
    try:
        services.require_paper(vote, form.cleaned_data.get("option", []))
    except RuleViolation as refused:
        return _paper(request, vote, form, refused)
    paper = {"option": form.cleaned_data["option"], "right": form.cleaned_data.get("right")}
    request.session[_slot(vote_id)] = {**paper, "key": secrets.token_hex(16)}
    return redirect("voting:review", vote_id)


def _slot(vote_id: int) -> str:
    """Where the session keeps a paper between ticking and casting, so that going back and forth harms nothing."""
    return f"paper-{vote_id}"


def _looked_over(request: HttpRequest, vote: Vote, refused: RuleViolation | None = None) -> HttpResponse:
    page, paper = queries.vote_page(request.actor, vote), request.session.get(_slot(vote.pk))
    if not page.standing.may or paper is None:
        return redirect("voting:choose", vote.pk)
    rights = page.standing.open_rights
    context = {
        "page": page,
        "vote": vote,
        "steps": STEPS,
        "chosen": _in_order(page.options, paper["option"]),
        "right": next((right for right in rights if right.id == paper["right"]), rights[0]),
        "key": paper["key"],
        "code": _code_state(request, vote),
        "refusal": refused,
    }
    return render(request, "voting/review.html", context, status=409 if refused else 200)


def _code_state(request: HttpRequest, vote: Vote) -> dict[str, object] | None:
    """Of an owners' vote: where the one-time code goes, whether one that still does was sent, or why it cannot be."""
    if vote.base != Base.OWNERS:
        return None
    obstacle = queries.phone_obstacle(request.user) if isinstance(request.user, Person) else None
    phone = shown_mobile(getattr(request.user, "phone", "") or "")
    sent = services.has_code(request.user.pk or 0, vote)
    return {"phone": phone, "sent": sent, "obstacle": obstacle.sentence if obstacle else ""}


@require_POST
def send_code(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Text the one-time code, then back to the page on which it is typed in."""
    vote = queries.visible_vote(request.actor, vote_id)
    if _slot(vote_id) not in request.session:
        return redirect("voting:choose", vote_id)
    try:
        services.send_code(request.actor, vote_id, address=get_adapter().get_client_ip(request))
    except RuleViolation as refused:
        return _looked_over(request, vote, refused)
    messages.success(request, _("验证码已经发出，5分钟内有效。"))
    return redirect("voting:review", vote_id)


@require_POST
def cast(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Cast, then show the receipt; late, twice or not one's own is said on the page of the vote."""
    if request.actor.person_id is None:
        return _signed_out(request, vote_id)
    form = CastForm(request.POST)
    if not form.is_valid():
        return redirect("voting:choose", vote_id)
    try:
        version = services.cast(request.actor, vote_id, **form.given)
    except (RuleViolation, NotAllowed) as refused:
        return _not_taken(request, vote_id, refused)
    request.session.pop(_slot(vote_id), None)
    return redirect("voting:receipt", vote_id, version.receipt)


def _signed_out(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The session ended between ticking and casting: say that nothing was cast, and go on after signing in."""
    messages.info(request, _("登录过期了，这一票还没有投出。登录以后请再选一次。"))
    return redirect_to_login(reverse("voting:choose", args=[vote_id]))


def _not_taken(request: HttpRequest, vote_id: int, refused: RuleViolation | NotAllowed) -> HttpResponse:
    vote = queries.visible_vote(request.actor, vote_id)
    if isinstance(refused, NotAllowed):
        return _refused(request, vote, RuleViolation(refused.refusal), status=403)
    if refused.refusal in ABOUT_THE_CODE and _slot(vote_id) in request.session:
        # Not answered in place: going back from the receipt would show again that nothing had been cast.
        messages.error(request, _("这一票还没有投出。%s") % refused.refusal.sentence)
        return redirect("voting:review", vote_id)
    return _refused(request, vote, refused)


def _refused(request: HttpRequest, vote: Vote, refused: RuleViolation, *, status: int = 409) -> HttpResponse:
    """The page of the vote, saying why the paper was not taken."""
    context = {"page": queries.vote_page(request.actor, vote), "vote": vote, "steps": STEPS, "refusal": refused}
    return render(request, "voting/vote.html", context, status=status)


@never_cache
@require_GET
def receipt(request: HttpRequest, vote_id: int, number: str) -> HttpResponse:
    """Step 4: the receipt, for whoever has its number."""
    vote, version = _entry(request, vote_id, number)
    context = {"vote": vote, "version": version, "steps": STEPS, "address": queries.check_address(version)}
    details = queries.receipt_details(vote, version)
    context["picture"] = json.dumps(queries.receipt_picture(vote, version), ensure_ascii=False)
    return render(request, "voting/receipt.html", context | {"when": queries.received(version), "details": details})


def _entry(request: HttpRequest, vote_id: int, number: str) -> tuple[Vote, BallotVersion]:
    vote = queries.visible_vote(request.actor, vote_id)
    version = queries.receipt_of(vote, number)
    if version is None:
        raise Http404
    return vote, version


@require_GET
def receipt_file(request: HttpRequest, vote_id: int, number: str) -> HttpResponse:
    """The receipt as a text file to keep."""
    vote, version = _entry(request, vote_id, number)
    headers = {"Content-Disposition": f'attachment; filename="{version.receipt}.txt"'}
    text = queries.receipt_text(vote, version)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_GET
def receipt_qr(request: HttpRequest, vote_id: int, number: str) -> HttpResponse:
    """The receipt's address as a picture to press and keep."""
    _seen, version = _entry(request, vote_id, number)
    out = io.BytesIO()
    segno.make(queries.check_address(version), micro=False).save(out, kind="png", scale=6, border=3)
    return HttpResponse(out.getvalue(), content_type="image/png")


@require_GET
def check(request: HttpRequest, vote_id: int) -> HttpResponse:
    """查我的一票在不在: whoever has a receipt number sees whether its ballot is counted; signing in is not needed."""
    form = NumberForm(request.GET or None)
    if queries.is_secret(vote_id):
        return redirect("voting:secret_list", vote_id)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    vote, version, may_see = queries.vote_to_check(request.actor, vote_id, number)
    context = {
        "vote": vote,
        "asked": form.is_bound,
        "number": request.GET.get("number", ""),
        "version": version,
        "may_see": may_see,
        "standing": queries.standing_of(version) if version else None,
        "proof": queries.proof_of(version) if version else None,
        "mine": queries.my_places(request.actor, vote),
    }
    return render(request, "voting/check.html", context)
