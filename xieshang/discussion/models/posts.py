"""Threads, posts, their earlier versions, and thanks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.accounts.models import Assistable
from xieshang.community.models import Office, Place
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.matters.models import Matter, visible

from ..rules import Caution, Position, PostState, Readers, Review, Speakers
from .reading import readable, reviewable

POSITION_LABELS = {
    Position.FOR: _("赞成"),
    Position.AGAINST: _("反对"),
    Position.SUGGEST: _("建议"),
    Position.ASK: _("提问"),
    Position.NONE: "",
}
# None of them judges: no colour, no raised or lowered thumb.
POSITION_ICONS = {
    Position.FOR: "circle-plus",
    Position.AGAINST: "circle-minus",
    Position.SUGGEST: "lightbulb",
    Position.ASK: "circle-question-mark",
    Position.NONE: "",
}
STATE_LABELS = {
    PostState.WAITING: _("等待审核"),
    PostState.SHOWN: _("已显示"),
    PostState.HIDDEN: _("不显示"),
    PostState.WITHDRAWN: _("本人已撤回"),
}


class Thread(models.Model):
    """The discussion of one matter, with the settings that held when the matter started."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="thread")
    is_open = models.BooleanField(default=False)
    readers = models.CharField(max_length=8, default=Readers.PLACE.value)
    speakers = models.CharField(max_length=10, default=Speakers.COMMUNITY.value)
    review = models.CharField(max_length=6, default=Review.NEW.value)
    first_posts_wait = models.PositiveSmallIntegerField(default=1)
    wait_from_hour = models.PositiveSmallIntegerField(default=22)
    wait_to_hour = models.PositiveSmallIntegerField(default=7)
    edit_minutes = models.PositiveSmallIntegerField(default=15)

    # What `queries.thread_of` adds for one reader.
    lives_here: bool
    in_scope: bool
    own_shown: int
    post_count: int
    people_count: int

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(readers__in=[r.value for r in Readers]), name="thread_readers_known"),
            models.CheckConstraint(condition=Q(speakers__in=[s.value for s in Speakers]), name="thread_speakers_known"),
            models.CheckConstraint(condition=Q(review__in=[r.value for r in Review]), name="thread_review_known"),
            models.CheckConstraint(
                condition=Q(wait_from_hour__lt=24, wait_to_hour__lte=24), name="thread_hours_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}"

    @property
    def place_path(self) -> str:
        """Stored path of the matter's place."""
        return self.matter.place_path

    @property
    def community_id(self) -> int:
        """Id of the matter's community."""
        return self.matter.community_id

    @property
    def caution(self) -> Caution:
        """Which posts wait here."""
        return Caution(Review(self.review), self.first_posts_wait, self.wait_from_hour, self.wait_to_hour)


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by who may read them."""

    def visible_to(self, actor: Actor) -> "PostQuerySet":
        """Those whose words this actor may read: shown ones, one's own, and for the desk waiting and hidden ones."""
        if actor is SYSTEM:
            return self
        mine = Q(author=actor.person_id) if actor.person_id else Q(pk__in=[])
        desk = Q(state__in=[PostState.WAITING.value, PostState.HIDDEN.value]) & reviewable(actor, "thread__matter__")
        shown = Q(state=PostState.SHOWN.value) & readable(actor, "thread__matter__")
        return self.filter(visible(actor, "thread__matter__"), shown | mine | desk)

    def listed_for(self, actor: Actor) -> "PostQuerySet":
        """Those that have a line in the thread: once shown ones, if only as a line without words, and one's own."""
        mine = Q(author=actor.person_id) if actor.person_id else Q(pk__in=[])
        return self.filter(Q(shown_at__isnull=False) & ~Q(state=PostState.WAITING.value) | mine)


class Post(Assistable):
    """What one person said, for themselves or for a body; nobody else ever changes its words."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    position = models.CharField(max_length=8, blank=True, default=Position.NONE.value)
    text = models.TextField()
    state = models.CharField(max_length=10, default=PostState.WAITING.value)
    said_at = models.DateTimeField()
    # When it first came before the neighbours' eyes; null while it never did.
    shown_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    # What queries add for one reader.
    thanks_count: int
    thanked: bool
    answer_count: int
    hidden_rule: str | None
    works_for: str | None
    total: int

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in PostState]), name="post_state_known"),
            models.CheckConstraint(condition=Q(position__in=[p.value for p in Position]), name="post_position_known"),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(shown_at__isnull=False), name="post_shown_since_a_time"
            ),
            models.CheckConstraint(
                condition=Q(position="") | Q(parent__isnull=True, office__isnull=True), name="post_reply_takes_no_side"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "parent", "-id"], name="post_by_thread"),
            models.Index(fields=["community", "state", "id"], name="post_by_state"),
            models.Index(fields=["author", "community", "state"], name="post_by_author"),
            models.Index(fields=["state"], name="post_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of this one post: its versions, its answers, what was decided about it."""
        return reverse("discussion:post", args=[self.pk])

    @property
    def matter(self) -> Matter:
        """The matter it is about."""
        return self.thread.matter

    @property
    def place_path(self) -> str:
        """Stored path of the matter's place."""
        return self.thread.place_path


class PostVersion(models.Model):
    """Words that a later edit replaced."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    text = models.TextField()
    position = models.CharField(max_length=8, blank=True)
    # Words that waited and were changed before anybody saw them stay out of the neighbours' sight.
    was_shown = models.BooleanField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post_id} {self.pk}"


class Thanks(models.Model):
    """One person's thanks for one post; taken back, the row goes."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="thanks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="thanks_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.person_id}"
