"""Reporting, ruling and appealing. Nobody changes a neighbour's words; nothing is deleted."""

from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.blanks import says_something
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation
from xieshang.notify.services import send

from ..models import Appeal, Post, Report, Ruling
from ..rules import (
    ALREADY_APPEALED,
    ALREADY_RULED,
    APPEAL_DECIDED,
    CHOOSE_A_RULE,
    NOT_HIDDEN,
    NOT_SHOWN,
    OWN_POST,
    RULES,
    SAY_SOMETHING,
    PostState,
    Rule,
    RulingKind,
    require_grounds,
    require_state,
)
from .common import appear, hands_of, locked, note, office_of, person_of, require, tell_changed


@transaction.atomic
def report(actor: Actor, post_id: int, *, rule: str, reason: str) -> Report:
    """Tell the committee that a post breaks a rule; while one report is open, the same person adds no second."""
    post = locked(actor, post_id, "report")
    require_state(PostState(post.state), frozenset({PostState.SHOWN}), NOT_SHOWN)
    if post.author_id == actor.person_id:
        raise RuleViolation(OWN_POST)
    if rule not in set(Rule):
        raise RuleViolation(CHOOSE_A_RULE)
    given = {"rule": rule, "reason": reason.strip()[:200], "at": now()}
    row, made = Report.objects.get_or_create(post=post, person_id=person_of(actor), ruling=None, defaults=given)
    if made:
        note(actor, "report", post, detail={"rule": rule})
    return row


@transaction.atomic
def approve(actor: Actor, post_id: int) -> Post:
    """Let a waiting post be shown, or find a reported one in order."""
    post = locked(actor, post_id, "review")
    before = post.state
    waited = before == PostState.WAITING
    if not waited and not (before == PostState.SHOWN and post.reports.filter(ruling=None).exists()):
        raise RuleViolation(ALREADY_RULED)
    ruling = _rule(actor, post, RulingKind.APPROVE)
    if waited:
        appear(post)
        _tell_author(post, _("您的意见已经显示。"))
    _answer_reports(ruling, _("您举报的意见看过了，没有违反规则，继续显示。"))
    note(actor, "approve", post, before=before)
    return post


@transaction.atomic
def hide(actor: Actor, post_id: int, *, rule: str, reason: str) -> Post:
    """Hide a post by a rule, with the sentence that its author reads; the author may appeal."""
    post = locked(actor, post_id, "review")
    require_state(PostState(post.state), frozenset({PostState.WAITING, PostState.SHOWN}), ALREADY_RULED)
    chosen = require_grounds(rule, reason)
    ruling = _rule(actor, post, RulingKind.HIDE, rule=chosen.value, reason=reason.strip()[:300])
    before, post.state = post.state, PostState.HIDDEN.value
    post.save(update_fields=["state"])
    words = {"rule": RULES[chosen].label, "reason": ruling.reason}
    _tell_author(post, _("您的意见因“%(rule)s”没有显示：%(reason)s如不同意，可以申诉，由另一位工作人员答复。") % words)
    _answer_reports(ruling, _("您举报的意见已按“%(rule)s”处理，谢谢您。") % words)
    note(actor, "hide", post, before=before, reason=ruling.reason, detail={"rule": chosen.value})
    tell_changed(post)
    return post


def _rule(actor: Actor, post: Post, kind: RulingKind, *, rule: str = "", reason: str = "") -> Ruling:
    ruling = Ruling(post=post, community_id=post.community_id, kind=kind.value, rule=rule, reason=reason, at=now())
    return _signed(ruling, actor)


def _signed(ruling: Ruling, actor: Actor) -> Ruling:
    """Put under a ruling whose hands and which office made it, and keep it."""
    ruling.by_id, ruling.office_id = hands_of(actor), office_of(actor)
    ruling.save()
    return ruling


def _tell_author(post: Post, body: str) -> None:
    """A message of its own, not gathered with others about the matter, so that it is not overlooked."""
    send([post.author_id], title=post.matter.title, body=body, url=post.get_absolute_url())


def _answer_reports(ruling: Ruling, body: str) -> None:
    post = ruling.post
    rows = Report.objects.filter(post=post, ruling=None)
    people = list(rows.values_list("person_id", flat=True))
    rows.update(ruling=ruling)
    if people:
        send(people, title=post.matter.title, body=body)


@transaction.atomic
def appeal(actor: Actor, post_id: int, *, grounds: str) -> Appeal:
    """Ask that another human being look again at one's hidden post; once for each ruling."""
    post = locked(actor, post_id, "appeal")
    require_state(PostState(post.state), frozenset({PostState.HIDDEN}), NOT_HIDDEN)
    ruling = post.rulings.filter(kind=RulingKind.HIDE.value).order_by("-pk")[:1].get()
    if Appeal.objects.filter(ruling=ruling).exists():
        raise RuleViolation(ALREADY_APPEALED)
    if not says_something(grounds):
        raise RuleViolation(SAY_SOMETHING)
    made = Appeal.objects.create(ruling=ruling, post=post, grounds=grounds.strip()[:500], at=now())
    note(actor, "appeal", post)
    return made


@transaction.atomic
def decide_appeal(actor: Actor, appeal_id: int, *, verdict: RulingKind, reason: str) -> Post:
    """Answer an appeal: RESTORE shows the post again, UPHOLD leaves it hidden; never by who hid it."""
    posts = Post.objects.visible_to(actor)
    made = get_object_or_404(Appeal.objects.select_related("ruling"), pk=appeal_id, post__in=posts)
    post = locked(actor, made.post_id, "read")
    made.post = post
    require(actor, "decide_appeal", made)
    made.refresh_from_db(fields=["decision"])
    if made.decision_id or post.state != PostState.HIDDEN:
        raise RuleViolation(APPEAL_DECIDED)
    if not reason.strip():
        raise RuleViolation(SAY_SOMETHING)
    made.decision = _second_ruling(actor, made, verdict, reason.strip()[:300])
    made.save(update_fields=["decision"])
    if verdict == RulingKind.RESTORE:
        appear(post)
    _tell_author(post, _answer_words(verdict, made.decision.reason))
    note(actor, verdict.value, post, before=PostState.HIDDEN.value, reason=made.decision.reason)
    return post


def _second_ruling(actor: Actor, made: Appeal, verdict: RulingKind, reason: str) -> Ruling:
    first = made.ruling
    words = {"kind": verdict.value, "rule": first.rule, "reason": reason}
    ruling = Ruling(post=made.post, community_id=made.community_id, first_by_id=first.by_id, at=now(), **words)
    return _signed(ruling, actor)


def _answer_words(verdict: RulingKind, reason: str) -> str:
    if verdict == RulingKind.RESTORE:
        return _("您的申诉成立，意见已恢复显示：%(reason)s") % {"reason": reason}
    return _("您的申诉看过了，维持不显示：%(reason)s") % {"reason": reason}


def due(now: datetime) -> int:
    """Nothing here falls due by time: what waits for review waits for a human being."""
    return 0
