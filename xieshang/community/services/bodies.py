"""Bodies: found, and changed."""

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .. import hooks
from ..models import Body, Place
from ..rules import BODY_PLACES, BodyKind, PlaceKind, short_body

NOT_HERE = Refusal("body_not_here", _("这类组织不设在这一级，请核对地点。"))
TWICE = Refusal("body_twice", _("这里已经有一个同名的组织。"))


@transaction.atomic
def found_body(
    actor: Actor, place_id: int, *, kind: BodyKind, name: str, short_name: str = "", parent_id: int | None = None
) -> Body:
    """Set up a body that answers for a place; without a short name one is derived."""
    place = get_object_or_404(Place, pk=place_id)
    if not has_perm("community.found_body", actor, place.path):
        raise NotAllowed("community.found_body")
    if PlaceKind(place.kind) not in BODY_PLACES[kind]:
        raise RuleViolation(NOT_HERE)
    if Body.objects.filter(place=place, name=name).exists():
        raise RuleViolation(TWICE)
    body = Body(kind=kind.value, name=name, short_name=short_name or short_body(name), place=place)
    body.parent = get_object_or_404(Body, pk=parent_id, kind=BodyKind.PARTY_ORG.value) if parent_id else None
    store_body(actor, body, "community.found_body")
    return body


def store_body(actor: Actor, body: Body, verb: str) -> None:
    """Save a body, record it, and let upper apps follow; inside the verb's transaction."""
    body.save()
    record(actor, verb, place=body.place.path, after=body.name, detail={"body": body.pk, "kind": body.kind})
    for follow in hooks.on_body_changed:
        follow(body)
