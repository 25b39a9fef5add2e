"""公示核算: whoever has a published notice types in its figures and sees whether they add up. Nothing is stored."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xieshang.lib.limits import line_of, require_within
from xieshang.lib.refusals import RuleViolation

from ..forms import EXAMPLES, NoticeForm, PasteForm, filled
from ..rules.noticecheck import check
from ..rules.noticetext import read_text

MOST, SECONDS = 60, 600
MOST_LEFT = 12


@never_cache
@require_http_methods(["GET", "POST"])
def check_notice(request: HttpRequest) -> HttpResponse:
    """The page: empty, with an example, with figures found in a text, or with what they come to."""
    if request.method == "GET":
        example = EXAMPLES.get(request.GET.get("example", ""))
        return _page(request, NoticeForm(initial=example) if example else NoticeForm())
    try:
        require_within("check_notice", line_of(get_adapter().get_client_ip(request)), MOST, SECONDS)
    except RuleViolation as refused:
        return _page(request, NoticeForm(request.POST), status=429, refusal=refused)
    return _pasted(request) if "text" in request.POST else _checked(request)


def _checked(request: HttpRequest) -> HttpResponse:
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _page(request, form, checked=check(form.notice()))


def _pasted(request: HttpRequest) -> HttpResponse:
    """Figures out of the text into the form, for the reader to look over."""
    paste = PasteForm(request.POST)
    if not paste.is_valid():
        return _page(request, NoticeForm(), paste=paste, status=422)
    draft = read_text(paste.cleaned_data["text"])
    if draft.is_empty:
        paste.add_error("text", _("没有找到写成“228人、22904.60㎡”这样的数字，请在下面自己填。"))
        return _page(request, NoticeForm(), paste=paste, status=422)
    return _page(request, NoticeForm(initial=filled(draft)), was_read=True, left=draft.left[:MOST_LEFT])


def _page(request: HttpRequest, form: NoticeForm, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "paste": PasteForm(), "checked": None} | more
    return render(request, "voting/check_notice.html", context, status=status)
