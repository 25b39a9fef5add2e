"""Notices for the public, for the board and for those who work on them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.queries import homes_of
from xieshang.community.rules import COMMUNITY_KINDS
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_of, day_words, full_day
from xieshang.lib.paging import Page, page_since
from xieshang.lib.permits import has_perm
from xieshang.matters.models import Matter

from ..models import Notice, NoticeVersion, Posting
from ..rules import (
    NO_OBJECTION_HERE,
    OBJECTION_WAITS,
    OF_OWNERS,
    OPEN_TO_OBJECTION,
    PERIOD_OVER,
    NoticeKind,
    NoticeState,
    is_open_on,
    title_lines,
    why_later,
)
from .objections import objections_of
from .promises import items_of
from .words import photo_of

LISTED = frozenset({NoticeKind.GONGSHI, NoticeKind.GONGGAO, NoticeKind.FEEDBACK, NoticeKind.CORRECTION}) | OF_OWNERS


@dataclass(slots=True)
class NoticePage:
    """Everything the page of one notice shows to one reader."""

    notice: Notice
    sheet: dict[str, object]
    clock: dict[str, object] | None
    objections: list[dict[str, object]]
    versions: list[NoticeVersion]
    postings: list[dict[str, object]]
    boards_missing: list[str]
    items: list[dict[str, object]]
    may: dict[str, bool] = field(default_factory=dict)
    # Instead of 提出异议: why not, and where that can be mended.
    closed: dict[str, str] = field(default_factory=dict)
    short: str = ""

    @property
    def takes_objections(self) -> bool:
        """Whether this sort of notice is one that people may object to."""
        return self.notice.kind in OPEN_TO_OBJECTION

    @property
    def open_objections(self) -> int:
        """How many objections still wait for an answer."""
        return sum(bool(one["waits"]) for one in self.objections)


def sheet_of(notice: Notice, *, as_of: date | None = None) -> dict[str, object]:
    """A notice as it reads on paper: the keys of the part `notice`; a draft has no number and no date yet."""
    published = day_of(notice.published_at) if notice.published_at else as_of
    return {
        **_titled(notice.title),
        "number": notice.number,
        # Cleaned when it was stored.
        "html": mark_safe(notice.body),
        "signers": notice.signers,
        "date": full_day(published),
        "party": notice.party_signed,
    }


def version_sheet(version: NoticeVersion) -> dict[str, object]:
    """An earlier version as it read on paper."""
    return {**sheet_of(version.notice), **_titled(version.title), "html": mark_safe(version.body)}


def _titled(title: str) -> dict[str, str]:
    first, second = title_lines(title)
    return {"title": _whole(first), "title2": second}


def _whole(title: str) -> str:
    """What a title quotes stays on one line where it fits."""
    before, _open, rest = title.partition("“")
    quoted, closed, after = rest.partition("”")
    return format_html('{}<span class="whole">“{}”</span>{}', before, quoted, after) if closed else title


def clock_of(notice: Notice, today: date) -> dict[str, object] | None:
    """The days a notice runs, in words and numbers: the keys of the part `noticeclock`; None without a period."""
    if notice.first_day is None or notice.last_day is None or notice.posted_on is None:
        return None
    total = (notice.last_day - notice.first_day).days + 1
    left = (notice.last_day - today).days
    return {
        "first": day_words(notice.first_day),
        "last": day_words(notice.last_day),
        "days": left,
        "total": total,
        "gone": min(max(total - left, 0), total),
        "why_later": why_later(notice.posted_on, notice.days),
        "provisional": notice.provisional,
        "not_begun": today < notice.first_day,
    }


def notices_of(actor: Actor, matter: Matter) -> list[Notice]:
    """The notices of a matter that this actor may read, newest first; drafts only for officers."""
    return list(Notice.objects.visible_to(actor).filter(matter=matter).order_by("-pk"))


def published_in(community_id: int, kinds: Iterable[NoticeKind] = LISTED, key: str = "") -> Page[Notice]:
    """One page of the notices that everybody may read in a community, the last published first."""
    rows = Notice.objects.visible_to(NOBODY).filter(
        community_id=community_id, state=NoticeState.PUBLISHED.value, kind__in=[kind.value for kind in kinds]
    )
    return page_since(rows.select_related("matter"), "published_at", key)


def community_for(actor: Actor, chosen: int | None) -> int | None:
    """The community of a list: the office's, else that of the place in the header, else one's own, else the first."""
    if actor.office is not None:
        place = Place.objects.filter(path=actor.office.place_path).first()
        if place and place.community_id:
            return place.community_id
    if chosen and (found := Place.objects.filter(pk=chosen).first()) and found.community_id:
        return found.community_id
    homes = homes_of(actor.person_id) if actor.person_id else []
    if homes:
        return homes[0].community_id
    communities = Place.objects.filter(kind__in=[kind.value for kind in COMMUNITY_KINDS])
    return communities.order_by("path").values_list("pk", flat=True).first()


def visible_notice(actor: Actor, notice_id: int) -> Notice:
    """One notice that this actor may know of, with its matter and places."""
    rows = Notice.objects.visible_to(actor).select_related("matter__place", "community", "published_in__body")
    return get_object_or_404(rows, pk=notice_id)


def version_of(actor: Actor, notice_id: int, version: int) -> NoticeVersion:
    """A notice as it read before a correction, if this actor may know of it; else 404."""
    rows = NoticeVersion.objects.filter(notice__in=Notice.objects.visible_to(actor)).select_related("notice__matter")
    return get_object_or_404(rows, notice_id=notice_id, version=version)


def notice_page(actor: Actor, notice_id: int) -> NoticePage:
    """One notice with its clock, objections, boards, versions and promises, for this reader."""
    notice = visible_notice(actor, notice_id)
    postings = list(notice.postings.select_related("photo").order_by("on", "pk"))
    hung = {posting.board for posting in postings}
    short = reverse("outcomes:short", args=[notice.pk])
    page = NoticePage(
        notice=notice,
        sheet=sheet_of(notice),
        clock=clock_of(notice, shown_today()),
        objections=objections_of(actor, notice),
        versions=list(notice.versions.order_by("-version")) if notice.version > 1 else [],
        postings=[_posting_row(posting) for posting in postings],
        boards_missing=[board for board in notice.boards if board not in hung] if notice.is_published else [],
        items=items_of(actor, notice.matter) if notice.kind == NoticeKind.GONGGAO else [],
        short=f"{settings.SITE_URL}{short}",
    )
    _add_doors(page, actor)
    return page


def _posting_row(posting: Posting) -> dict[str, object]:
    return {"board": posting.board, "on": day_words(posting.on), "photo": photo_of(posting.photo)}


def _add_doors(page: NoticePage, actor: Actor) -> None:
    """Which acts this reader sees, and instead of 提出异议 the sentence that says why not."""
    notice = page.notice
    page.may = {
        "record_posting": notice.is_published and has_perm("outcomes.record_posting", actor, notice),
        "answer": bool(page.objections) and has_perm("outcomes.answer_objections", actor, notice),
        "correct": notice.is_published
        and notice.kind not in OF_OWNERS
        and has_perm(f"outcomes.publish_{notice.kind}", actor, notice),
        "object": False,
    }
    page.closed = _why_closed(actor, notice)
    if not page.closed and any(one["mine"] and one["waits"] for one in page.objections):
        page.closed = {"sentence": _(OBJECTION_WAITS.sentence)}
    page.may["object"] = not page.closed


def _why_closed(actor: Actor, notice: Notice) -> dict[str, str]:
    """Why this reader cannot object now, and where to go; empty when they can."""
    if notice.kind not in OPEN_TO_OBJECTION or not notice.is_published:
        return {"sentence": _(NO_OBJECTION_HERE.sentence)}
    if not is_open_on(shown_today(), notice.last_day):
        return {"sentence": _(PERIOD_OVER.sentence)}
    if has_perm("outcomes.object", actor, notice):
        return {}
    if actor.person_id is None:
        back = urlencode({"next": notice.get_absolute_url()})
        login = f"{reverse(settings.LOGIN_URL)}?{back}"
        return {"sentence": _("公示范围内认证过的住户可以提异议。"), "url": login, "act": _("去登录")}
    if actor.office is not None:
        return {"sentence": _("提异议是住户自己的事，请先把身份换成您本人。")}
    return {
        "sentence": _("只有公示范围内认证过的住户可以提异议。"),
        "url": reverse("community:join"),
        "act": _("去认证住房"),
    }
