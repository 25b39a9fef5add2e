"""Doors for signing in and for one's own page."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import cast

from allauth.account import views as library
from allauth.account.stages import LoginStageController
from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required as signed_in
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.paging import number_in
from xieshang.lib.refusals import NotAllowed, RuleViolation

from . import hooks, queries, services
from .adapter import WhichPersonStage
from .forms import AgreeForm, NicknameForm, PasswordDoorForm, WelcomeForm
from .models import Person
from .rules import NOTICE_VERSION

TOO_LATE = later("这个验证码不能用了（超过5分钟，或者填错了5次），请再要一个。")


class FirstVisitView(LoginView):
    """The same way in as for everybody, in the words of a first visit."""

    template_name = "account/signup.html"


class PasswordView(LoginView):
    """The way in for those who set a password."""

    template_name = "account/by_password.html"

    def get_form_class(self) -> type[PasswordDoorForm]:
        """Ask for the password too."""
        return PasswordDoorForm


class CodeView(library.ConfirmLoginCodeView):
    """The page of the one-time code, which says so when the code's five minutes are over."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """The page, or with a word of why the way back to where a new code is asked for."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        is_there = getattr(self, "_process", request.method != "POST")
        if is_there:
            return answer
        messages.error(request, TOO_LATE)
        return redirect(self.passthrough_next_url(reverse("account_login")))


def own_account(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Only for the signed-in person's own account: whoever helps a neighbour neither sees nor changes theirs."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.actor.helper:
            raise NotAllowed("accounts.own", _("您正在代别人办理，看不到也改不了他的账号。请先结束代办。"))
        return view(request)

    return signed_in(guarded)


first_visit = FirstVisitView.as_view()
by_password = PasswordView.as_view()
confirm_code = CodeView.as_view()


@require_http_methods(["GET", "POST"])
def confirm_number(request: HttpRequest) -> HttpResponseBase:
    """The code that proves a new number; one that came too late, or was wrong five times, is said to be of no use."""
    before = queries.number_of(request.user.pk)
    answer: HttpResponseBase = library.verify_phone(request)
    asked_to_prove = request.method == "POST" and not request.POST.get("action")
    if asked_to_prove and answer.status_code == HTTPStatus.FOUND and queries.number_of(request.user.pk) == before:
        messages.error(request, TOO_LATE)
    return answer


def _self(request: HttpRequest) -> Person:
    """The person signed in; every door that asks is behind the sign-in."""
    return cast("Person", request.user)


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else "/"


@never_cache
def which(request: HttpRequest) -> HttpResponse:
    """Several people sign in by this number: who is it?"""
    stage = LoginStageController.enter(request, WhichPersonStage.key)
    if stage is None or stage.login.user is None:
        return redirect("account_login")
    people = queries.people_on(stage.login.user.phone)
    if chosen := number_in(request.POST.get("person", "")):
        stage.login.user = get_object_or_404(people, pk=chosen, is_active=True)
        return stage.exit()
    return render(request, "accounts/which.html", {"people": people})


@own_account
def welcome(request: HttpRequest) -> HttpResponse:
    """The first visit, or the first after the privacy notice changed: a name, and consent."""
    form = WelcomeForm(request.POST or None, instance=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _take_in(request, form):
            return redirect(_next_step(request))
    page = {"form": form, "next": _onward(request), "version": NOTICE_VERSION}
    page["first"] = queries.consent_of(_self(request).pk) is None
    return render(request, "accounts/welcome.html", page, status=status)


def _next_step(request: HttpRequest) -> str:
    """Where one wanted to go; who only came to see is shown the next of the first steps."""
    wanted = _onward(request)
    if wanted != "/":
        return wanted
    return next((step for follow in hooks.after_welcome if (step := follow(request.actor))), wanted)


def _take_in(request: HttpRequest, form: WelcomeForm) -> bool:
    try:
        services.rename(request.actor, nickname=form.cleaned_data["nickname"], own_office=_in_office(request))
    except RuleViolation as refused:
        form.add_error("nickname", refused.refusal.sentence)
        return False
    services.agree(request.actor)
    if request.COOKIES.get("elder") == "1":
        # Chosen as a visitor: it goes along with the person.
        services.read_large(request.actor, wanted=True)
    messages.success(request, _("欢迎您，%(name)s。") % {"name": form.cleaned_data["nickname"]})
    return True


def _in_office(request: HttpRequest) -> bool:
    return bool(queries.my_page(request.actor, _self(request)).get("offices"))


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """How personal information is protected, in the version that is in force."""
    agreed = bool(request.actor.person_id and queries.has_agreed(request.actor.person_id))
    return render(request, "accounts/privacy.html", {"version": NOTICE_VERSION, "agreed": agreed})


@require_POST
@own_account
def agree(request: HttpRequest) -> HttpResponse:
    """Agree to the notice, by a tick that was not there before."""
    if not AgreeForm(request.POST).is_valid():
        messages.warning(request, _("请先勾选同意。"))
        return redirect("accounts:privacy")
    services.agree(request.actor)
    messages.success(request, _("已记下您的同意。"))
    return redirect(_onward(request))


@require_POST
@own_account
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the consent back."""
    services.withdraw_consent(request.actor)
    messages.success(request, _("已撤回同意。您仍然可以浏览；要参加议事，可以随时再同意。"))
    return redirect("accounts:me")


@own_account
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """One's own page."""
    form = NicknameForm(instance=request.user)
    return render(request, "accounts/me.html", {**queries.my_page(request.actor, _self(request)), "form": form})


@require_POST
@own_account
def rename(request: HttpRequest) -> HttpResponse:
    """Choose another name."""
    form = NicknameForm(request.POST)
    if form.is_valid():
        try:
            own_office = _in_office(request)
            services.rename(request.actor, nickname=form.cleaned_data["nickname"], own_office=own_office)
        except RuleViolation as refused:
            form.add_error("nickname", refused.refusal.sentence)
    if form.errors:
        return render(
            request, "accounts/me.html", {**queries.my_page(request.actor, _self(request)), "form": form}, status=422
        )
    messages.success(request, _("称呼已改好。"))
    return redirect("accounts:me")


@own_account
@require_GET
def known(request: HttpRequest) -> HttpResponse:
    """What is known about oneself, to read."""
    return render(request, "accounts/known.html", {"known": queries.known_about(_self(request))})


@own_account
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same, to take along, for programs to read (个人信息保护法第45条)."""
    text = json.dumps(queries.known_about(_self(request)), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-information.json"'
    response["Cache-Control"] = "no-store"
    return response


@own_account
def close(request: HttpRequest) -> HttpResponse:
    """Close the account, after saying what goes and what stays; who cannot yet reads why."""
    is_sent = request.method == "POST"
    try:
        (services.close_account if is_sent else services.require_may_close)(request.actor)
    except RuleViolation as refusal:
        return render(request, "accounts/close.html", {"refusal": refusal}, status=409 if is_sent else 200)
    if not is_sent:
        return render(request, "accounts/close.html")
    logout(request)
    messages.success(request, _("账号已注销。"))
    return redirect("/")
