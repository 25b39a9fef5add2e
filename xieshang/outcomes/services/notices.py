"""Drafting, publishing, correcting and posting notices."""

from collections.abc import Sequence
from datetime import date

from django.core.files.base import File
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.html import format_html

from xieshang.community.models import Body, Place
from xieshang.community.queries import rules_for
from xieshang.community.rules import BodyKind, PlaceKind
from xieshang.discussion.services import attach_photo
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.text import clean_html
from xieshang.matters.models import Matter
from xieshang.matters.services import tell_followers

from .. import hooks, rules
from ..models import Notice, NoticeSeries, NoticeVersion, Posting
from ..rules import OPEN_TO_OBJECTION, UNPUBLISHED, NoticeKind, NoticeState
from .doing import hands, office_id, refuse_unless, require, write_down

SERIES_LETTER = {
    PlaceKind.COMMUNITY: "社",
    PlaceKind.VILLAGE: "村",
    PlaceKind.STREET: "街",
    PlaceKind.TOWNSHIP: "镇",
    PlaceKind.DISTRICT: "区",
    PlaceKind.COMPOUND: rules.OWNERS_LETTER,
}


@transaction.atomic
def draft(
    actor: Actor,
    matter: Matter,
    *,
    kind: NoticeKind,
    title: str,
    body: str,
    signers: Sequence[Body],
    boards: Sequence[str] = rules.DEFAULT_BOARDS,
) -> Notice:
    """Begin a notice on a matter; one draft of a kind at a time. Body is official HTML, cleaned here."""
    require(f"outcomes.draft_{kind}", actor, matter)
    refuse_unless(not matter.notices.unpublished().filter(kind=kind.value).exists(), rules.DRAFT_EXISTS)
    notice = Notice(
        matter=matter,
        community_id=matter.community_id,
        kind=kind.value,
        drafted_in_id=office_id(actor),
        drafted_at=now(),
    )
    notice.drafted_by_id = hands(actor)
    _fill(notice, title=title, body=body, signers=signers, boards=boards)
    notice.save()
    write_down(actor, "outcomes.draft", matter, {"notice": notice.pk}, after=kind.value)
    return notice


@transaction.atomic
def redraft(
    actor: Actor, notice_id: int, *, title: str, body: str, signers: Sequence[Body], boards: Sequence[str]
) -> Notice:
    """Write a draft anew, also one that was sent back; whoever wrote last is its drafter."""
    notice = _locked(actor, notice_id)
    require(f"outcomes.draft_{notice.kind}", actor, notice)
    refuse_unless(notice.state in UNPUBLISHED, rules.ALREADY_PUBLISHED)
    _fill(notice, title=title, body=body, signers=signers, boards=boards)
    notice.state, notice.drafted_in_id, notice.drafted_at = NoticeState.DRAFT.value, office_id(actor), now()
    notice.drafted_by_id = hands(actor)
    notice.save()
    write_down(actor, "outcomes.redraft", notice.matter, {"notice": notice.pk})
    return notice


def _fill(notice: Notice, *, title: str, body: str, signers: Sequence[Body], boards: Sequence[str]) -> None:
    notice.title, notice.source, notice.body = title.strip(), body, clean_html(body)
    refuse_unless(notice.title and notice.body.strip(), rules.BODY_EMPTY)
    ordered = sorted(signers, key=lambda one: one.kind != BodyKind.PARTY_ORG)
    notice.signers = [one.name for one in ordered]
    notice.party_signed = any(one.kind == BodyKind.PARTY_ORG for one in ordered)
    notice.boards = list(dict.fromkeys(board.strip() for board in boards if board.strip()))


@transaction.atomic
def return_draft(actor: Actor, notice_id: int, *, reason: str) -> Notice:
    """Send a draft back to the committee, with the reason that it reads."""
    notice = _locked(actor, notice_id)
    require(f"outcomes.publish_{notice.kind}", actor, notice)
    refuse_unless(notice.state in UNPUBLISHED, rules.ALREADY_PUBLISHED)
    refuse_unless(reason.strip(), rules.REASON_MISSING)
    notice.state, notice.returned_for = NoticeState.RETURNED.value, reason.strip()
    notice.save(update_fields=["state", "returned_for"])
    write_down(actor, "outcomes.return_draft", notice.matter, {"notice": notice.pk}, reason=reason)
    return notice


