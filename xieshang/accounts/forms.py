"""Shapes of what people type when they sign in and about themselves."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, VerifyPhoneForm
from allauth.core import context, ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from xieshang.lib.text import half_width, mobile_number

from .models import Person
from .rules import NICKNAME_MOST
from .services import person_for


class PhoneField(forms.CharField):
    """A mainland mobile number in any way of typing it; gives +86 and eleven digits."""

    default_error_messages = {
        "required": _("请填写您的手机号码。"),
        "invalid": _("请填写11位手机号码，例如13912345678。"),
    }

    def __init__(self, **kwargs: Any) -> None:
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


class CodeDoorForm(LoginForm):
    """Ask for a one-time code. Every number gets one, known or not: the answer tells nothing about who is here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].help_text = _("带空格、带+86都可以。")

    def clean(self) -> dict[str, object]:
        """Check how often it was asked; nothing is looked up."""
        given = forms.Form.clean(self) or self.cleaned_data
        phone = given.get("login")
        if not phone:
            return given
        if not ratelimit.consume(context.request, action="request_login_code", key=phone):
            raise forms.ValidationError(get_adapter().error_messages["too_many_texts"])
        return given

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Send the code, and go on to the page that asks for it."""
        self.user = person_for(self.cleaned_data["login"])
        return self._login_by_code(request, redirect_url, {"phone": self.cleaned_data["login"]})


class PasswordDoorForm(LoginForm):
    """Sign in by phone and password, for those who set one."""

    def _setup_password_field(self) -> None:
        self.fields["password"].help_text = ""
        self.fields["password"].label = _("密码")

    def clean_login(self) -> str:
        """The number as it is stored."""
        return self.cleaned_data["login"]


class CodeEntry:
    """The field for a one-time code: six digits in any width, filled in by the phone where it can."""

    fields: dict[str, forms.Field]

    def polish(self) -> None:
        """Name the field, and offer the keyboard of digits."""
        field = self.fields["code"]
        field.label = _("短信里的验证码")
        field.error_messages["required"] = _("请填写短信里的6位数字。")
        field.widget.attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}


class LoginCodeForm(CodeEntry, ConfirmLoginCodeForm):
    """The code that was sent for signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.polish()

    def clean_code(self) -> str:
        """Compare after folding widths."""
        self.cleaned_data["code"] = half_width(self.cleaned_data["code"])
        return super().clean_code()


class PhoneCodeForm(CodeEntry, VerifyPhoneForm):
    """The code that was sent to a new number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.polish()

    def clean_code(self) -> str:
        """Compare after folding widths."""
        self.cleaned_data["code"] = half_width(self.cleaned_data["code"])
        return super().clean_code()


class NicknameForm(forms.ModelForm):
    """The name that neighbours see."""

    nickname = forms.CharField(
        label=_("邻居们怎么称呼您"),
        max_length=NICKNAME_MOST,
        help_text=_("邻居只看到这个称呼和您住的楼栋，看不到门牌、姓名和电话。例如“王阿姨”。"),
        error_messages={"required": _("请填写一个称呼，例如“王阿姨”。")},
    )

    class Meta:
        model = Person
        fields = ["nickname"]


class AgreeForm(forms.Form):
    """Agreeing to the privacy notice: never ticked beforehand."""

    agree = forms.BooleanField(
        label=_("我看过并同意《个人信息怎么保护》"),
        error_messages={"required": _("要参加议事，请先勾选同意；只想看看，可以点下面的“先不同意”。")},
    )


class WelcomeForm(NicknameForm, AgreeForm):
    """What the first visit asks for, once the number is proved."""

    field_order = ["nickname", "agree"]
