"""Pages of a secret vote: drafting it, a trustee's key, the sealed ballot, the opening, the published list, paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.sought import seek, sought

from .. import queries, services
from ..forms import (
    EnvelopeForm,
    FindForm,
    HandOutForm,
    KeyForm,
    OpeningsForm,
    ReasonForm,
    SecretVoteForm,
    TallyForm,
    TrusteeForm,
)
from ..models import Vote

# Blank papers on a page of A4: as many as fit whole.
FEW_LINES, BLANKS_OF_FEW, BLANKS_OF_MANY = 5, 6, 2
STEPS = ["看材料", "选", "核对", "查询码"]


@require_http_methods(["GET", "POST"])
def draft_secret(request: HttpRequest) -> HttpResponse:
    """The committee drafts a secret vote and names its trustees."""
    office = request.actor.office
    if office is None or not has_perm("voting.prepare", request.actor, office.place_path):
        raise NotAllowed("voting.prepare")
    about = queries.asked_about(request.actor, request.GET.get("of", ""))
    asked = queries.whom_to_ask(office.place_path)
    form = SecretVoteForm(request.POST or None, scopes=asked.scopes, about=about)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.prepare_secret(request.actor, of=about, **form.given))
        except RuleViolation as no:
            refused = no
    context = {"form": form, "refusal": refused, "officers": asked.officers, "about": about}
    return render(request, "voting/secret/draft.html", context, status=409 if refused else 200)


@require_POST
def begin_secret(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Open the vote once the three keys are in."""
    vote = queries.secret_vote(request.actor, vote_id)
    try:
        services.open_vote(request.actor, vote_id)
    except RuleViolation as refused:
        return _vote_page(request, vote, refused)
    messages.success(request, _("投票开始了。"))
    return redirect(vote)


