"""One post on a page of its own: its answers, its earlier words, what was decided about it."""

from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString

from xieshang.lib.actor import Actor
from xieshang.lib.days import moment
from xieshang.lib.paging import Page, page_of
from xieshang.lib.text import mask_phones, plain_to_html
from xieshang.matters.models import Matter

from ..models import POSITION_LABELS, RULING_LABELS, Appeal, Post, PostVersion, Ruling, Thread
from ..rules import RULES, Position, PostState, Rule, RulingKind
from .page import waiting_words
from .reading import rights_in, thread_of
from .shown import Look, ShownPost, look_at, shown, with_figures


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """Words that an edit replaced, and when."""

    html: SafeString
    position: str
    until: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One ruling as its author reads it."""

    label: str
    rule: str
    source: str
    reason: str
    by: str
    when: str


@dataclass(slots=True)
class PostPage:
    """Everything the page of one post shows."""

    post: ShownPost
    row: Post
    matter: Matter
    answered: ShownPost | None
    may_speak: bool
    waits: str = ""
    speaks_as: str = ""
    versions: list[EarlierWords] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    # The appeal that waits or was answered; whether one may be made now.
    appeal: Appeal | None = None
    may_appeal: bool = False
    answers: Page[Post] | None = None
    # The author's own words while nobody else sees them.
    own_words: SafeString | str = ""

    @property
    def back(self) -> str:
        """Where it stands among the others."""
        return self.matter.url or reverse("discussion:thread", args=[self.matter.pk])


def post_page(actor: Actor, post_id: int, *, key: str = "") -> PostPage:
    """One post for one reader, 404 where its words are not for them; at most twelve queries."""
    rows = Post.objects.visible_to(actor).select_related("thread__matter__place")
    matter = get_object_or_404(rows, pk=post_id).matter
    thread = thread_of(actor, matter) or Thread(matter=matter)
    rights = rights_in(actor, thread)
    row = with_figures(Post.objects.filter(pk=post_id).select_related("parent"), actor, thread).get()
    answers = page_of(with_figures(Post.objects.filter(parent=row).listed_for(actor), actor, thread), key)
    asked = list(with_figures(Post.objects.filter(pk=row.parent_id), actor, thread)) if row.parent_id else []
    look = look_at(actor, thread, rights, [row, *answers.rows, *asked])
    made = PostPage(
        post=shown(row, look),
        row=row,
        matter=matter,
        answered=shown(asked[0], look) if asked else None,
        may_speak=rights.speaks and thread.is_open and row.state == PostState.SHOWN,
        answers=answers,
    )
    if made.may_speak:
        made.speaks_as = str(actor.office.title) if actor.office else ""
        made.waits = waiting_words(actor, thread)
    if made.post.hidden_reason:
        made.own_words = made.post.html
    made.post.replies = [shown(answer, look) for answer in reversed(answers.rows)]
    _add_past(made, actor, look)
    return made


def own_post(actor: Actor, matter: Matter, post_id: int) -> Post | None:
    """One's own post in a discussion, to be told how it stands; None where it is not there or another's."""
    found = Post.objects.visible_to(actor).filter(thread__matter=matter, author=actor.person_id or 0)
    return found.filter(pk=post_id).first()


def _add_past(made: PostPage, actor: Actor, look: Look) -> None:
    """Earlier words for whoever reads it; decisions for its author and for the desk."""
    mine, row = made.post.mine, made.row
    if row.edited_at is not None:
        versions = PostVersion.objects.filter(post=row).order_by("-pk")
        versions = versions if mine else versions.filter(was_shown=True)
        made.versions = [_earlier(version, row) for version in versions]
    if mine or row.state == PostState.HIDDEN:
        made.decisions = decisions_about(row)
        made.appeal = row.appeals.select_related("decision").order_by("-pk").first()
        made.may_appeal = made.post.may_appeal and not _appealed_last(row, made.appeal)


def _earlier(version: PostVersion, row: Post) -> EarlierWords:
    text = version.text if row.office_id else mask_phones(version.text)
    return EarlierWords(
        plain_to_html(text), str(POSITION_LABELS[Position(version.position)]), moment(version.replaced_at)
    )


def decisions_about(row: Post) -> list[Decision]:
    """All rulings about a post, newest first, by office, not by name."""
    rulings = Ruling.objects.filter(post=row).select_related("office__body__place").order_by("-pk")
    return [_decision(ruling) for ruling in rulings]


def _decision(ruling: Ruling) -> Decision:
    rule = RULES[Rule(ruling.rule)] if ruling.rule else None
    return Decision(
        label=str(RULING_LABELS[RulingKind(ruling.kind)]),
        rule=str(rule.label) if rule else "",
        source=rule.source if rule else "",
        reason=ruling.reason,
        by=ruling.office.body.name,
        when=moment(ruling.at),
    )


def _appealed_last(row: Post, appeal: Appeal | None) -> bool:
    """Whether the ruling in force was appealed against already."""
    if appeal is None:
        return False
    last = row.rulings.filter(kind=RulingKind.HIDE.value).order_by("-pk").values_list("pk", flat=True).first()
    return appeal.ruling_id == last
