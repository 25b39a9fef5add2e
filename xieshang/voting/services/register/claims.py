"""A person says: this owner of the list is me. Found right by number, by letter or at the desk; never by a phone."""

import hashlib
import hmac
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import PropertyArea
from xieshang.community.rules import PlaceKind, building_name, split_room, stairwell_name, unit_name
from xieshang.lib import seal
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.limits import require_within
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.services import send

from ...models import OwnerClaim, Register, RegisterOwner, RegisterUnit, Right, RightHolder
from ...rules import State, keeping
from ...rules.estate import ClaimState, ClaimWay
from ...rules.estatefile import id_number as read_number
from ...rules.estatefile.cells import text_of
from .common import office_row, permitted_area

_MOST_TRIES, _SECONDS = 6, 60 * 60
# Without what is easily misread aloud.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 8


def letter_code(unit: RegisterUnit, owners: Iterable[int]) -> str:
    """The code printed on the letter to a unit: it holds for the owners it was printed for and is kept nowhere."""
    said = f"letter:{unit.pk}:{','.join(str(owner) for owner in sorted(owners))}"
    digest = hashlib.sha256(seal.matching(said).encode()).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_CODE_LENGTH])


def claim_owner(
    actor: Actor, area_id: int, *, way: ClaimWay, name: str, id_number: str = "", room: str = "", code: str = ""
) -> OwnerClaim:
    """Claim to be an owner of an estate's list. By number or letter it is decided at once, at the desk by a clerk.

    RuleViolation with one and the same sentence whatever does not fit, so that nobody learns who owns what.
    """
    area = get_object_or_404(PropertyArea, pk=area_id)
    if actor.person_id is None or not has_perm("voting.claim_owner", actor, area):
        raise NotAllowed("voting.claim_owner")
    require_within("owner_claim", actor.person_id, _MOST_TRIES, _SECONDS)
    name, room = text_of(name).replace(" ", ""), text_of(room).replace(" ", "")
    with transaction.atomic():
        register = Register.objects.select_for_update(of=("self",)).filter(area=area).first()
        if register is None:
            raise RuleViolation(keeping.NO_REGISTER)
        owner = _found(register, way, name, id_number=id_number, room=room, code=code)
        _require_free(actor.person_id, owner)
        return _claimed(actor, register, owner, way)


def _found(register: Register, way: ClaimWay, name: str, *, id_number: str, room: str, code: str) -> RegisterOwner:
    """The owner meant, who stands for their copies."""
    if way == ClaimWay.ID_CHECK:
        owner = _by_number(register, name, id_number)
    else:
        owner = _by_room(register, name, room, code if way == ClaimWay.LETTER else None)
    if owner is None:
        raise RuleViolation(keeping.NOT_ON_LIST)
    return owner.same_as or owner


def _by_number(register: Register, name: str, number: str) -> RegisterOwner | None:
    plain, refusal = read_number(number, text_of(number))
    if not plain or refusal:
        return None
    owners = RegisterOwner.objects.select_related("same_as").filter(register=register, name=name)
    return owners.filter(id_hash=seal.matching(plain)).first()


def _by_room(register: Register, name: str, room: str, code: str | None) -> RegisterOwner | None:
    """The owner of that name in that home; with a code, only if it is the one on the letter to this home."""
    if not name or not room:
        return None
    units = RegisterUnit.objects.filter(register=register, gone_on=None).prefetch_related("owners__owner__same_as")
    for unit in units.filter(Q(code__iexact=room.removesuffix("室")) | _written_out(room)):
        links = list(unit.owners.all())
        known = letter_code(unit, [link.owner_id for link in links])
        if code is not None and not hmac.compare_digest(known.encode(), text_of(code).upper().encode()):
            continue
        for link in links:
            if name in {link.owner.name, link.owner.guardian}:
                return link.owner
    return None


def _written_out(room: str) -> Q:
    """3号楼2单元501室 in its parts."""
    parts = split_room(room)
    if parts is None:
        return Q(pk=None)
    stairwell = stairwell_name(parts[1]) if parts[1] else ""
    return Q(building=building_name(parts[0]), stairwell=stairwell, room=unit_name(parts[2], PlaceKind.BUILDING))


