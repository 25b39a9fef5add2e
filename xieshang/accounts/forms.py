"""Shapes of what people type when they sign in."""

from allauth.account.forms import LoginForm
from allauth.account.forms import RequestLoginCodeForm as LibraryCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.text import mobile_number


class PhoneField(forms.CharField):
    """A mainland mobile number in any way of typing it; gives +86 and eleven digits."""

    default_error_messages = {"invalid": _("请填写11位手机号码，例如13912345678。")}

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("label", _("手机号码"))
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "tel", "autocomplete": "tel", "maxlength": "24"})

    def clean(self, value: object) -> str:
        """Fold widths, blanks and country codes; anything that is no mobile number is refused in words."""
        text = super().clean(value)
        number = mobile_number(text) if text else ""
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class RequestCodeForm(LibraryCodeForm):
    """Ask for a one-time code by phone."""


class PasswordForm(LoginForm):
    """Sign in by phone and password, for those who set one."""

    def clean_login(self) -> str:
        """The number as it is stored."""
        return mobile_number(self.cleaned_data["login"]) or self.cleaned_data["login"]


class SignupForm(forms.Form):
    """What the first visit asks for; the library adds the phone."""

    def signup(self, request: object, user: object) -> None:
        """Nothing beyond the library's own."""
