"""Before a meeting: answering its notice, taking it into one's own calendar, printing it for the board."""

import io
from functools import partial

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.acts import put
from xieshang.lib.addresses import whole_address

from .. import queries, services
from ..forms.meetings import AnswerForm
from ..queries.calendar import calendar_of
from ..queries.notice import notice_of
from ..rules import Answer
from .pages import show


@login_required
@require_POST
def answer(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Confirm to have read the notice, and say whether one comes."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    form = AnswerForm(request.POST)

    def confirm(*, answer: str, reason: str) -> None:
        services.confirm(request.actor, meeting_id, answer=Answer(answer), reason=reason)

    return put(request, form, confirm, partial(show, request, meeting), _("已告诉召集人。")) or redirect(meeting)


@require_GET
def calendar(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    answer = HttpResponse(calendar_of(meeting, settings.SITE_URL), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="meeting-{meeting.pk}.ics"'
    return answer


@require_GET
def notice(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The notice as it hangs on the board, with a code that leads to the page."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    address = whole_address("matters:short", meeting.matter_id)
    out = io.BytesIO()
    code = segno.make(address, micro=False)
    code.save(out, kind="svg", scale=3, border=2, xmldecl=False, svgclass=None, lineclass=None)
    svg = mark_safe(out.getvalue().decode())
    context = {"meeting": meeting, "sheet": notice_of(meeting), "url": address, "svg": svg}
    return render(request, "meetings/notice.html", context)
