"""What people change about themselves."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.limits import Cap, line_of, within
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.text import one_line
from xieshang.notify.services import forget, send_text

from . import hooks
from .models import Consent, Person
from .queries import has_agreed, people_on
from .rules import NICKNAME_MOST, NOTICE_VERSION, UNPROVED_HOURS, nickname_refusal

HOUR, DAY = 3600, 86400
# Texts cost money and can be used to pester people: so many to a number, from an address and for the whole site.
# A building, and much of a mobile network, share one address: on the evening a poll opens many sign in from it.
NUMBER_HOUR, NUMBER_DAY = 5, 10
ADDRESS_HOUR, ADDRESS_DAY = 100, 400
SITE_DAY = 20_000


def caps_on_text(phone: str, address: str | None) -> list[Cap]:
    """The caps that a text to this number, asked for from this address, falls under."""
    line = line_of(address)
    return [
        Cap("text-number", phone, NUMBER_HOUR, HOUR),
        Cap("text-number-day", phone, NUMBER_DAY, DAY),
        Cap("text-address", line, ADDRESS_HOUR, HOUR),
        Cap("text-address-day", line, ADDRESS_DAY, DAY),
        Cap("text-site-day", "", SITE_DAY, DAY),
    ]


def text_within_caps(phone: str, text: str, *, address: str | None) -> bool:
    """Send a text that somebody at this address asked for, under the caps; whether it was sent."""
    if not within(*caps_on_text(phone, address)):
        return False
    send_text(phone, text)
    return True


def read_large(actor: Actor, *, wanted: bool) -> None:
    """Remember whether this person reads the large version."""
    Person.objects.filter(pk=actor.person_id).update(elder=wanted)


def person_for(phone: str) -> Person:
    """Whoever signs in by this number first; a number never seen gets a row that is forgotten unless it is proved."""
    known = people_on(phone).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return Person.objects.create_user(phone)
    except IntegrityError:
        # Typed twice at once: the other request made the row.
        return people_on(phone)[0]


def prove_phone(phone: str) -> None:
    """A code proved the number: everybody on it holds a proved number."""
    people_on(phone).filter(phone_verified=False).update(phone_verified=True)


def forget_unproved(at: datetime) -> int:
    """Forget numbers that were typed but never proved; gives how many."""
    stale = Person.objects.filter(
        phone_verified=False, phone__isnull=False, last_login=None, nickname="", real_name="", is_superuser=False
    )
    stale = stale.filter(joined_at__lt=at - timedelta(hours=UNPROVED_HOURS))
    gone = list(stale.values_list("pk", flat=True)[:200])
    if gone:
        Person.objects.filter(pk__in=gone).delete()
    return len(gone)


def forget_sign_ins(at: datetime) -> int:
    """Forget sign-ins that have run out, in real time as they are kept; gives how many."""
    stale = Session.objects.filter(expire_date__lt=timezone.now()).values_list("pk", flat=True)[:1000]
    return Session.objects.filter(pk__in=list(stale)).delete()[0]


@transaction.atomic
def rename(actor: Actor, *, nickname: str, own_office: bool) -> None:
    """Choose the name that neighbours see; raises RuleViolation for a name that says nothing or claims an office."""
    wanted = one_line(nickname)[:NICKNAME_MOST]
    refusal = nickname_refusal(wanted, own_office=own_office)
    if refusal:
        raise RuleViolation(refusal)
    Person.objects.filter(pk=actor.person_id).update(nickname=wanted)


@transaction.atomic
def agree(actor: Actor) -> None:
    """Agree to the privacy notice as it reads now; agreeing again changes nothing."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    if has_agreed(person.pk):
        return
    Consent.objects.create(person=person, version=NOTICE_VERSION, given_at=now())
    record(actor, "accounts.agree", detail={"version": NOTICE_VERSION})


@transaction.atomic
def withdraw_consent(actor: Actor) -> None:
    """Take the consent back: what rests on it ends, reading goes on (个人信息保护法第15条)."""
    Person.objects.select_for_update().get(pk=actor.person_id)
    Consent.objects.filter(person_id=actor.person_id, withdrawn_at=None).update(withdrawn_at=now())
    for leave in hooks.on_leaving:
        leave(actor)
    record(actor, "accounts.withdraw_consent")


@transaction.atomic
def close_account(actor: Actor) -> None:
    """Close the account: name, number, sign-in, drafts and messages go; what was said stays (个人信息保护法第47条).

    Raises RuleViolation, from the apps above, while the person still holds an office.
    """
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    require_may_close(actor)
    for leave in hooks.on_leaving:
        leave(actor)
    phone, at = person.phone, now()
    Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=at)
    person.phone, person.phone_verified, person.shares_phone = None, False, False
    person.nickname = person.real_name = ""
    person.is_active, person.closed_at, person.minor_until = False, at, None
    person.set_unusable_password()
    person.save()
    forget(person.pk)
    if phone:
        hand_on(phone)
    record(actor, "accounts.close")


def require_may_close(actor: Actor) -> None:
    """Raises RuleViolation, from the apps above, while somebody cannot close the account."""
    for may_refuse in hooks.on_closing:
        may_refuse(actor)


def hand_on(phone: str) -> None:
    """After somebody left a number, let one of those who shared it be its first person."""
    left = people_on(phone)
    if not left.filter(shares_phone=False).exists():
        Person.objects.filter(pk__in=left.values_list("pk", flat=True)[:1]).update(shares_phone=False)
