"""Each owners' vote of the demo as a story, through the same verbs as real people."""

from collections.abc import Callable, Iterator
from datetime import datetime

from xieshang.voting import services as voting
from xieshang.voting.models import Right
from xieshang.voting.rules import Tally
from xieshang.voting.rules.deciding import State
from xieshang.voting.rules.official import Said, Sheet
from xieshang.voting.services import deciding
from xieshang.voting.services.deciding import Typed

from .ballots import hand_in, hand_in_twice, key_papers, scan, sign_at_door
from .delivering import deliver
from .votestory import DRAFTED, FROZEN, NOTICED, VoteStory

Stage = Callable[[VoteStory], Iterator[datetime]]


def tell_vote(story: VoteStory) -> Iterator[datetime]:
    """Draft the decision and take it along its way."""
    yield story.raised_at
    story.decision_id = deciding.draft_decision(story.chair, story.area.pk, story.draft).pk
    for stage in WAYS[story.words["until"]]:
        yield from stage(story)


def _publish_roll(story: VoteStory) -> Iterator[datetime]:
    """The class by two, the advice of the Party organisation, the roll published, and objected to where told."""
    he, decision_id = story.chair, story.decision_id
    yield story.opening(-DRAFTED, 14)
    deciding.confirm_class(story.town.officer("sun"), decision_id, note="对照民法典第278条，类别没有选错。")
    yield story.opening(1 - DRAFTED)
    deciding.consult(he, decision_id)
    yield story.opening(3 - DRAFTED)
    deciding.give_opinion(
        story.town.officer("li"), decision_id, opinion="同意提交业主表决，请把费用和施工安排向业主说清楚。"
    )
    yield story.opening(4 - DRAFTED)
    deciding.open_roll(he, decision_id)
    voting.publish_roll(he, decision_id)
    if words := story.words.get("objection"):
        yield story.opening(5 - DRAFTED)
        by = story.town.neighbour(words["by"])
        voting.object_to_roll(by, decision_id, text=words["text"], unit_label=words["unit"])


def _freeze_roll(story: VoteStory) -> Iterator[datetime]:
    """Its days are over."""
    yield story.opening(-FROZEN)
    voting.freeze_roll(story.chair, story.decision_id)


def _call(story: VoteStory) -> Iterator[datetime]:
    """The notice goes up; where only some homes vote their papers are printed."""
    yield story.opening(-NOTICED)
    deciding.publish(story.chair, story.decision_id)
    if story.words["scope"] and "platform" not in story.words:
        voting.issue_papers(story.chair, story.vote_id)


def _abort(story: VoteStory) -> Iterator[datetime]:
    """A fault is found; one of the convener's people asks, another human being confirms."""
    yield story.opening(4)
    asked = deciding.ask_abort(story.chair, story.decision_id, reason=story.words["fault"])
    yield story.opening(4, 16)
    deciding.answer_signature(story.town.officer("deng"), asked.pk, agreed=True)


def _count(story: VoteStory) -> Iterator[datetime]:
    """The box is opened and keyed, the count is signed and put up."""
    yield story.closing(1)
    key_papers(story)
    yield story.closing(1, 14)
    voting.count_vote(story.chair, story.vote_id)
    yield story.closing(2)
    deciding.sign_count(
        story.chair,
        story.decision_id,
        scan("count"),
        tellers="何永福、邓春梅",
        scrutineers="黄淑芬",
        witness="唐立新（和顺社区居委会）",
    )
    deciding.publish_count(story.chair, story.decision_id)


def _announce(story: VoteStory) -> Iterator[datetime]:
    """When the days for questions are over the convener announces the result."""
    for days in range(8, 30):
        yield story.closing(days)
        if story.decision.state == State.DECIDED:
            deciding.announce(story.chair, story.decision_id)
            return


def _dispute(story: VoteStory) -> Iterator[datetime]:
    """At the door one of two co-owners signs; the other one says that they had not agreed."""
    words = story.words["dispute"]
    by = story.town.neighbour(words["by"])
    yield story.opening(2, 9)
    right = Right.objects.get(vote=story.vote_id, holders__person_id=by.person_id)
    sign_at_door(story, right, [story.options[0]], words["signer"])
    yield story.opening(2, 20)
    voting.dispute(by, story.vote_id, ballot_id=right.ballot.pk, text=words["text"])


def _enter(story: VoteStory) -> Iterator[datetime]:
    """The authorities' platform has counted: its sheet is typed in by one, compared by another, and put up."""
    words = story.words
    yield story.closing(1)
    asked = deciding.enter_result(
        story.chair, story.decision_id, Typed(words["platform"], _sheet(story)), scan("official")
    )
    yield story.closing(1, 16)
    deciding.answer_signature(story.town.officer("deng"), asked.pk, agreed=True)
    deciding.publish_count(story.chair, story.decision_id)


def _sheet(story: VoteStory) -> Sheet[int]:
    """Figures that fit the roll: so many rights in its order for each line."""
    rights = Right.objects.filter(vote=story.vote_id).order_by("number")
    weights = [Tally(right.head, right.area_centi) for right in rights]
    rows, at = {}, 0
    for option, number in zip(story.options, story.words["exact"], strict=False):
        rows[option] = sum(weights[at : at + number], Tally())
        at += number
    whole, part = sum(weights, Tally()), sum(rows.values(), Tally())
    return Sheet(whole, part, rows, said=Said.PASSED)


def _annul(story: VoteStory) -> Iterator[datetime]:
    """A court sets the decision aside; the street enters it with its document."""
    yield story.closing(20)
    words = story.words["annulled"]
    street, paper = story.town.officer("liu_street"), scan("court")
    deciding.annul(street, story.decision_id, reason=words["reason"], basis=words["basis"], upload=paper)


CALLED: tuple[Stage, ...] = (_publish_roll, _freeze_roll, _call)
WAYS: dict[str, tuple[Stage, ...]] = {
    "draft": (),
    "roll": (_publish_roll,),
    "frozen": (_publish_roll, _freeze_roll),
    "notice": CALLED,
    "voting": (*CALLED, deliver, hand_in),
    "disputed": (*CALLED, deliver, _dispute, hand_in),
    "official": (*CALLED, _enter, _announce),
    "annulled": (*CALLED, deliver, hand_in, _count, _announce, _annul),
    "counting": (*CALLED, deliver, hand_in, hand_in_twice),
    "aborted": (*CALLED, _abort),
    "announced": (*CALLED, deliver, hand_in, _count, _announce),
}
