"""Owners hand in their ballots: on the net with a code, on paper, or at the door with a signed sheet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.accounts.models import Person
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.voting import services as voting
from xieshang.voting.models import Ballot, PaperBallot, Right, RightHolder
from xieshang.voting.rules import Channel
from xieshang.voting.rules.paperwork import PaperState
from xieshang.voting.services.writing import write_ballot

from ...queries.pictures import draw_minutes
from .votestory import VoteStory

# Of those who are not on the net every third hands in paper, the others sign at the door.
PAPER_EVERY = 3


def hand_in(story: VoteStory) -> Iterator[datetime]:
    """Everybody who takes part, spread over the days of the window that are over."""
    rights = _taking_part(story)
    chosen = _choices(story, rights)
    over = min(story.words["days"] - 1, story.words["opens"] - 0.6)
    if story.words.get("at_once"):
        yield story.opening(0, 9, 30) + timedelta(days=over)
        _write_many(story, rights)
        return
    for number, (right, position) in enumerate(zip(rights, chosen, strict=True)):
        yield story.opening(0, 9, 30) + timedelta(days=over) * number / len(rights)
        _one(story, right, position, number)


def _taking_part(story: VoteStory) -> list[Right]:
    """Rights that are used, those of owners on the net first; whoever tries the demo out keeps theirs."""
    spared = {story.town.people[key].pk for key in story.words.get("spared", [])}
    spared_rights = RightHolder.objects.filter(person_id__in=spared).values("right_id")
    rows = Right.objects.filter(vote=story.vote_id).prefetch_related("holders__person", "units")
    rights = list(rows.exclude(pk__in=spared_rights).order_by("number"))
    story.chance.shuffle(rights)
    rights.sort(key=lambda right: not right.holders.all())
    return rights[: round(story.vote.roll_size * story.words["part"])]


def _choices(story: VoteStory, rights: list[Right]) -> list[int]:
    """Which line each of them ticks, from 0."""
    words = story.words
    if "exact" in words:
        chosen = [line for line, number in enumerate(words["exact"]) for _each in range(number)]
        return story.chance.sample(chosen, len(rights))
    if "against" in words:
        return [int(_says_no(right, words["against"])) for right in rights]
    lines = range(len(words["lean"]) + 1)
    weights = [*words["lean"], max(0.0, 1 - sum(words["lean"]))]
    return story.chance.choices(lines, weights, k=len(rights))


def _says_no(right: Right, rooms: list[str]) -> bool:
    return any(unit.label.endswith(room) for unit in right.units.all() for room in rooms)


def _one(story: VoteStory, right: Right, line: int, number: int) -> None:
    holder = right.holders.first()
    ticked = [story.options[line]]
    if holder:
        _on_the_net(story, holder.person, right, ticked)
    elif number % PAPER_EVERY == 0:
        story.papers[right.pk] = ticked
        serial = PaperBallot.objects.get(right=right).serial
        voting.receive_paper(story.town.officer("tang"), story.vote_id, serial=serial)
    else:
        sign_at_door(story, right, ticked, right.name.split("、")[0])


def sign_at_door(story: VoteStory, right: Right, ticked: list[int], signer: str) -> None:
    """The grid worker takes the ballot of an owner who signs on a sheet."""
    voting.cast_at_door(
        story.town.officer("wu_grid"),
        story.vote_id,
        right_id=right.pk,
        option_ids=ticked,
        key=f"demo-door-{right.pk}",
        signer=signer,
        sheet=scan("sheet"),
    )


def _on_the_net(story: VoteStory, person: Person, right: Right, ticked: list[int]) -> None:
    code, key = voting.new_code(person.pk, story.vote), f"demo-{right.pk}"
    voting.cast(Actor(person), story.vote_id, option_ids=ticked, key=key, right_id=right.pk, code=code)


def _write_many(story: VoteStory, rights: list[Right]) -> None:
    """Ballots as rows, where nobody looks how each was handed in; the ledger is the real one."""
    vote, helper = story.vote, story.town.officer("wu_grid")
    for right in rights:
        holder = right.holders.first()
        ballot = Ballot(right=right, vote=vote, community_id=vote.community_id)
        ballot.cast_by_id = holder.person_id if holder else None
        ballot.channel = (Channel.ONLINE if holder else Channel.ASSISTED).value
        ballot.assisted_by_id = None if holder else helper.person_id
        hands = ballot.cast_by_id or helper.person_id or 0
        write_ballot(ballot, _named(story), key=f"demo-{right.pk}", at=now(), hands_id=hands)


def _named(story: VoteStory) -> list[int]:
    """Candidates that one owner names, each as often as told, no more than there are seats."""
    likely = [
        pk for pk, share in zip(story.options, story.words["lean"], strict=False) if story.chance.random() < share
    ]
    story.chance.shuffle(likely)
    return likely[: story.words["seats"]] or story.options[:1]


def hand_in_twice(story: VoteStory) -> Iterator[datetime]:
    """Somebody who voted on the net drops a paper into the box too: for two people to settle before the count."""
    yield story.closing(0, 15)
    right = Right.objects.filter(vote=story.vote_id, ballot__channel=Channel.ONLINE.value).order_by("number").first()
    if right is not None:
        story.papers[right.pk] = [story.options[0]]
        serial = PaperBallot.objects.get(right=right).serial
        voting.receive_paper(story.town.officer("tang"), story.vote_id, serial=serial)


def key_papers(story: VoteStory) -> None:
    """The box is opened: each paper is read by two people, blind of each other."""
    papers = PaperBallot.objects.filter(vote=story.vote_id, state=PaperState.RECEIVED.value)
    for paper in papers.order_by("pk"):
        for clerk in ("deng", "tang"):
            voting.key_paper(story.town.officer(clerk), paper.pk, option_ids=story.papers[paper.right_id])


@cache
def _page() -> bytes:
    return draw_minutes(7)


def scan(name: str) -> SimpleUploadedFile:
    """A scanned sheet with signatures."""
    return SimpleUploadedFile(f"{name}.pdf", _page(), "application/pdf")