@transaction.atomic
def publish(
    actor: Actor,
    notice_id: int,
    *,
    days: int,
    net_is_enough: bool = False,
    objection_days: int = rules.OBJECTION_DAYS,
    under: str = "",
) -> Notice:
    """Publish a draft: it gets its number, and its period once it counts as posted (民法典第201、203条).

    `days` is the length of the period in calendar days, 0 for a notice without one; `net_is_enough` says that no
    board has to be photographed; `objection_days` are the working days in which objections are owed an answer; `under`
    is a last paragraph that only the moment of publishing knows.
    """
    notice = _locked(actor, notice_id)
    require(f"outcomes.publish_{notice.kind}", actor, notice)
    _refuse_unpublishable(notice, days, net_is_enough=net_is_enough)
    notice.days, notice.net_is_enough, notice.objection_days = days, net_is_enough or not days, objection_days
    notice.body += format_html("<p>{}</p>", under) if under else ""
    notice.number = _next_number(_issuer(actor, notice))
    notice.state, notice.published_at = NoticeState.PUBLISHED.value, now()
    notice.published_by_id, notice.published_in_id = actor.hands, office_id(actor)
    _count_days(notice)
    notice.save()
    _keep_version(actor, notice, reason="")
    write_down(actor, "outcomes.publish", notice.matter, {"notice": notice.pk, "days": days}, after=notice.number)
    tell_followers(notice.matter, body=f"{notice.label}：{notice.title}（{notice.number}）", leave_out=[actor.hands])
    _tell_posted(actor, notice)
    return notice


def _refuse_unpublishable(notice: Notice, days: int, *, net_is_enough: bool) -> None:
    refuse_unless(notice.state in UNPUBLISHED, rules.ALREADY_PUBLISHED)
    missing = []
    if notice.state == NoticeState.RETURNED:
        missing.append(rules.IS_RETURNED)
    if notice.kind in OPEN_TO_OBJECTION and days < 1:
        missing.append(rules.DAYS_MISSING)
    if days > rules.MOST_DAYS:
        missing.append(rules.DAYS_TOO_MANY)
    if days and not net_is_enough and not notice.boards:
        missing.append(rules.BOARDS_MISSING)
    if missing:
        raise RuleViolation(*missing)


def _issuer(actor: Actor, notice: Notice) -> Place:
    """The place in whose series it is numbered: the community's, or that of the body which corrects or convenes."""
    if notice.kind in {NoticeKind.CORRECTION, *rules.OF_OWNERS} and actor.office is not None:
        return Body.objects.select_related("place").get(pk=actor.office.body_id or 0).place
    return notice.community


