"""Everything the page of a vote shows to one reader, before, during and after."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xieshang.discussion.models import Attachment
from xieshang.discussion.queries import attachments
from xieshang.lib.actor import Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.clock import shown_now
from xieshang.lib.days import deadline
from xieshang.lib.text import plain_to_html
from xieshang.matters.models import Matter, MatterLink
from xieshang.matters.rules import LinkKind

from ..models import BASE_LABELS, Option, Vote
from ..rules import NATURE_SENTENCES, Base, Item, Kind, Law, Nature, State, fraction, majority_for, share_of, time_left
from .participation import Participation, participation
from .results import Result, result
from .standing import MyStanding, standing_for


@dataclass(frozen=True, slots=True)
class VotePage:
    """The page of a vote for one reader."""

    vote: Vote
    about: Matter | None
    # Opinions of the Party organisation that the vote came from; advice, and no part of it.
    advice: list[Matter]
    options: list[Option]
    files: list[Attachment]
    standing: MyStanding
    participation: Participation
    result: Result | None
    effect: str
    closes: str
    left: str
    rules: list[dict[str, str]]
    is_running: bool
    intro: SafeString
    short_url: str

    @property
    def photos(self) -> list[Attachment]:
        """Pictures that came with the matter it is about; those of boards and proofs carry a caption."""
        return [file for file in self.files if file.is_photo and not file.caption]

    @property
    def documents(self) -> list[Attachment]:
        """Documents of the matter it is about."""
        return [file for file in self.files if not file.is_photo]

    @property
    def is_counting(self) -> bool:
        """Whether the time is up and the closing not recorded yet."""
        return self.vote.state == State.OPEN and not self.is_running


def visible_vote(actor: Actor, vote_id: int) -> Vote:
    """A vote that this actor may know of; all others answer as if they did not exist."""
    votes = Vote.objects.visible_to(actor).select_related(
        "matter__place", "scope", "community", "decision__convener__place", "decision__area", "decision__community"
    )
    return get_object_or_404(votes.prefetch_related("options"), pk=vote_id)


def visible_owners_vote(actor: Actor, vote_id: int) -> Vote:
    """The same for a vote of owners; of a poll there are no papers, proxies and deliveries."""
    vote = visible_vote(actor, vote_id)
    if vote.base != Base.OWNERS:
        raise Http404
    return vote


def about_and_advice(actor: Actor, vote: Vote) -> tuple[Matter | None, list[Matter]]:
    """What a vote is about, and the opinions tied to it, as far as this actor may know of them; one query at most."""
    if not vote.of_id and vote.base != Base.OWNERS:
        return None, []
    ties = MatterLink.objects.filter(source=vote.matter_id, kind=LinkKind.VOTE_OF.value).values("target")
    found = Matter.objects.visible_to(actor).filter(Q(pk=vote.of_id) | Q(pk__in=ties)).order_by("pk")
    advice = [matter for matter in found if matter.kind == "guidance"]
    return next((matter for matter in found if matter.pk == vote.of_id and matter not in advice), None), advice


def vote_page(actor: Actor, vote: Vote) -> VotePage:
    """The page of a vote for this actor; at most ten queries."""
    at = shown_now()
    about, advice = about_and_advice(actor, vote)
    is_running = vote.state == State.OPEN and vote.closes_at is not None and at < vote.closes_at
    return VotePage(
        vote=vote,
        about=about,
        advice=advice,
        options=list(vote.options.all()),
        files=attachments(actor, about) if about else [],
        standing=standing_for(actor, vote),
        participation=participation(vote),
        result=result(vote),
        effect=_effect(vote),
        closes=deadline(vote.closes_at) if vote.closes_at else "",
        left=time_left(vote.closes_at, at) if vote.closes_at else "",
        rules=_rules(vote),
        is_running=is_running,
        intro=plain_to_html(vote.decision.text if vote.base == Base.OWNERS else vote.intro),
        short_url=whole_address("matters:short", vote.matter_id),
    )


def _effect(vote: Vote) -> str:
    """What the result is worth by law."""
    if vote.base == Base.OWNERS:
        return _("这是业主表决，由业主共同决定（民法典第278条）；结果公示、公告以后生效。")
    return str(NATURE_SENTENCES[Nature(vote.nature)])


def _owners_rules(vote: Vote) -> list[dict[str, str]]:
    """What the law asks of the owners, and how their votes are counted."""
    majority = majority_for(Law(vote.decision.rule_set), Item(vote.decision.item))
    return [
        {"label": _("投票时间"), "value": _window(vote)},
        {"label": _("谁能投"), "value": _("名册上的业主，一人或者共有的几人合起来一票，人数和面积都算")},
        {"label": _("怎么选"), "value": _choosing(vote)[0]},
        {"label": _("要达到"), "value": f"{majority.words}（{majority.source}）"},
        {"label": _("能不能改"), "value": _("截止前可以改") if vote.allow_change else _("投出后不能改")},
    ]


def _rules(vote: Vote) -> list[dict[str, str]]:
    """How it is counted, fixed before it opened, as labelled facts."""
    if vote.base == Base.OWNERS:
        return _owners_rules(vote)
    turnout = share_of(vote.turnout_share)
    who = _("%(scope)s的居民，%(base)s") % {"scope": vote.scope, "base": BASE_LABELS[Base(vote.base)]}
    roll = _("%(size)s%(unit)s，名册在开始时锁定") % {"size": f"{vote.roll_size:,}", "unit": vote.unit}
    least = _("至少%s") % fraction(turnout) if turnout else _("没有最低要求，公布参加数")
    choices, reckoned = _choosing(vote)
    secrecy = [{"label": _("怎么保密"), "value": _("在投票人的设备上封好，两位保管人才能开封")}]
    return [
        *(secrecy if vote.kind == Kind.SECRET else []),
        {"label": _("投票时间"), "value": _window(vote)},
        {"label": _("谁能投"), "value": who},
        {"label": _("名册"), "value": roll if vote.roll_size else _("开始时锁定")},
        {"label": _("怎么选"), "value": choices},
        {"label": _("能不能改"), "value": _("截止前可以改") if vote.allow_change else _("投出后不能改")},
        {"label": _("怎么算"), "value": reckoned},
        {"label": _("参加要求"), "value": least},
    ]


def _choosing(vote: Vote) -> tuple[str, str]:
    """How one ticks or puts in an order, and how that is reckoned."""
    most = vote.most_choices
    if vote.kind == Kind.PRIORITIES:
        points = _("排第一得%s分，往后依次少一分，按总分排先后；不设多数要求，弃权算参加") % most
        return _("按要紧的先后排，最多排%s项") % most, points
    majority = _("一项的票超过参加的一半，算多数意见；弃权算参加")
    return _("选一项") if most == 1 else _("最多选%s项") % most, majority


def _window(vote: Vote) -> str:
    """From when to when ballots are taken."""
    if vote.opens_at is None or vote.closes_at is None:
        return _("开始时公布")
    return _("%(opens)s至%(closes)s") % {"opens": deadline(vote.opens_at), "closes": deadline(vote.closes_at)}
