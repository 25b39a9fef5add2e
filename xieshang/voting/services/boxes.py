"""The box of a secret vote: set up when it opens, written anew with every envelope, emptied into a list at closing."""

import json

from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib import seal
from xieshang.lib.refusals import RuleViolation
from xieshang.notify.services import send

from ..models import Box, Envelope, RightUsed, Trustee, Vote
from ..rules import entries, secret
from ..rules.entries import Fields, slot_of
from ..rules.rolls import opening_salt

Sealed = dict[str, object]


def set_up_box(vote: Vote) -> None:
    """An empty box; refused while a trustee's key is missing or so few are on the roll that nothing stays secret."""
    if Trustee.objects.filter(vote=vote).exclude(made_at=None).count() != len(secret.SEATS):
        raise RuleViolation(secret.KEYS_MISSING)
    if vote.roll_size < secret.FEWEST_ON_ROLL:
        raise RuleViolation(secret.TOO_FEW_ON_ROLL)
    box = Box(vote=vote)
    put_into(box, [])


def inside(box: Box) -> list[Sealed]:
    """The envelopes in a box, in the order of their trackers."""
    found: list[Sealed] = json.loads(seal.unseal(box.sealed)) if box.sealed else []
    return found


def put_into(box: Box, envelopes: list[Sealed]) -> None:
    """Write the whole box anew: nothing of it shows which envelope came last."""
    ordered = sorted(envelopes, key=lambda one: str(one["tracker"]))
    box.sealed = seal.seal(json.dumps(ordered, separators=(",", ":"), sort_keys=True))
    box.save()


def empty_box(vote: Vote) -> Fields:
    """At closing: the envelopes become a list in the order of their trackers; gives what the ledger says of it."""
    box = Box.objects.select_for_update().get(pk=vote.pk)
    envelopes = inside(box)
    Envelope.objects.bulk_create(Envelope(vote=vote, tracker=one["tracker"], sealed=one) for one in envelopes)
    box.sealed = ""
    box.save()
    salts = RightUsed.objects.filter(right__vote=vote).values_list("right__salt", flat=True)
    used = [slot_of(opening_salt(salt)) for salt in salts]
    return entries.closed_box(code=secret.list_code(envelopes), envelopes=len(envelopes), used=used)


def ask_trustees(vote: Vote) -> None:
    """Tell the three that the envelopes wait for two of them."""
    send(
        Trustee.objects.filter(vote=vote).values_list("person_id", flat=True),
        title=_("请带上钥匙单来开封"),
        body=_("“%s”已经截止，要两位保管人一起开封。") % vote.question,
        number=vote.matter.number,
        url=reverse("voting:unseal", args=[vote.pk]),
    )