def _next_number(place: Place) -> str:
    year = today().year
    series = NoticeSeries.objects.select_for_update().filter(place=place, year=year).first()
    if series is None:
        NoticeSeries.objects.get_or_create(place=place, year=year, defaults={"mark": _mark(place)})
        series = NoticeSeries.objects.select_for_update().get(place=place, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return rules.series_number(series.mark, year, series.last)


def _mark(place: Place) -> str:
    """The short form of a place: the one it had in other years, else a new one that no other place uses."""
    earlier = NoticeSeries.objects.filter(place=place).order_by("-year").first()
    if earlier is not None:
        return earlier.mark
    taken = NoticeSeries.objects.exclude(place=place).values_list("mark", flat=True)
    return rules.mark_of(place.short_name or place.name, SERIES_LETTER.get(PlaceKind(place.kind), ""), taken)


def _count_days(notice: Notice) -> None:
    """Fill in when the notice counts as posted and which days follow; nothing while a board is missing."""
    if notice.published_at is None:
        return
    hung = dict(notice.postings.values_list("board", "on"))
    net = day_of(notice.published_at)
    notice.posted_on = rules.counts_from(net, notice.boards, hung, net_is_enough=notice.net_is_enough)
    period = rules.period_of(notice.posted_on, notice.days)
    if period is not None:
        notice.first_day, notice.last_day, notice.provisional = period.first_day, period.last_day, period.provisional


def _keep_version(actor: Actor, notice: Notice, *, reason: str) -> None:
    NoticeVersion.objects.create(
        notice=notice,
        version=notice.version,
        title=notice.title,
        body=notice.body,
        reason=reason,
        by_id=hands(actor),
        office_id=office_id(actor),
        at=now(),
    )


def _tell_posted(actor: Actor, notice: Notice) -> None:
    if notice.posted_on is not None:
        for hook in hooks.on_posted:
            hook(actor, notice)


@transaction.atomic
def correct(actor: Actor, notice_id: int, *, title: str, body: str, reason: str) -> Notice:
    """Publish a corrected text under the same number: a new version with its reason, the old one stays readable."""
    notice = _locked(actor, notice_id)
    require(f"outcomes.publish_{notice.kind}", actor, notice)
    refuse_unless(notice.is_published, rules.NOT_PUBLISHED)
    refuse_unless(notice.kind not in rules.OF_OWNERS, rules.OF_OWNERS_FIXED)
    refuse_unless(reason.strip(), rules.REASON_MISSING)
    notice.title, notice.source, notice.body = title.strip(), body, clean_html(body)
    refuse_unless(notice.title and notice.body.strip(), rules.BODY_EMPTY)
    notice.version += 1
    notice.save(update_fields=["title", "source", "body", "version"])
    _keep_version(actor, notice, reason=reason.strip())
    write_down(actor, "outcomes.correct", notice.matter, {"notice": notice.pk}, after=notice.number, reason=reason)
    tell_followers(notice.matter, body=f"{notice.number}有更正：{reason.strip()}", leave_out=[actor.hands])
    return notice


@transaction.atomic
def withdraw(actor: Actor, notice_id: int, *, reason: str) -> Notice:
    """Take a published notice out of force, because its result is being redone; it stays readable and marked."""
    notice = _locked(actor, notice_id)
    require(f"outcomes.draft_{notice.kind}", actor, notice)
    refuse_unless(notice.is_published, rules.NOT_PUBLISHED)
    refuse_unless(reason.strip(), rules.REASON_MISSING)
    notice.state, notice.withdrawn_for = NoticeState.WITHDRAWN.value, reason.strip()
    notice.save(update_fields=["state", "withdrawn_for"])
    write_down(actor, "outcomes.withdraw", notice.matter, {"notice": notice.pk}, after=notice.number, reason=reason)
    tell_followers(notice.matter, body=f"{notice.number}不再有效：{reason.strip()}", leave_out=[actor.hands])
    return notice


@transaction.atomic
def record_posting(actor: Actor, notice_id: int, *, board: str, on: date, photo: File) -> Posting:
    """Write down that a notice hangs on a board since a day, with the photo; the last board starts the period."""
    notice = _locked(actor, notice_id)
    require("outcomes.record_posting", actor, notice)
    _refuse_posting(notice, board, on)
    kept = attach_photo(actor, notice.matter, photo, caption=f"{notice.number}张贴于{board}")
    posting = Posting(notice=notice, board=board, on=on, photo=kept, office_id=office_id(actor), at=now())
    posting.by_id = hands(actor)
    posting.save()
    counted = notice.posted_on is not None
    if not counted:
        _count_days(notice)
        notice.save(update_fields=["posted_on", "first_day", "last_day", "provisional"])
    write_down(actor, "outcomes.record_posting", notice.matter, {"notice": notice.pk, "board": board, "on": on})
    if not counted:
        _tell_posted(actor, notice)
    return posting


def _refuse_posting(notice: Notice, board: str, on: date) -> None:
    refuse_unless(notice.is_published and notice.published_at, rules.NOT_PUBLISHED)
    values = rules_for(notice.community, rules.RULE_KIND, today(), rules.DEFAULTS)
    back = int(str(values["outcomes.posting_days_back"]))
    refuse_unless(on <= today(), rules.POSTED_LATER)
    refuse_unless(notice.published_at and on >= day_of(notice.published_at), rules.POSTED_TOO_EARLY)
    refuse_unless((today() - on).days <= back, rules.POSTED_LONG_AGO)
    refuse_unless(not notice.postings.filter(board=board).exists(), rules.POSTED_ALREADY)


def _locked(actor: Actor, notice_id: int) -> Notice:
    rows = Notice.objects.visible_to(actor).select_related("matter__place", "community")
    return get_object_or_404(rows.select_for_update(of=("self",)), pk=notice_id)
