"""What is carried to the doors of an owners' vote: one stairwell delivered, one written proxy that waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from xieshang.voting import services as voting
from xieshang.voting.models import Right, RightUnit
from xieshang.voting.rules.paperwork import DeliveryWay, TakenBy

from .ballots import scan
from .votestory import VoteStory

AGENT = "wang"


def deliver(story: VoteStory) -> Iterator[datetime]:
    """The grid worker walks from door to door with the notice and a sheet to sign; a neighbour brings a proxy.

    Where the vote still runs, only the first stairwell is done.
    """
    yield story.opening(-2, 16)
    homes = list(RightUnit.objects.filter(vote=story.vote_id).order_by("building", "stairwell", "pk"))
    is_on_the_way = story.words["until"] in {"voting", "disputed"}
    done = [one.unit_id for one in homes if not is_on_the_way or _stairwell(one) == _stairwell(homes[0])]
    at = story.opening(-2, 15)
    visit = voting.Visit(f"demo{story.vote_id}", tuple(done), DeliveryWay.DOOR, at, TakenBy.OWNER)
    voting.record_delivery(story.town.officer("wu_grid"), story.vote_id, visit, proof=scan("delivery"))
    if not (story.words["scope"] and is_on_the_way):
        return
    yield story.opening(1, 8)
    absent = Right.objects.filter(vote=story.vote_id, holders=None, is_developer=False).order_by("-number").first()
    if absent is not None:
        voting.offer_proxy(
            story.town.neighbour(AGENT),
            story.vote_id,
            unit=absent.units.order_by("pk")[0].label,
            principal_name=absent.name.split("、")[0],
            powers="同意",
            until=(story.closing(0) + timedelta(days=30)).date(),
            document=scan("proxy"),
        )


def _stairwell(home: RightUnit) -> tuple[str, str]:
    return home.building, home.stairwell
