"""What people say about the platform, and the public answers."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.community.models import Place
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.text import mask_phones
from xieshang.notify.services import send

from .. import rules
from ..models import Suggestion


@transaction.atomic
def suggest(actor: Actor, community_id: int, *, text: str) -> Suggestion:
    """Say something about the platform; anybody may, signed in or not. Phone numbers in it are masked."""
    words = mask_phones(text.strip())
    rules.require_words(words)
    community = get_object_or_404(Place, pk=community_id, community_page__isnull=False)
    suggestion = Suggestion.objects.create(community=community, person_id=actor.person_id, text=words, at=now())
    record(actor, "cms.suggest", place=community.path, detail={"suggestion": suggestion.pk})
    return suggestion


@transaction.atomic
def answer_suggestion(actor: Actor, suggestion_id: int, *, answer: str) -> Suggestion:
    """Answer a suggestion in public; whoever made it is told. Raises RuleViolation when it was answered before."""
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("community")
    suggestion = get_object_or_404(rows, pk=suggestion_id)
    if not has_perm("cms.answer_suggestion", actor, suggestion.community.path):
        raise NotAllowed("cms.answer_suggestion")
    if suggestion.answered_at:
        raise RuleViolation(rules.ALREADY_ANSWERED)
    if not answer.strip():
        raise RuleViolation(rules.EMPTY_ANSWER)
    suggestion.answer, suggestion.answered_by_id, suggestion.answered_at = answer.strip(), actor.person_id, now()
    suggestion.answered_office_id = actor.office.id if actor.office else None
    suggestion.save()
    record(actor, "cms.answer_suggestion", place=suggestion.community.path, detail={"suggestion": suggestion.pk})
    if suggestion.person_id:
        url = f"{suggestion.community.community_page.url}suggestions/"
        send([suggestion.person_id], title=_("您对平台的意见有了答复"), body=suggestion.answer[:100], url=url)
    return suggestion
