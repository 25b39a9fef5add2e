"""Beginning a 四议两公开, out of a topic or by itself; a new draft after a “no”; taking it back."""

from django.db import transaction

from xieshang.community.models import Place
from xieshang.community.queries import community_of, rules_for
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.lib.text import one_line
from xieshang.matters import services as matters
from xieshang.matters.models import Matter
from xieshang.matters.rules import LinkKind
from xieshang.meetings import rules as meetings

from ...models import FourTwo, FourTwoDraft
from ...rules.fourtwo import DEFAULTS, KIND, STATE_LABELS, State, Step, audience_of
from .moving import _moving, audit, end_draft, locked, running_draft

PREFIX = "四"
TITLE_MISSING = Refusal("fourtwo_title_missing", _("请用一句话写明要决定什么事。"))
TEXT_MISSING = Refusal("fourtwo_text_missing", _("请写明方案：做什么、怎么做、钱从哪里来。"))
NOT_A_COMMUNITY = Refusal("fourtwo_not_here", _("四议两公开在一个村、一个社区里办，请换到村、社区的身份再办。"))
DRAFT_ON_ITS_WAY = Refusal(
    "fourtwo_draft_on_its_way", _("这一稿已经提议，走到一半不能改。没有通过以后再改出新的一稿。")
)
SAME_DRAFT = Refusal("fourtwo_same_draft", _("和上一稿一字不差。没有通过的方案要改过才能再提议。"))


@transaction.atomic
def begin(
    actor: Actor, place: Place, *, title: str, text: str, is_reserved: bool = False, of_matter: Matter | None = None
) -> FourTwo:
    """Begin a procedure for a village or community: one sentence, the draft; tied to the topic it comes from."""
    if not has_perm("coordination.begin_fourtwo", actor, place.path):
        raise NotAllowed("coordination.begin_fourtwo")
    if community_of(place) is None:
        raise RuleViolation(NOT_A_COMMUNITY)
    missing = [refusal for words, refusal in ((title, TITLE_MISSING), (text, TEXT_MISSING)) if not words.strip()]
    if missing:
        raise RuleViolation(*missing)
    matter = matters.make(actor, kind=KIND, prefix=PREFIX, title=one_line(title)[:80], place=place)
    values = rules_for(place, meetings.KIND, today(), meetings.DEFAULTS) | rules_for(place, KIND, today(), DEFAULTS)
    at = now()
    flow = FourTwo.objects.create(
        matter=matter, community_id=matter.community_id, is_reserved=is_reserved, values=values, entered_at=at
    )
    _write(actor, flow, text, number=1)
    matter.url = flow.get_absolute_url()
    matter.save(update_fields=["url"])
    matters.index(matter, f"{matter.title} {place.label} {text}")
    audience = audience_of(State.BEGUN, was_proposed=False)
    matters.settle(matter, standing=STATE_LABELS[State.BEGUN], audience=audience, is_open=True)
    if of_matter is not None:
        matters.link(of_matter, matter, LinkKind.BECAME)
    audit(actor, flow, "begin_fourtwo", reason=matter.title)
    return flow


@transaction.atomic
def redraft(actor: Actor, flow_id: int, *, text: str) -> FourTwoDraft:
    """Change the draft until it is proposed; after a “no” a new one that is not the old one over again."""
    flow = locked(actor, flow_id, "redraft_fourtwo")
    if flow.state != State.BEGUN:
        raise RuleViolation(DRAFT_ON_ITS_WAY)
    if not text.strip():
        raise RuleViolation(TEXT_MISSING)
    draft = running_draft(flow)
    if draft is not None:
        draft.text, draft.at = text.strip(), now()
        draft.save(update_fields=["text", "at"])
        audit(actor, flow, "redraft_fourtwo")
        return draft
    last = flow.drafts.order_by("-number").first()
    if last is not None and last.text == text.strip():
        raise RuleViolation(SAME_DRAFT)
    made = _write(actor, flow, text, number=last.number + 1 if last else 1)
    audit(actor, flow, "redraft_fourtwo", reason=f"第{made.number}稿")
    return made


def withdraw(actor: Actor, flow_id: int, *, reason: str) -> FourTwo:
    """Take the whole matter back before the villagers have spoken."""
    with _moving(actor, flow_id, Step.WITHDRAW, note=reason.strip(), reason_given=bool(reason.strip())) as flow:
        end_draft(flow, reason.strip())
    return flow


def _write(actor: Actor, flow: FourTwo, text: str, *, number: int) -> FourTwoDraft:
    return FourTwoDraft.objects.create(
        flow=flow,
        number=number,
        text=text.strip(),
        person_id=actor.person_id,
        office_id=actor.office.id if actor.office else None,
        at=now(),
    )
