"""Who lives where: the register, and people who belong to a home."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..rules import ResidenceKind, ResidenceState
from .bodies import Office
from .places import Place

RESIDENCE_LABELS = {
    ResidenceKind.OWNER: _("业主"),
    ResidenceKind.FAMILY: _("家人"),
    ResidenceKind.TENANT: _("租户"),
}


# Word, icon and tone of each state, in that order of importance.
RESIDENCE_STATES = {
    ResidenceState.ASKED: (_("等核实"), "clock", "wait"),
    ResidenceState.CONFIRMED: (_("已认证"), "circle-check", "done"),
    ResidenceState.RETURNED: (_("退回"), "corner-up-left", "over"),
    ResidenceState.ENDED: (_("已结束"), "circle-minus", "closed"),
}


class Household(models.Model):
    """The people registered or verified as living in one unit; the base of everything counted by household."""

    unit = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="household")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.unit)


class RegisteredResident(models.Model):
    """Somebody the committee's register knows to live in a unit, whether they use the platform or not."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="registered")
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=16, blank=True)
    minor_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "name"], name="registered_once_a_household")]
        indexes = [models.Index(fields=["phone"], name="registered_by_phone")]

    def __str__(self) -> str:
        return f"{self.household_id}"


class Residence(models.Model):
    """A person's belonging to a home: asked for, confirmed or returned by the committee, ended."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="residences")
    unit = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="residences")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=ResidenceState.ASKED.value)
    by_register = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(state__in=["asked", "confirmed"]), name="one_living_residence"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ResidenceState]), name="residence_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ResidenceKind]), name="residence_kind_known"
            ),
            # A number in a list confirms that somebody lives there, never that they own it.
            models.CheckConstraint(condition=~Q(by_register=True, kind="owner"), name="register_confirms_no_owner"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="residence_returned_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["community", "state", "id"], name="residence_by_state")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.unit_id}"

    @property
    def kind_word(self) -> str:
        """How the person belongs to the home, in a word."""
        return str(RESIDENCE_LABELS[ResidenceKind(self.kind)])

    @property
    def state_word(self) -> str:
        """The state, in a word."""
        return str(RESIDENCE_STATES[ResidenceState(self.state)][0])

    @property
    def state_icon(self) -> str:
        """The icon beside the word."""
        return RESIDENCE_STATES[ResidenceState(self.state)][1]

    @property
    def state_tone(self) -> str:
        """The tone of the word."""
        return RESIDENCE_STATES[ResidenceState(self.state)][2]
