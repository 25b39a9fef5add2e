"""What is typed in for each step of a thread; the names of fields are the verbs' keywords."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.days import moment
from xieshang.lib.fields import Day

from ...rules.threads import State
from .base import Moment, ThreadForm, long_text, reason, side_choices


class NoteForm(ThreadForm):
    """A note that may be left out."""

    note = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300, required=False)


class ReasonForm(ThreadForm):
    """A reason."""

    reason = reason(_("理由"))

    def settle(self) -> None:
        """Say what else happens: a joint meeting that is still called is called off with it."""
        meeting = self.thread.meeting if self.thread.state == State.MEETING else None
        if meeting and meeting.is_open and self.thread.meeting_at:
            words = _("%s的联席会议会随之取消，请来开会的人都会收到通知和这里写的理由。")
            self.fields["reason"].help_text = words % moment(self.thread.meeting_at)


class ResultForm(ThreadForm):
    """What came of it."""

    result = long_text(_("最后的结果"))


class AgainForm(ReasonForm):
    """Once more, by a day."""

    positions_due = Day(label=_("各方哪天前再表态"))


class AssignForm(ThreadForm):
    """Who leads, who helps, by when each side takes its stand."""

    submit = _("定下来，请各方表态")
    lead = forms.TypedChoiceField(label=_("谁牵头"), coerce=int, widget=forms.RadioSelect)
    assistants = side_choices(_("谁配合"), required=False)
    positions_due = Day(label=_("各方哪天前表态（不填按五个工作日）"), required=False)

    def settle(self) -> None:
        """The sides at the table."""
        self.choose("lead", self.standing)
        self.choose("assistants", self.seats)


class MeetingForm(ThreadForm):
    """When and where the sides meet."""

    submit = _("通知各方开会")
    starts_at = Moment(label=_("哪天几点"))
    venue = forms.CharField(label=_("在哪里"), max_length=80, initial=_("社区议事厅"))