def _require_free(person_id: int, owner: RegisterOwner) -> None:
    living = OwnerClaim.objects.filter(owner=owner, state__in=[ClaimState.ASKED.value, ClaimState.CONFIRMED.value])
    if living.filter(person_id=person_id).exists():
        raise RuleViolation(keeping.ASKED_ALREADY)
    if living.filter(state=ClaimState.CONFIRMED.value).exists():
        raise RuleViolation(keeping.CLAIMED_ALREADY)


def _claimed(actor: Actor, register: Register, owner: RegisterOwner, way: ClaimWay) -> OwnerClaim:
    at, at_once = now(), way != ClaimWay.DESK
    claim = OwnerClaim.objects.create(
        person_id=actor.person_id or 0,
        owner=owner,
        way=way.value,
        state=(ClaimState.CONFIRMED if at_once else ClaimState.ASKED).value,
        asked_at=at,
        decided_at=at if at_once else None,
    )
    if at_once:
        hold_rights(claim)
    detail = {"claim": claim.pk, "way": way.value}
    record(actor, "voting.claim_owner", place=register.place_path, after=claim.state, detail=detail)
    return claim


@transaction.atomic
def decide_claim(actor: Actor, claim_id: int, *, confirm: bool, reason: str = "") -> OwnerClaim:
    """At the desk: the papers were looked at, this person is the owner; or back, with what is missing."""
    rows = OwnerClaim.objects.select_for_update(of=("self",)).select_related("owner__register__area")
    claim = get_object_or_404(rows, pk=claim_id)
    register = claim.owner.register
    permitted_area(actor, register.area_id, "decide_claim")
    if claim.state != ClaimState.ASKED:
        raise RuleViolation(keeping.CLAIM_DECIDED)
    if claim.person_id == actor.person_id:
        raise RuleViolation(keeping.OWN_CLAIM)
    if not confirm and not reason.strip():
        raise RuleViolation(keeping.CLAIM_NEEDS_REASON)
    others = OwnerClaim.objects.filter(owner=claim.owner, state=ClaimState.CONFIRMED.value)
    if confirm and others.exists():
        raise RuleViolation(keeping.CLAIMED_ALREADY)
    claim.state = (ClaimState.CONFIRMED if confirm else ClaimState.RETURNED).value
    claim.decided_by_id, claim.decided_in, claim.decided_at = actor.person_id, office_row(actor), now()
    claim.reason = reason.strip()[:200]
    claim.save()
    if confirm:
        hold_rights(claim)
    _tell(claim, register)
    record(
        actor,
        "voting.decide_claim",
        place=register.place_path,
        before=ClaimState.ASKED.value,
        after=claim.state,
        reason=claim.reason,
        detail={"claim": claim.pk},
    )
    return claim


def hold_rights(claim: OwnerClaim) -> None:
    """Whoever is found to be an owner may cast that owner's rights in the votes whose roll is frozen and not closed."""
    owners = {claim.owner_id, *claim.owner.copies.values_list("pk", flat=True)}
    rights = Right.objects.filter(owners__owner_id__in=owners)
    rights = rights.filter(vote__state__in=[State.DRAFTED.value, State.OPEN.value])
    rights = rights.exclude(successions__confirmed_at__isnull=False)
    RightHolder.objects.bulk_create(
        (RightHolder(right_id=pk, person_id=claim.person_id) for pk in set(rights.values_list("pk", flat=True))),
        ignore_conflicts=True,
    )


def _tell(claim: OwnerClaim, register: Register) -> None:
    confirmed = claim.state == ClaimState.CONFIRMED
    title = "业主身份已认证" if confirmed else "业主认证被退回"
    body = f"{register.area}：可以参加业主表决了。" if confirmed else f"{register.area}：{claim.reason}"
    send([claim.person_id], title=title, body=body, url=f"/register/{register.area_id}/claim/")
