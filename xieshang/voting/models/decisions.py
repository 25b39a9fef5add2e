"""An owners' decision beside its vote: who convenes, by what rule, how far it has come, what was done to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Office, Place, PropertyArea
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.matters.models import visible
from xieshang.outcomes.models import Notice

from ..rules.deciding import State, Step
from .register import Register
from .votes import Vote, on_published_roll

DECISION_LABELS = {
    State.PROPOSED: _("起草中"),
    State.PARTY_CONSULTED: _("听取党组织意见"),
    State.ROSTER_OPEN: _("核对名册"),
    State.NOTICE: _("会议公告中"),
    State.VOTING: _("正在投票"),
    State.COUNTING: _("计票中"),
    State.PRELIM_PUBLICITY: _("初步结果公示"),
    State.DECIDED: _("待公告结果"),
    State.ANNOUNCED: _("已公告"),
    State.WITHDRAWN: _("已撤回"),
    State.ABORTED: _("已中止"),
    State.ANNULLED: _("已撤销"),
}
STEP_LABELS = {
    Step.REDRAFT: _("修改草案"),
    Step.CONFIRM_CLASS: _("复核事项类别"),
    Step.CONSULT: _("报党组织听取意见"),
    Step.GIVE_OPINION: _("党组织提出意见"),
    Step.TAKE_BACK: _("收回修改"),
    Step.OPEN_ROLL: _("开始核对名册"),
    Step.PUBLISH_ROLL: _("公布名册"),
    Step.FREEZE_ROLL: _("锁定名册"),
    Step.PUBLISH: _("发布会议公告"),
    Step.OPEN: _("开始投票"),
    Step.EXTEND: _("延长投票时间"),
    Step.CLOSE: _("投票截止"),
    Step.ENTER_RESULT: _("录入官方平台的结果"),
    Step.SIGN_COUNT: _("签署计票单"),
    Step.PUBLISH_COUNT: _("公示初步结果"),
    Step.RECOUNT: _("重新计票"),
    Step.DECIDE: _("结果生效"),
    Step.ANNOUNCE: _("公告结果"),
    Step.WITHDRAW: _("撤回"),
    Step.ABORT: _("中止"),
    Step.CORRECT: _("更正"),
    Step.ANNUL: _("登记撤销"),
}


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by who may know of them."""

    def visible_to(self, actor: Actor) -> "DecisionQuerySet":
        """Those whose vote's matter this actor may know of, whose roll they stand on, and those their body convenes."""
        seen = visible(actor, "vote__matter__")
        if actor.office is not None and actor.office.body_id:
            seen |= Q(convener_id=actor.office.body_id)
        if actor.person_id is not None:
            seen |= on_published_roll(actor.person_id, "vote")
        return self.filter(seen)


class Decision(models.Model):
    """A decision of the owners by vote, from the draft to the announced result (民法典第278条)."""

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="decision")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(PropertyArea, on_delete=models.PROTECT, related_name="decisions")
    # Empty: all of the property area. Else the buildings or stairwells it is confined to, and what allows that.
    scopes = models.ManyToManyField(Place, blank=True, related_name="+")
    scope_source = models.CharField(max_length=200, blank=True)
    convener = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    convener_source = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, default=State.PROPOSED.value)
    entered_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)

    # What it is about: entry of the catalogue and item of art. 278; locked once a second person has confirmed it.
    entry = models.CharField(max_length=40)
    item = models.PositiveSmallIntegerField()
    class_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    class_confirmed_at = models.DateTimeField(null=True, blank=True)
    rule_set = models.CharField(max_length=24, default="civil_code_2021")
    # The values of the place's dated rules, copied at drafting; by which clause silence may count, if at all.
    values = models.JSONField(default=dict)
    deemed_clause = models.CharField(max_length=200, blank=True)
    # What the owners are asked to decide, in full; materials hang on the matter.
    text = models.TextField()
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    paper_place = models.CharField(max_length=120, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")

    # The Party organisation's opinion, asked before the notice (物业管理条例第20条); advice, never a condition.
    consulted_on = models.DateField(null=True, blank=True)
    opinion_due = models.DateField(null=True, blank=True)
    opinion = models.TextField(blank=True)
    opinion_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opinion_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    opinion_at = models.DateTimeField(null=True, blank=True)

    # The window as printed on the notice; an extension moves the end once, and keeps what it was.
    opens_on = models.DateField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    first_closes_at = models.DateTimeField(null=True, blank=True)
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    prelim = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    announcement = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    count_sheet = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Where the place demands its own platform: whose result the last count is (platform, note, document).
    official_result = models.JSONField(null=True, blank=True)
    # Check code of the key that signs the ledger's heads, as printed on the notice.
    key_code = models.CharField(max_length=64, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="decision_state_known"),
            models.CheckConstraint(condition=Q(item__gte=1, item__lte=9), name="decision_item_of_the_code"),
            models.CheckConstraint(
                condition=Q(class_confirmed_by__isnull=True) | ~Q(class_confirmed_by=F("drafted_by")),
                name="decision_class_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "party_consulted", "roster_open", "withdrawn"])
                | Q(class_confirmed_by__isnull=False, opens_on__isnull=False, closes_at__isnull=False),
                name="noticed_decision_is_complete",
            ),
        ]
        indexes = [models.Index(fields=["community", "state", "due_on"], name="decision_by_state")]

    def __str__(self) -> str:
        return self.vote.question

    def get_absolute_url(self) -> str:
        """The page of the vote; the procedure is shown there."""
        return reverse("voting:vote", args=[self.vote_id])

    @property
    def place_path(self) -> str:
        """Stored path of the place of its matter."""
        return self.vote.place_path

    @property
    def state_word(self) -> str:
        """The state, in words."""
        return str(DECISION_LABELS[State(self.state)])


class DecisionStep(models.Model):
    """One step: when it was recorded, when it fell due, by whom, and by whom as the second person. Only grows."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    at = models.DateTimeField()
    fell_due_at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    file = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("person")), name="decision_step_by_two"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.step}"


class SecondSignature(models.Model):
    """An act that two people must want, begun by one: extension, abort, a change of the roll. The other confirms it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="asked")
    step = models.CharField(max_length=20)
    given = models.JSONField(default=dict)
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")), name="second_signature_by_two"
            ),
            models.UniqueConstraint(
                fields=["decision", "step"], condition=Q(answered_at__isnull=True), name="one_waiting_signature"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.step}"


class Roll(models.Model):
    """The roll of a vote: published to those on it, objected to, frozen with its check code before the notice."""

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="roll")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="rolls")
    edition = models.PositiveIntegerField()
    parking = models.CharField(max_length=16)
    published_on = models.DateField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    heads = models.PositiveIntegerField(default=0)
    area_centi = models.PositiveBigIntegerField(default=0)
    # The check code and the algorithm it was made with.
    algorithm = models.CharField(max_length=12, blank=True)
    value = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True)
                | (Q(heads__gt=0, area_centi__gt=0) & ~Q(value="") & ~Q(algorithm="")),
                name="frozen_roll_has_its_code",
            )
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.value[:12]}"


class RollObjection(models.Model):
    """Somebody on the roll, or who says they should be, objects; each gets its answer before the roll is frozen."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit_label = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    at = models.DateTimeField()
    sustained = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (Q(sustained__isnull=False) & ~Q(answer="")),
                name="roll_objection_answered_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.pk}"
