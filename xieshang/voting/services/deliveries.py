"""What was delivered to whom (送达): written at the door, with or without a signal, merged without doubles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.discussion.models import Attachment
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from ..models import Delivery, RightUnit, Vote
from ..queries import owner_rights, visible_owners_vote
from ..rules import paperwork
from ..rules.deciding import State
from ..rules.paperwork import DeliveryWay, TakenBy

# A phone's clock may be a little ahead of ours.
AHEAD = timedelta(minutes=10)
DELIVERING = frozenset({State.NOTICE, State.VOTING, State.COUNTING})


@dataclass(frozen=True, slots=True)
class Visit:
    """One record as it was made at the door: its own key, the homes, how, when, who took it."""

    key: str
    unit_ids: Sequence[int]
    way: DeliveryWay
    at: datetime
    taken_by: TakenBy
    note: str = ""


@transaction.atomic
def record_delivery(actor: Actor, vote_id: int, visit: Visit, *, proof: Upload | None = None) -> int:
    """Write down that these homes were reached; the same key again changes nothing. Gives the rows that are new.

    One photo (a signed sheet, the board of a stairwell) proves all homes of the record.
    """
    vote = visible_owners_vote(actor, vote_id)
    if not has_perm("voting.record_delivery", actor, vote):
        raise NotAllowed("voting.record_delivery")
    at = now()
    _require_in_time(vote, visit, at)
    homes = list(RightUnit.objects.filter(vote=vote, unit__in=list(visit.unit_ids)).order_by("pk"))
    if not homes and Delivery.objects.filter(vote=vote, key__startswith=f"{visit.key}-").exists():
        # A whole stairwell sent once more: by now nothing of it is left to reach.
        return 0
    if not homes:
        raise RuleViolation(paperwork.UNITS_MISSING)
    keys = {home.pk: f"{visit.key}-{home.unit_id}" for home in homes}
    known = set(Delivery.objects.filter(vote=vote, key__in=keys.values()).values_list("key", flat=True))
    fresh = [home for home in homes if keys[home.pk] not in known]
    if not fresh:
        return 0
    if len(homes) > 1 and proof is None:
        raise RuleViolation(paperwork.PROOF_MISSING)
    file = attach_closed(actor, vote.matter, proof, caption=_("送达凭据")) if proof else None
    _write(actor, vote, visit, {keys[home.pk]: home for home in fresh}, proof=file)
    facts = {"homes": len(fresh), "way": visit.way.value}
    record(actor, "voting.record_delivery", number=vote.matter.number, place=vote.place_path, detail=facts)
    return len(fresh)


def _require_in_time(vote: Vote, visit: Visit, at: datetime) -> None:
    """After the notice, not in the future, not after the closing; what was late to come may still be written down."""
    if vote.decision.state not in DELIVERING or vote.closes_at is None:
        raise RuleViolation(paperwork.NOT_DELIVERING)
    # What is written down at a door says the minute, not the second.
    noticed = vote.frozen_at.replace(second=0, microsecond=0) if vote.frozen_at else None
    if visit.at > at + AHEAD or visit.at >= vote.closes_at or (noticed is not None and visit.at < noticed):
        raise RuleViolation(paperwork.DELIVERED_LATER)


@transaction.atomic
def acknowledge(actor: Actor, vote_id: int) -> int:
    """An owner says on the page that notice and ballot have reached them; once, for all homes of their rights."""
    vote = visible_owners_vote(actor, vote_id)
    own = [right.id for right in owner_rights(actor, vote) if right.proxy_id is None]
    if actor.office is not None or actor.helper is not None or not own:
        raise NotAllowed("voting.acknowledge")
    at = now()
    visit = Visit("online", (), DeliveryWay.ONLINE, at, TakenBy.OWNER)
    _require_in_time(vote, visit, at)
    homes = {f"online-{home.unit_id}": home for home in RightUnit.objects.filter(right__in=own)}
    return _write(actor, vote, visit, homes)


def _write(
    actor: Actor, vote: Vote, visit: Visit, homes: Mapping[str, RightUnit], *, proof: Attachment | None = None
) -> int:
    """One row for each home under its key; a key that is there already is left as it is."""
    at = now()
    rows = (
        Delivery(
            vote=vote,
            right_id=home.right_id,
            unit_id=home.unit_id,
            way=visit.way.value,
            at=visit.at,
            by_id=actor.person_id,
            office_id=actor.office.id if actor.office else None,
            taken_by=visit.taken_by.value,
            note=visit.note.strip()[:120],
            proof=proof,
            recorded_at=at,
            key=key,
        )
        for key, home in homes.items()
    )
    return len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))