@require_POST
def replace_trustee(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The committee names somebody else for a seat, before the vote opens."""
    vote = queries.secret_vote(request.actor, vote_id)
    form = TrusteeForm(request.POST)
    if not form.is_valid():
        return redirect(vote)
    try:
        services.replace_trustee(request.actor, vote_id, form.cleaned_data["seat"], form.cleaned_data["who"])
    except RuleViolation as refused:
        return _vote_page(request, vote, refused)
    messages.success(request, _("换好了，已经请新的保管人做钥匙。"))
    return redirect(vote)


@require_POST
def end_secret(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Withdraw a draft, or ask that a vote which has begun ends without a result."""
    vote = queries.secret_vote(request.actor, vote_id)
    form = ReasonForm(request.POST)
    try:
        asked = services.end_secret(
            request.actor, vote_id, reason=form.cleaned_data["reason"] if form.is_valid() else ""
        )
    except RuleViolation as refused:
        return _vote_page(request, vote, refused)
    messages.success(request, _("撤回了。") if asked.agreed else _("提出了，等另一位确认。"))
    return redirect(vote)


@require_POST
def answer_end(request: HttpRequest, vote_id: int, asked_id: int) -> HttpResponse:
    """Another person confirms or declines that the vote ends."""
    vote = queries.secret_vote(request.actor, vote_id)
    try:
        asked = services.answer_end(request.actor, vote_id, asked_id, agreed="agree" in request.POST)
    except RuleViolation as refused:
        return _vote_page(request, vote, refused)
    messages.success(request, _("投票中止了，原因已经告诉名册上的人。") if asked.agreed else _("没有同意，投票照常。"))
    return redirect(vote)


def _vote_page(request: HttpRequest, vote: Vote, refused: RuleViolation) -> HttpResponse:
    page = queries.vote_page(request.actor, vote)
    context = {"page": page, "vote": vote, "refusal": refused, "refused_title": _("还办不了")}
    return render(request, "voting/vote.html", context | secret_parts(request, vote), status=409)


def secret_parts(request: HttpRequest, vote: Vote) -> dict[str, object]:
    """What the page of a vote shows in addition where it is secret."""
    return {"secret": queries.secret_page(request.actor, vote), "steps": STEPS}


@never_cache
@require_GET
def trustee(request: HttpRequest, vote_id: int) -> HttpResponse:
    """A trustee's own page: make the key, or see it registered."""
    vote, me = queries.trustee_seat(request.actor, vote_id)
    return render(request, "voting/secret/trustee.html", {"vote": vote, "me": me})


@require_POST
def register_key(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Register the public half of a trustee's key."""
    form = KeyForm(request.POST)
    vote, me = queries.trustee_seat(request.actor, vote_id)
    sent = form.cleaned_data if form.is_valid() else {"x": "", "y": ""}
    try:
        services.register_key(request.actor, vote_id, x=sent["x"], y=sent["y"])
    except RuleViolation as refused:
        context = {"vote": vote, "me": me, "refusal": refused}
        return render(request, "voting/secret/trustee.html", context, status=409)
    messages.success(request, _("钥匙登记好了。请把钥匙单收好，开封那天要用。"))
    return redirect("voting:trustee", vote_id)


def sealed_paper(request: HttpRequest, vote: Vote) -> HttpResponse:
    """The ballot paper of a secret vote: chosen, looked over and sealed on the voter's device."""
    page = queries.vote_page(request.actor, vote)
    context = {"page": page, "vote": vote, "steps": STEPS, "facts": queries.sealing_facts(request.actor, vote)}
    return render(request, "voting/secret/choose.html", context)


@sensitive_post_parameters("envelope")
@require_POST
def cast_sealed(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Take a sealed envelope; answers in JSON, because only a script can seal one."""
    if request.actor.person_id is None:
        return JsonResponse({"sentence": _("登录过期了，这一票还没有投出。请重新登录，再打开这一页投。")}, status=409)
    try:
        services.cast_sealed(request.actor, vote_id, EnvelopeForm(request.POST).sealed)
    except RuleViolation as refused:
        return JsonResponse({"sentence": str(refused.refusal.sentence)}, status=409)
    except NotAllowed as refused:
        return JsonResponse({"sentence": str(refused.sentence)}, status=409)
    return JsonResponse({"taken": True})


@never_cache
@require_http_methods(["GET", "POST"])
def unseal(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Two trustees open the envelopes on this page, offline if they like; what they found is handed in here."""
    vote = queries.secret_vote(request.actor, vote_id)
    if request.method == "GET":
        return _unsealing(request, vote, None)
    form = OpeningsForm(request.POST)
    try:
        services.submit_openings(request.actor, vote_id, form.cleaned_data["openings"] if form.is_valid() else "")
    except RuleViolation as refused:
        return _unsealing(request, vote, refused)
    messages.success(request, _("开封文件收下了，每个信封都核对过。"))
    return redirect(vote)


def _unsealing(request: HttpRequest, vote: Vote, refused: RuleViolation | None) -> HttpResponse:
    file = queries.envelope_file(request.actor, vote)
    context = {"vote": vote, "secret": queries.secret_page(request.actor, vote), "file": file, "refusal": refused}
    return render(request, "voting/secret/unseal.html", context, status=409 if refused else 200)


@require_GET
def envelopes(request: HttpRequest, vote_id: int) -> HttpResponse:
    """All envelopes and the keys found so far, as a file for whoever checks them elsewhere."""
    vote = queries.secret_vote(request.actor, vote_id)
    return JsonResponse(queries.envelope_file(request.actor, vote), json_dumps_params={"ensure_ascii": False})


@require_GET
def secret_list(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Every tracker with what was inside; whoever looks for one does so on their own device."""
    vote = queries.secret_vote(request.actor, vote_id)
    context = {"vote": vote, "list": queries.published_list(vote), "mine": queries.my_places(request.actor, vote)}
    return render(request, "voting/secret/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def secret_papers(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The desk: hand out papers while the vote runs, count the paper box when it is closed."""
    vote = queries.secret_vote(request.actor, vote_id)
    if not has_perm("voting.hand_out_paper", request.actor, vote):
        raise NotAllowed("voting.hand_out_paper")
    if request.method == "GET":
        return _papers(request, vote, TallyForm(options=vote.options.all()))
    if "who" in request.POST:
        return seek(request, "who")
    form = TallyForm(request.POST, options=vote.options.all())
    try:
        if not _did(request, vote, form):
            return _papers(request, vote, form)
    except RuleViolation as refused:
        return _papers(request, vote, form, refused)
    return redirect("voting:secret_papers", vote_id)


@require_GET
def secret_blanks(request: HttpRequest, vote_id: int) -> HttpResponse:
    """A page of blank papers to print, cut and stamp: all alike, without name or number."""
    vote = queries.secret_vote(request.actor, vote_id)
    if not has_perm("voting.hand_out_paper", request.actor, vote):
        raise NotAllowed("voting.hand_out_paper")
    options = vote.options.all()
    blanks = range(BLANKS_OF_FEW if len(options) <= FEW_LINES else BLANKS_OF_MANY)
    return render(request, "voting/secret/blanks.html", {"vote": vote, "options": options, "blanks": blanks})


def _did(request: HttpRequest, vote: Vote, form: TallyForm) -> bool:
    """Hand out the paper asked for, or keep the figures; False where the figures are not whole."""
    given = HandOutForm(request.POST)
    if "right" in request.POST and given.is_valid():
        services.hand_out_paper(request.actor, vote.pk, given.cleaned_data["right"])
        messages.success(request, _("记下了。请把盖了章的空白票交给本人，让本人自己投进票箱。"))
        return True
    if not form.is_valid():
        return False
    services.tally_paper(request.actor, vote.pk, form.figures, void=form.cleaned_data["void"])
    messages.success(request, _("您点的数记下了。"))
    return True


def _papers(request: HttpRequest, vote: Vote, form: TallyForm, refused: RuleViolation | None = None) -> HttpResponse:
    who = sought(request)
    find = FindForm(initial={"who": who})
    context = {"vote": vote, "form": form, "find": find, "who": who, "refusal": refused}
    context["found"] = queries.rights_to_hand_out(vote, who)
    return render(
        request, "voting/secret/papers.html", context | secret_parts(request, vote), status=409 if refused else 200
    )
