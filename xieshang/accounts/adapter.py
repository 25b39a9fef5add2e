"""How the sign-in library stores numbers and sends codes."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xieshang.notify.services import send_text

from .forms import PhoneField
from .models import Person


class PhoneAdapter(DefaultAccountAdapter):
    """Phone numbers live on the person; codes leave through the one door for text messages."""

    def phone_form_field(self, **kwargs: object) -> PhoneField:
        """The field that takes a number as people type it."""
        return PhoneField(**kwargs)

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        """Store a number."""
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        """The number and whether it was proved."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: Person, phone: str) -> None:
        """The number was proved by a code."""
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> Person | None:
        """The first person on a number; the one who shares it is chosen after signing in."""
        return Person.objects.filter(phone=phone, shares_phone=False, closed_at=None).first()

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **kwargs: object) -> None:
        """Send a one-time code."""
        send_text(phone, _("【协商】您的验证码是%(code)s，5分钟内有效，请不要告诉别人。") % {"code": code})

    def send_unknown_account_sms(self, phone: str, **kwargs: object) -> None:
        """Tell a number that has no account yet how to get one, so that the page can answer alike."""
        send_text(phone, _("【协商】这个号码还没有注册。请在登录页点“第一次来”。"))

    def send_account_already_exists_sms(self, phone: str, **kwargs: object) -> None:
        """Tell a number that has an account already."""
        send_text(phone, _("【协商】这个号码已经注册过，请直接用验证码登录。"))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may sign up; being a neighbour is confirmed later."""
        return True
