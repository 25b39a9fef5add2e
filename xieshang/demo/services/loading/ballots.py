"""Owners hand in their ballots: on the net with a code, on paper, or at the door with a signed sheet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.accounts.models import Person
from xieshang.lib.actor import Actor
from xieshang.voting import services as voting
from xieshang.voting.models import PaperBallot, Right, RightHolder
from xieshang.voting.rules.paperwork import PaperState

from ...queries.pictures import draw_minutes
from .votestory import VoteStory

# Of those who are not on the net every third hands in paper, the others sign at the door.
PAPER_EVERY = 3


def hand_in(story: VoteStory) -> Iterator[datetime]:
    """Everybody who takes part, spread over the days of the window that are over."""
    rights = _taking_part(story)
    chosen = _choices(story, rights)
    over = min(story.words["days"] - 1, story.words["opens"] - 0.6)
    for number, (right, position) in enumerate(zip(rights, chosen, strict=True)):
        yield story.opening(0, 9, 30) + timedelta(days=over) * number / len(rights)
        _one(story, right, position, number)


def _taking_part(story: VoteStory) -> list[Right]:
    """Rights that are used, those of owners on the net first; whoever tries the demo out keeps theirs."""
    spared = {story.town.people[key].pk for key in story.words.get("spared", [])}
    spared_rights = RightHolder.objects.filter(person_id__in=spared).values("right_id")
    rows = Right.objects.filter(vote=story.vote).prefetch_related("holders__person", "units")
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
        voting.receive_paper(story.town.officer("tang"), story.vote.pk, serial=serial)
    else:
        _at_the_door(story, right, ticked)


def _at_the_door(story: VoteStory, right: Right, ticked: list[int]) -> None:
    voting.cast_at_door(
        story.town.officer("wu_grid"),
        story.vote.pk,
        right_id=right.pk,
        option_ids=ticked,
        key=f"demo-door-{right.pk}",
        signer=right.name.split("、")[0],
        sheet=scan("sheet"),
    )


def _on_the_net(story: VoteStory, person: Person, right: Right, ticked: list[int]) -> None:
    code, key = voting.new_code(person.pk, story.vote), f"demo-{right.pk}"
    voting.cast(Actor(person), story.vote.pk, option_ids=ticked, key=key, right_id=right.pk, code=code)


def key_papers(story: VoteStory) -> None:
    """The box is opened: each paper is read by two people, blind of each other."""
    papers = PaperBallot.objects.filter(vote=story.vote, state=PaperState.RECEIVED.value)
    for paper in papers.order_by("pk"):
        for clerk in ("deng", "tang"):
            voting.key_paper(story.town.officer(clerk), paper.pk, option_ids=story.papers[paper.right_id])


@cache
def _page() -> bytes:
    return draw_minutes(7)


def scan(name: str) -> SimpleUploadedFile:
    """A scanned sheet with signatures."""
    return SimpleUploadedFile(f"{name}.pdf", _page(), "application/pdf")
