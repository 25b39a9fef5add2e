"""Posts made ready for the page: named, marked, with what this reader may do with each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xieshang.community.models import BODY_LABELS, Office
from xieshang.community.queries import ShownName, names_for
from xieshang.community.rules import BodyKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now, shown_today
from xieshang.lib.days import moment
from xieshang.lib.text import mask_phones, plain_to_html

from ..models import POSITION_ICONS, POSITION_LABELS, Attachment, Post, Ruling, Thanks, Thread
from ..rules import RULES, Position, PostState, Rule, RulingKind
from .reading import Rights, number_of


@dataclass(slots=True)
class ShownPost:
    """One post as the parts `post` and `orgreply` take it, and what this reader may do with it."""

    id: int
    url: str
    name: str
    where: str
    role: str
    when: str
    position: str = ""
    position_icon: str = ""
    html: SafeString | str = ""
    photos: Sequence[Attachment] = ()
    # The part `post` has a line for `thanks`; here the button tells, so that it can change alone.
    thanked_by: int = 0
    edited: bool = False
    history_url: str = ""
    assisted_by: str = ""
    mine: bool = False
    waiting: bool = False
    hidden_reason: str = ""
    is_new: bool = False
    # Of a body's answer: its name, the office, the label.
    body: str = ""
    office: str = ""
    label: str = ""
    thanked: bool = False
    may_thank: bool = False
    may_reply: bool = False
    may_report: bool = False
    may_edit: bool = False
    may_withdraw: bool = False
    may_appeal: bool = False
    replies: list["ShownPost"] = field(default_factory=list)
    answers: int = 0

    @property
    def anchor(self) -> str:
        """Its mark on the page."""
        return f"post-{self.id}"

    @property
    def more_answers(self) -> int:
        """Answers that are not among those shown under it."""
        return max(self.answers - sum(1 for reply in self.replies if not reply.waiting), 0)


@dataclass(frozen=True, slots=True)
class Look:
    """Who reads which thread, and what is the same for all its posts."""

    actor: Actor
    thread: Thread
    rights: Rights
    names: Mapping[int, ShownName]
    photos: Mapping[int, list[Attachment]]
    at: datetime
    # The moderation desk reads the words of waiting and hidden posts too.
    reads_all: bool = False


def with_figures(posts: QuerySet[Post], actor: Actor, thread: Thread) -> QuerySet[Post]:
    """Add thanks, whether this reader thanked, number of answers, rule that hid it, for whom the author works."""
    answers = Post.objects.filter(parent=OuterRef("pk"), state=PostState.SHOWN.value)
    hidden = Ruling.objects.filter(post=OuterRef("pk"), kind=RulingKind.HIDE.value).order_by("-pk").values("rule")
    works = Office.objects.running(shown_today()).filter(
        person=OuterRef("author"), body__place__path__in=thread.matter.place.ancestor_paths
    )
    columns: dict[str, Any] = {
        "thanks_count": thanks_column(),
        "thanked": Exists(Thanks.objects.filter(post=OuterRef("pk"), person=actor.person_id or 0)),
        "answer_count": number_of(answers, "parent", Count("pk")),
        "hidden_rule": Subquery(hidden[:1]),
        "works_for": Subquery(works.order_by("pk").values("body__kind")[:1]),
    }
    return posts.select_related("office__body__place").annotate(**columns)


def thanks_column() -> Any:
    """How many thanked, as a column of posts: counted from the rows, no counter that everybody writes to."""
    return number_of(Thanks.objects.filter(post=OuterRef("pk")), "post", Count("pk"))


def look_at(actor: Actor, thread: Thread, rights: Rights, posts: Sequence[Post], others: Iterable[int] = ()) -> Look:
    """Names and pictures of these posts (and names of others) for this reader, in three queries."""
    names = names_for({*others, *(post.author_id for post in posts)}, actor, thread.matter.place)
    rows = Attachment.objects.visible_to(actor).filter(post__in=[post.pk for post in posts]).order_by("pk")
    photos: dict[int, list[Attachment]] = {}
    for photo in rows if posts else ():
        photos.setdefault(photo.post_id or 0, []).append(photo)
    return Look(actor, thread, rights, names, photos, shown_now())


def shown(post: Post, look: Look) -> ShownPost:
    """One post for the page; of what is not shown only its line, without words."""
    person = look.names.get(post.author_id, ShownName(post.author_id, _("邻居")))
    mine = look.actor.person_id is not None and post.author_id == look.actor.person_id
    readable = look.reads_all or mine or post.state == PostState.SHOWN
    made = ShownPost(
        id=post.pk,
        url=post.get_absolute_url(),
        name=person.name,
        where=person.where,
        role=_role(post),
        when=moment(post.said_at),
        mine=mine,
        waiting=post.state == PostState.WAITING,
        hidden_reason="" if look.reads_all else gone_words(post),
        assisted_by=_("工作人员") if post.assisted_by_id else "",
        answers=post.answer_count,
    )
    if readable:
        _add_words(made, post, look)
    _add_office(made, post)
    _add_rights(made, post, look)
    return made


def gone_words(post: Post) -> str:
    """Why a post is not shown: by its author's wish, or by which rule; nothing for one that is."""
    if post.state == PostState.WITHDRAWN:
        return _("本人已撤回")
    if post.state == PostState.HIDDEN and post.hidden_rule:
        return str(RULES[Rule(post.hidden_rule)].label)
    return ""


def _role(post: Post) -> str:
    """Who works for a body of this place is marked, also when speaking as a neighbour."""
    if post.office_id or not post.works_for:
        return ""
    return _("%(body)s工作人员") % {"body": BODY_LABELS[BodyKind(post.works_for)]}


def _add_words(made: ShownPost, post: Post, look: Look) -> None:
    made.html = words_of(post)
    made.photos = look.photos.get(post.pk, [])
    made.thanked_by = post.thanks_count
    made.position = str(POSITION_LABELS[Position(post.position)])
    made.position_icon = POSITION_ICONS[Position(post.position)]
    made.edited = post.edited_at is not None
    made.history_url = reverse("discussion:post", args=[post.pk]) + "#history"


def words_of(post: Post) -> SafeString:
    """The words for the page: plain, addresses as links; phone numbers masked unless a body gives them out."""
    return plain_to_html(post.text if post.office_id else mask_phones(post.text))


def _add_office(made: ShownPost, post: Post) -> None:
    if post.office is None:
        return
    company = post.office.body.kind == BodyKind.PROPERTY_COMPANY
    made.body, made.office = post.office.body.name, post.office.title
    made.name, made.where = made.body, made.office
    made.label = _("物业企业") if company else _("单位答复")


def _add_rights(made: ShownPost, post: Post, look: Look) -> None:
    """What the reader may do with it: the same answers as the verbs give."""
    is_shown, open_now = post.state == PostState.SHOWN, look.thread.is_open
    office_id = look.actor.office.id if look.actor.office else None
    same_hat = made.mine and post.office_id == office_id
    window = look.at <= post.said_at + timedelta(minutes=look.thread.edit_minutes)
    made.thanked = bool(post.thanked)
    made.may_thank = is_shown and look.rights.speaks and not made.mine
    made.may_reply = is_shown and look.rights.speaks and open_now
    made.may_report = is_shown and not made.mine and look.actor.person_id is not None
    made.may_edit = same_hat and (made.waiting or (is_shown and window))
    made.may_withdraw = same_hat and (made.waiting or is_shown)
    made.may_appeal = made.mine and post.state == PostState.HIDDEN
