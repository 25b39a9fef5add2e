"""The discussion of one matter as one reader sees it: at most eight queries however long it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.paging import Page, page_by, page_of
from xieshang.matters.models import Matter

from ..models import Post, Thread
from ..rules import MOST_CHARACTERS, MOST_OFFICIAL_CHARACTERS, NOT_OF_SCOPE, NOT_VERIFIED, Position, Review, Sort
from .reading import Counts, Rights, rights_in, thread_of
from .shown import ShownPost, look_at, shown, with_figures
from .summary import SIDES, PositionColumn, best_posts, columns_of, label_of

REPLIES = 5


@dataclass(frozen=True, slots=True)
class Closed:
    """Why this reader may not speak, in one line, and which way opens it: "login", "verify", "office" or none."""

    sentence: str
    way: str = ""


@dataclass(slots=True)
class ThreadPage:
    """Everything the part discussion/parts/thread.html shows."""

    matter: Matter
    thread: Thread | None = None
    counts: Counts = field(default_factory=Counts)
    may_read: bool = False
    may_speak: bool = False
    closed: Closed | None = None
    # Said before writing: that the post will wait for review.
    waits: str = ""
    speaks_as: str = ""
    positions: list[PositionColumn] = field(default_factory=list)
    posts: list[ShownPost] = field(default_factory=list)
    page: Page[Post] | None = None
    sort: Sort = Sort.NEWEST
    position: Position = Position.NONE
    key: str = ""
    # People's words are not for search engines: put the robots line into block meta.
    noindex: bool = False

    @property
    def url(self) -> str:
        """The discussion on a page of its own; with a request by htmx only its section."""
        return reverse("discussion:thread", args=[self.matter.pk])

    @property
    def most_characters(self) -> int:
        """How long what this reader writes may be."""
        return MOST_OFFICIAL_CHARACTERS if self.speaks_as else MOST_CHARACTERS

    def _link(self, sort: Sort, position: Position, key: str = "") -> str:
        wanted = {"sort": sort.value if sort != Sort.NEWEST else "", "position": position.value, "after": key}
        terms = urlencode({name: value for name, value in wanted.items() if value})
        return f"{self.url}?{terms}" if terms else self.url

    @property
    def tabs(self) -> list[dict[str, object]]:
        """The filter by position, for the part `tabs`."""
        counted = {column.position: column.count for column in self.positions}
        return [
            {
                "label": label_of(side) if side else _("全部"),
                "count": counted.get(side),
                "url": self._link(self.sort, side),
                "current": side == self.position,
            }
            for side in (Position.NONE, *SIDES)
        ]

    @property
    def orders(self) -> list[dict[str, object]]:
        """The two orders, as links."""
        labels = {Sort.NEWEST: _("最新"), Sort.THANKS: _("感谢最多")}
        return [
            {"label": label, "url": self._link(sort, self.position), "current": sort == self.sort}
            for sort, label in labels.items()
        ]

    @property
    def here(self) -> str:
        """This very page of posts, to be read anew."""
        return self._link(self.sort, self.position, self.key)

    @property
    def next_url(self) -> str:
        """The page after this one; empty on the last."""
        key = self.page.next_key if self.page else ""
        return self._link(self.sort, self.position, key) if key else ""

    @property
    def first_url(self) -> str:
        """Back to the first page; empty there."""
        return "" if self.page is None or self.page.is_first else self._link(self.sort, self.position)


def terms(asked: Mapping[str, str]) -> dict[str, str]:
    """What an address asks of a thread (sort, position, after), unknown values left out, for `thread_page`."""
    sort, position, key = asked.get("sort", ""), asked.get("position", ""), asked.get("after", "")
    return {
        "sort": sort if sort in set(Sort) else Sort.NEWEST.value,
        "position": position if position in set(Position) else "",
        "key": key if len(key) <= 20 else "",
    }


def thread_page(actor: Actor, matter: Matter, *, sort: str = "newest", position: str = "", key: str = "") -> ThreadPage:
    """The discussion for one reader: words for who may read them, figures for everybody else."""
    made = ThreadPage(matter, sort=Sort(sort), position=Position(position), key=key)
    thread = thread_of(actor, matter)
    if thread is None:
        made.closed = Closed(_("预告期满以后，在这里讨论。"))
        return made
    rights = rights_in(actor, thread)
    made.thread, made.counts = thread, Counts(thread.post_count, thread.people_count)
    made.may_read = made.noindex = rights.reads
    made.may_speak = rights.speaks and thread.is_open
    made.closed = None if made.may_speak else _closed(actor, thread, rights)
    if made.may_speak:
        made.speaks_as = str(actor.office.title) if actor.office else ""
        made.waits = waiting_words(actor, thread)
    if rights.reads:
        _add_posts(made, actor, rights, key)
    return made


def _closed(actor: Actor, thread: Thread, rights: Rights) -> Closed:
    if actor.person_id is None:
        return Closed(_(NOT_VERIFIED), "login")
    if not rights.lives_here and not rights.for_body:
        return Closed(_(NOT_VERIFIED), "office" if actor.office else "verify")
    if not thread.is_open:
        return Closed(_("讨论期已经结束，大家说过的话都在这里。") if thread.post_count else _("现在不在讨论期。"))
    if actor.office is not None:
        return Closed(_("您现在的单位身份不能在这里发言，可以换成居民本人。"), "office")
    return Closed(_(NOT_OF_SCOPE))


def waiting_words(actor: Actor, thread: Thread) -> str:
    """What is said before writing when the post will wait, or may; nothing when it is shown at once."""
    caution = thread.caution
    if actor.office is not None or actor.helper is not None:
        return ""
    if caution.review == Review.ALL:
        return _("这里的意见由社区工作人员看过以后再显示。")
    if thread.own_shown < caution.first_posts_wait:
        return _("您刚开始在这里发言，这一条由社区工作人员看过以后再显示，一般不超过1个工作日。")
    if caution.review == Review.HOURS:
        hours = {"from": caution.wait_from_hour, "to": caution.wait_to_hour}
        return _("%(from)d点到次日%(to)d点发的意见，由社区工作人员看过以后再显示。") % hours
    return ""


def _add_posts(made: ThreadPage, actor: Actor, rights: Rights, key: str) -> None:
    """One page of posts, the last answers of each, names, pictures and the positions."""
    thread = made.thread
    if thread is None:
        return
    rows = with_figures(Post.objects.filter(thread=thread, parent=None).listed_for(actor), actor, thread)
    if made.position:
        rows = rows.filter(position=made.position.value)
    made.page = page_by(rows, "thanks_count", key) if made.sort == Sort.THANKS else page_of(rows, key)
    best = best_posts(made.matter)
    answers = _last_answers(actor, thread, made.page.rows)
    look = look_at(actor, thread, rights, [*made.page.rows, *answers], [post.author_id for post in best])
    made.posts = [shown(post, look) for post in made.page.rows]
    hang_answers(made.posts, answers, [shown(post, look) for post in answers])
    made.positions = columns_of(made.matter, best, dict(look.names))


def _last_answers(actor: Actor, thread: Thread, posts: Sequence[Post]) -> list[Post]:
    """The last few answers under each of these posts, oldest first; one query."""
    wanted = [post.pk for post in posts]
    if not wanted:
        return []
    rows: QuerySet[Post] = Post.objects.filter(thread=thread, parent__in=wanted).listed_for(actor)
    rank = Window(RowNumber(), partition_by=[F("parent")], order_by=[F("pk").desc()])
    return list(with_figures(rows, actor, thread).annotate(rank=rank).filter(rank__lte=REPLIES).order_by("pk"))


def hang_answers(parents: Sequence[ShownPost], rows: Sequence[Post], answers: Sequence[ShownPost]) -> None:
    """Put each answer under the post it answers."""
    by_id = {parent.id: parent for parent in parents}
    for row, answer in zip(rows, answers, strict=True):
        by_id[row.parent_id or 0].replies.append(answer)
