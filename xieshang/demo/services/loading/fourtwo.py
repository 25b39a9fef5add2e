"""Two matters of the village on their way through 四议两公开: one finished and filed, one in the middle."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.coordination.models import FourTwo
from xieshang.coordination.queries.fourtwo import resolution_words
from xieshang.coordination.rules.fourtwo import Entry, Side, Tally
from xieshang.coordination.services import fourtwo
from xieshang.lib.clock import today
from xieshang.matters.models import Matter
from xieshang.meetings.rules import MeetingKind
from xieshang.outcomes import services as outcomes

from ...queries.pictures import draw, draw_minutes
from .story import Story
from .town import VILLAGE, Town

DAYS = 7


class FourTwoStory:
    """One matter as it is told in the content file, the topic it comes from, the people who take its steps."""

    def __init__(self, words: dict[str, Any], town: Town, now: datetime, stories: list[Story]) -> None:
        self.words, self.town, self.now = words, town, now
        self.topic = next((one for one in stories if one.words["key"] == words.get("topic")), None)
        self.raised_at = self.day(0)
        self.secretary, self.chair, self.member = (town.officer(key) for key in ("gao", "han", "bai"))
        self.supervisor = town.officer("village_wang")
        self.flow_id = 0

    def day(self, after: int, hour: int = 9) -> datetime:
        """An instant so many days after it was begun."""
        return (self.now - timedelta(days=self.words["begun"] - after)).replace(hour=hour)

    @property
    def about(self) -> Matter | None:
        """The topic it comes out of."""
        return Matter.objects.get(pk=self.topic.matter_id) if self.topic else None

    def tally(self, stage: str) -> Tally:
        """What was counted in the meeting of a step."""
        return Tally(*self.words[f"{stage}_tally"])


def tell_fourtwo(story: FourTwoStory) -> Iterator[datetime]:
    """Begin it, hold the four meetings, publish; the finished one is carried out, checked and made public."""
    words, village = story.words, story.town.places[VILLAGE]
    yield story.raised_at
    text = words["text"].strip()
    flow = fourtwo.begin(story.chair, village, title=words["title"], text=text, of_matter=story.about)
    story.flow_id = flow.pk
    yield from _meetings(story)
    yield from _disclosure(story)
    if words["until"] == "done":
        yield from _carried_out(story)


def _meetings(story: FourTwoStory) -> Iterator[datetime]:
    words = story.words
    first, second = words["file_numbers"]
    yield story.day(1, 20)
    held = _party(story, "proposal", first, words["opinions"])
    fourtwo.record_meeting(story.secretary, story.flow_id, held)
    yield story.day(3, 20)
    views = "到会的人都表了态。"
    held = fourtwo.Held(
        today(), None, "高书记", story.tally("discussion"), signers="高书记、韩主任", text=views, minutes=_minutes(3)
    )
    fourtwo.record_meeting(story.chair, story.flow_id, held)
    yield story.day(7, 20)
    fourtwo.record_meeting(story.secretary, story.flow_id, _party(story, "review", second, words["review"]))
    yield story.day(11, 20)
    fourtwo.record_meeting(story.chair, story.flow_id, _representatives(story))


def _party(story: FourTwoStory, stage: str, number: str, text: str) -> fourtwo.Held:
    told = today() - timedelta(days=4)
    tally = story.tally(stage)
    return fourtwo.Held(today(), told, "高书记", tally, file_number=number, signers="高书记", text=text)


def _representatives(story: FourTwoStory) -> fourtwo.Held:
    words = story.words
    return fourtwo.Held(
        held_on=today(),
        told_on=today() - timedelta(days=8),
        chair="韩主任",
        tally=story.tally("resolution"),
        kind=MeetingKind.VILLAGER_REPS,
        members=words["members"],
        representatives=words["representatives"],
        women=words["women"],
        signers="韩主任、各组代表",
        text=words["resolution"],
        minutes=_minutes(7),
    )


def _minutes(seed: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("minutes.pdf", draw_minutes(seed), "application/pdf")


def _disclosure(story: FourTwoStory) -> Iterator[datetime]:
    yield story.day(12, 10)
    flow = FourTwo.objects.with_frame().get(pk=story.flow_id)
    title, body = resolution_words(flow)
    boards = ("北岗村党务公开栏", "北岗村村务公开栏")
    fourtwo.draft_resolution(story.member, story.flow_id, title=title, body=body, boards=boards)
    yield story.day(12, 15)
    flow = fourtwo.publish_resolution(story.secretary, story.flow_id, days=DAYS)
    yield story.day(13, 8)
    for board in boards:
        photo = SimpleUploadedFile("board.jpg", draw("board", 3), "image/jpeg")
        outcomes.record_posting(story.member, flow.resolution_id or 0, board=board, on=today(), photo=photo)


def _carried_out(story: FourTwoStory) -> Iterator[datetime]:
    words, committee = story.words, story.town.bodies["village_committee"].pk
    # Leave may have moved the last day of the disclosure; by then time itself has begun the work.
    yield story.day(26, 9)
    due = today() + timedelta(days=30)
    promise = partial(fourtwo.set_item, story.chair, story.flow_id, body_id=committee, due=due)
    items = [promise(what=what).pk for what in words["items"]]
    yield story.day(50, 16)
    for item in items:
        outcomes.report_done(story.chair, item, text="已完工，请验收。", photos=[_photo(item)])
    yield story.day(52, 10)
    for item in items:
        outcomes.verify_item(story.member, item)
    yield story.day(54, 9)
    entries = [Entry(Side(side), label, fen) for side, label, fen in words["account"]]
    fourtwo.enter_account(story.chair, story.flow_id, entries=entries)
    yield story.day(57, 9)
    fourtwo.check(story.supervisor, story.flow_id, passed=True, text=words["check"], signers="监委会三人")
    yield story.day(58, 9)
    fourtwo.publish_result(story.chair, story.flow_id, text=words["result"])


def _photo(seed: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("done.jpg", draw("road", seed % 5), "image/jpeg")
