"""The record, for the body that supervises."""

import csv
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from xieshang.audit.models import Entry
from xieshang.community.queries import names_for
from xieshang.lib.paging import page_of
from xieshang.lib.permits import has_perm

from ..forms import RecordForm
from ..queries import entries_for, read

MOST_EXPORTED = 50_000


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        """Give back the line."""
        return line


def _require_reader(request: HttpRequest) -> None:
    office = request.actor.office
    if office is None or not has_perm("home.read_record", request.actor, office.place_path):
        raise Http404


@require_GET
@login_required
def record(request: HttpRequest) -> HttpResponse:
    """The record of a place, newest first, with filters in the address."""
    _require_reader(request)
    form = RecordForm(request.GET)
    page = page_of(entries_for(request.actor, form.wanted()).select_related("link"), request.GET.get("after", ""), 50)
    place = request.actor.office.body.place if request.actor.office else None
    names = names_for([entry.person_id for entry in page.rows], request.actor, place)
    rows = [read(entry, names[entry.person_id].name if entry.person_id in names else "") for entry in page.rows]
    query = request.GET.copy()
    query.pop("after", None)
    kept = f"{query.urlencode()}&" if query else ""
    return render(request, "home/record.html", {"form": form, "page": page, "rows": rows, "query": kept})


@require_GET
@login_required
def record_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same, whole, as a table file that a spreadsheet opens."""
    _require_reader(request)
    found = entries_for(request.actor, RecordForm(request.GET).wanted()).order_by("id")[:MOST_EXPORTED]
    response = StreamingHttpResponse(_lines(found.iterator(2000)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="record.csv"'
    return response


def _lines(entries: Iterator[Entry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(["序号", "时间", "身份", "做了什么", "编号", "之前", "之后", "理由"])
    for entry in entries:
        at, words = localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"), read(entry)
        cells = [entry.pk, at, entry.office_title, words.verb, entry.number, words.before, words.after, entry.reason]
        yield writer.writerow([_plain(cell) for cell in cells])


def _plain(cell: object) -> object:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
