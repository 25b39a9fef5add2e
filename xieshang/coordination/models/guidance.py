"""Opinions of the Party organisation, from the asking to the answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Office, Place
from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter, OfMatter, visible

from ..rules.guidance import Addressee, Occasion, State, Step

ADDRESSEE_LABELS = {
    Addressee.ASSEMBLY: _("业主大会"),
    Addressee.COMMITTEE: _("业主委员会（物管会）"),
    Addressee.COMPANY: _("物业企业"),
}
OCCASION_LABELS = {
    Occasion.CONTRACT: _("物业合同到期"),
    Occasion.TERM: _("换届、任期"),
    Occasion.COMPLAINT: _("居民反映的问题"),
    Occasion.OTHER: _("其他"),
}
GUIDANCE_LABELS = {
    State.ASKED: _("等党组织提意见"),
    State.GIVEN: _("等答复"),
    State.ANSWERED: _("已答复"),
    State.TAKEN_BACK: _("请求已收回"),
    State.WITHDRAWN: _("意见已撤回"),
}
GUIDANCE_STEP_LABELS = {
    Step.GIVE: _("提出意见"),
    Step.ANSWER: _("答复"),
    Step.TAKE_BACK: _("收回请求"),
    Step.WITHDRAW: _("撤回意见"),
}


class GuidanceQuerySet(models.QuerySet["Guidance"]):
    """Opinions by who may know of them."""

    def visible_to(self, actor: Actor) -> "GuidanceQuerySet":
        """Those whose matter this actor may know of, and those that their body answers or asked for."""
        seen = visible(actor, "matter__")
        if actor.office is not None and actor.office.body_id is not None:
            seen |= Q(body=actor.office.body_id) | Q(asked_in__body=actor.office.body_id)
        return self.filter(seen)


class Guidance(OfMatter):
    """One opinion: asked for or given unasked, to whom, about what, on what basis, by when answered, how answered."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="guidance")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    addressee = models.CharField(max_length=12)
    # The body that answers; for the assembly the one that convenes it.
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="guidance")
    occasion = models.CharField(max_length=12)
    # What it is about, where that is a matter of its own: a topic, a thread.
    about = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="guided_by")
    state = models.CharField(max_length=12, default=State.ASKED.value)

    request = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    give_by = models.DateField(null=True, blank=True)

    text = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    shown_to_residents = models.BooleanField(default=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)

    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    # The last day of the state, and the one about whose passing people were told.
    due_on = models.DateField(null=True, blank=True)
    told_of = models.DateField(null=True, blank=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="guidance_state_known"),
            models.CheckConstraint(
                condition=Q(addressee__in=[a.value for a in Addressee]), name="guidance_addressee_known"
            ),
            models.CheckConstraint(
                condition=Q(occasion__in=[o.value for o in Occasion]), name="guidance_occasion_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "answered", "withdrawn"])
                | (~Q(text="") & ~Q(basis="") & Q(given_at__isnull=False, answer_due__isnull=False)),
                name="given_guidance_has_basis_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_guidance_has_words",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "due_on"], name="guidance_by_community"),
            models.Index(fields=["body", "state", "due_on"], name="guidance_by_body"),
        ]

    def get_absolute_url(self) -> str:
        """The opinion with its answer and its history."""
        return reverse("coordination:guidance_one", args=[self.pk])

    @property
    def state_word(self) -> str:
        """How it stands, in words."""
        return str(GUIDANCE_LABELS[State(self.state)])

    @property
    def addressee_word(self) -> str:
        """Whom it is for, in words."""
        return str(ADDRESSEE_LABELS[Addressee(self.addressee)])

    @property
    def occasion_word(self) -> str:
        """What it is about, in words."""
        return str(OCCASION_LABELS[Occasion(self.occasion)])


class GuidanceStep(models.Model):
    """One step: which, when, by whom in what office, with what words. Only grows."""

    guidance = models.ForeignKey(Guidance, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guidance", "step"], name="guidance_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.guidance_id} {self.step}"
