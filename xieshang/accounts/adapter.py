"""How the sign-in library stores numbers, sends codes and tells people on one number apart."""

from typing import override
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from xieshang.lib.actor import Actor
from xieshang.lib.often import Often

from .forms import PhoneField
from .models import Person
from .queries import has_agreed, people_on
from .services import hand_on, prove_phone, read_large, text_within_caps

_person: Often[Person] = Often(lambda pk: Person.objects.filter(pk=pk))


class SignedIn(AuthenticationBackend):
    """The library's way in; whose a session is, which every page asks, by a query that is built once."""

    @override
    def get_user(self, user_id: int) -> Person | None:
        """The person of a session; nobody when they may no longer sign in."""
        person = next(iter(_person(user_id)), None)
        return person if person and self.user_can_authenticate(person) else None


class PhoneAdapter(DefaultAccountAdapter):
    """Phone numbers live on the person; codes leave through the one door for text messages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_texts": later("验证码发得太多了，请过一个小时再试，也可以到居委会办理。"),
        "too_many_login_attempts": later("试的次数太多了，请过几分钟再来。"),
        "rate_limited": later("验证码刚发过，请等一分钟再点。"),
        "incorrect_code": later("验证码不对，请看一看最近一条短信。"),
        "phone_password_mismatch": later("手机号码或密码不对。忘了密码可以用验证码登录。"),
        "phone_taken": later("这个号码已经有人在用。如果是一家人共用，请到居委会登记。"),
        "same_as_current": later("这就是您现在用的号码。"),
        "enter_current_password": later("现在的密码不对。"),
        "incorrect_password": later("密码不对。"),
    }

    def phone_form_field(self, **kwargs: object) -> PhoneField:
        """The field that takes a number as people type it."""
        return PhoneField(**kwargs)

    @override
    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        """Store a number; a new one is nobody else's, and the old one is left to who shared it."""
        before = user.phone
        if before != phone:
            user.shares_phone = False
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified", "shares_phone"])
        if before and before != phone:
            hand_on(before)

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        """The number and whether it was proved."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: Person, phone: str) -> None:
        """The number was proved by a code."""
        if user.phone != phone:
            self.set_phone(user, phone, True)
        prove_phone(phone)
        user.phone_verified = True

    def get_user_by_phone(self, phone: str) -> Person | None:
        """The first person on a number; who of several it is, is asked after the code."""
        return people_on(phone).first()

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **kwargs: object) -> None:
        """Send a one-time code, under the caps."""
        self._send(phone, _("【协商】您的验证码是%(code)s，5分钟内有效，请不要告诉别人。") % {"code": code})

    def send_unknown_account_sms(self, phone: str, **kwargs: object) -> None:
        """Nobody changes to, or asks for, a number in vain: the owner hears of it."""
        self._send(phone, _("【协商】有人想用这个号码登录，没有成功。如果不是您，不用理会。"))

    def send_account_already_exists_sms(self, phone: str, **kwargs: object) -> None:
        """Tell a number that somebody wanted to move to it, though it is in use."""
        self._send(phone, _("【协商】这个号码已经在用，请直接用验证码登录。"))

    def _send(self, phone: str, text: str) -> None:
        if not text_within_caps(phone, text, address=self.get_client_ip(self.request)):
            messages.error(self.request, str(self.error_messages["too_many_texts"]))
            raise ImmediateHttpResponse(redirect("account_login"))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by the library's form: proving a number is signing up."""
        return False

    def get_login_stages(self) -> list[str]:
        """The library's stages, then: who of those on this number."""
        return [*super().get_login_stages(), "xieshang.accounts.adapter.WhichPersonStage"]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return reverse("accounts:me")

    def post_login(self, request: HttpRequest, user: Person, **kwargs: object) -> HttpResponse:
        """Go on to where one wanted; at first, and after the privacy notice changed, by way of the welcome."""
        response = super().post_login(request, user, **kwargs)
        if not user.nickname and request.COOKIES.get("elder") == "1":
            # Chosen as a visitor, before there was anybody to remember it with.
            read_large(Actor(user), wanted=True)
        if user.nickname and has_agreed(user.pk):
            return response
        return redirect(f"{reverse('accounts:welcome')}?{urlencode({'next': response['Location']})}")


class WhichPersonStage(LoginStage):
    """After a code: several people sign in by this number, and one says who it is."""

    key = "which_person"
    urlname = "accounts:which"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Pass, unless the number is shared and only a code was given; a password names its person."""
        records = get_authentication_records(self.request, self.login.user)
        by_code = bool(records) and records[-1]["method"] == "code"
        phone = self.login.user.phone if self.login.user else None
        if not by_code or not phone or people_on(phone).count() < 2:
            return None, True
        return redirect(self.urlname), True
