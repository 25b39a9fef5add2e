"""Reads about the person who signs in."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI
from xieshang.lib.often import Often
from xieshang.lib.text import shown_mobile

from . import hooks
from .models import Consent, Person
from .rules import NOTICE_VERSION


def people_on(phone: str) -> QuerySet[Person]:
    """Everybody who signs in by this number, the first one first."""
    return Person.objects.filter(phone=phone, closed_at=None).order_by("shares_phone", "pk")


def number_of(person_id: int | None) -> tuple[str | None, bool] | None:
    """The number of a person and whether it was proved, as the database has it now."""
    return Person.objects.filter(pk=person_id or 0).values_list("phone", "phone_verified").first()


def phone_is_shared(person: Person) -> bool:
    """Whether somebody else signs in by the same number, so that a code proves only one of them; one query."""
    return bool(person.phone) and bool(others_on(str(person.phone), person.pk))


others_on: Often[Person] = Often(lambda phone, but: people_on(phone).exclude(pk=but).only("pk")[:1])


def has_agreed(person_id: int) -> bool:
    """Whether a person agreed to the privacy notice as it reads now, and did not withdraw."""
    return Consent.objects.filter(person_id=person_id, version=NOTICE_VERSION, withdrawn_at=None).exists()


def consent_of(person_id: int) -> Consent | None:
    """The consent that holds: the newest not withdrawn, whatever its version."""
    return Consent.objects.filter(person_id=person_id, withdrawn_at=None).order_by("-given_at").first()


def my_page(actor: Actor, person: Person) -> dict[str, object]:
    """Everything for a person's own page, upper apps' parts included."""
    consent = consent_of(person.pk)
    page: dict[str, object] = {
        "consent": consent,
        "outdated": consent is None or consent.version != NOTICE_VERSION,
        "agreed_words": _("您同意过%(version)s版") % {"version": consent.version} if consent else _("您还没有同意"),
        "shown_phone": shown_mobile(person.phone or "") or _("没有登记号码"),
    }
    for part in hooks.on_my_page:
        page |= part(actor)
    return page


def known_about(person: Person) -> dict[str, object]:
    """All that is kept about a person, in words, for reading and for taking along."""
    known: dict[str, object] = {
        "登录": {
            "手机号码": shown_mobile(person.phone or ""),
            "号码已验证": person.phone_verified,
            "与家人共用号码": person.shares_phone,
            "注册时间": _when(person.joined_at),
        },
        "称呼": {"昵称": person.nickname, "真实姓名": person.real_name, "大字版": person.elder},
        "未成年": person.minor_until.isoformat() if person.minor_until else "",
        "同意过的说明": [_consent(row) for row in person.consents.order_by("given_at")],
    }
    for part in hooks.known:
        known |= part(person.pk)
    return known


def _consent(row: Consent) -> Mapping[str, object]:
    return {
        "版本": row.version,
        "同意时间": _when(row.given_at),
        "撤回时间": _when(row.withdrawn_at) if row.withdrawn_at else "",
    }


def _when(at: datetime) -> str:
    """A moment as the clock on the wall says it, to read and to sort by: 2026-11-27 11:32."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
