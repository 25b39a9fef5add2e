"""The register of bodies under guidance: committee terms, filed papers, members who stand aside.

No register of Party members: who holds which office stands with the offices, and nothing more is asked.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Office, Place

from ..rules.bodies import DutyKind, PaperKind

DUTY_LABELS = {
    DutyKind.REELECTION: _("启动换届"),
    DutyKind.TERM_OVER: _("任期已满，没有换届"),
    DutyKind.HANDOVER: _("上一届交接"),
    DutyKind.FILING: _("备案"),
    DutyKind.CONTRACT: _("物业合同"),
    DutyKind.GUIDANCE: _("答复指导意见"),
    DutyKind.COMMITMENT: _("答应的事"),
}
PAPER_LABELS = {
    PaperKind.FILING: _("备案回执"),
    PaperKind.RULES: _("业主大会议事规则"),
    PaperKind.COVENANT: _("管理规约"),
    PaperKind.CONTRACT: _("物业服务合同"),
    PaperKind.SEAL: _("印章备案"),
    PaperKind.OTHER: _("其他"),
}


class Entered(models.Model):
    """Who wrote a line of the register, in what office, when."""

    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True


class CommitteeTerm(Entered):
    """One term of a homeowners' committee or of the body in its place, both days included."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    # When the committee before it handed papers, seal and money over.
    handed_over_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    # The alarms that were given, and the day of the next one; null where none is left.
    told = models.JSONField(default=list)
    alarm_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="committee_term_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="committee_term_ends_after_its_start"),
            models.CheckConstraint(condition=Q(number__gt=0), name="committee_term_number_above_zero"),
        ]
        indexes = [
            models.Index(fields=["body", "-starts"], name="committee_term_by_body"),
            models.Index(fields=["alarm_on"], condition=Q(alarm_on__isnull=False), name="committee_term_by_alarm"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.number}"


def scan_name(paper: "FiledPaper", name: str) -> str:
    """A name that nobody guesses; the ending is ours, not the uploader's."""
    ending = "jpg" if paper.scan_is_photo else "pdf"
    return f"bodies/{paper.body_id}/{secrets.token_urlsafe(24)}.{ending}"


class FiledPaper(Entered):
    """A paper that was filed or is kept: which, its number, its day, where it lies."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="filed_papers")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=60, blank=True)
    filed_on = models.DateField()
    kept_at = models.CharField(max_length=80, blank=True)
    # The paper itself: a picture drawn anew, or a PDF.
    scan = models.FileField(upload_to=scan_name, max_length=120, blank=True)
    scan_is_photo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in PaperKind]), name="paper_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="filed_paper_has_a_name"),
        ]
        indexes = [models.Index(fields=["body", "-filed_on"], name="filed_paper_by_body")]

    def __str__(self) -> str:
        return self.name

    @property
    def scan_id(self) -> str:
        """The name of its field on the page where its scan is added."""
        return f"scan-{self.pk}"

    @property
    def kind_word(self) -> str:
        """What sort of paper, in words."""
        return str(PAPER_LABELS[PaperKind(self.kind)])


class Recusal(Entered):
    """A member stands aside in one matter, from a day on, until a day or for good."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="recusals")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recusals")
    about = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(about=""), name="recusal_says_why"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="recusal_ends_after_its_start"
            ),
        ]
        indexes = [models.Index(fields=["body", "-starts"], name="recusal_by_body")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.starts}"
