"""Two threads between the sides: cold rooms, whose meeting is called, and snow, done and waiting for the residents."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.community.models import Place
from xieshang.community.rules import PlaceKind
from xieshang.coordination.models import Commitment, Side, Thread
from xieshang.coordination.rules.threads import CoverKind, Part
from xieshang.coordination.services import threads
from xieshang.lib.actor import Actor
from xieshang.lib.clock import today
from xieshang.matters.models import Matter
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.queries.minutes import as_action
from xieshang.meetings.rules import MeetingKind, Scope
from xieshang.outcomes import services as outcomes

from ...queries.pictures import draw, draw_minutes
from .schedule import earliest
from .town import Town

SPEAKERS = {"committee": "zhang", "company": "zhao", "owners": "he"}


class ThreadStory:
    """One thread as it is told in the content file, with the town it happens in."""

    def __init__(self, words: dict[str, Any], town: Town, now: datetime) -> None:
        self.words, self.town, self.now = words, town, now
        self.raised_at = self.days_ago(48 if "result" in words else 13)
        self.thread_id = 0

    def days_ago(self, days: float, hour: int = 10, minute: int = 20) -> datetime:
        """An instant so many days before the present day."""
        return (self.now - timedelta(days=days)).replace(hour=hour, minute=minute)

    @property
    def thread(self) -> Thread:
        """The thread as it stands now."""
        return Thread.objects.with_frame().get(pk=self.thread_id)

    def side(self, key: str) -> Side:
        """A side by its key in the content."""
        return self.thread.sides.get(kind="invited" if key == "supplier" else key)

    def speaker(self, key: str) -> Actor:
        """Who speaks for a side; the committee enters the letter of the supplier."""
        return self.town.officer(SPEAKERS.get(key, "zhang"))

    def answer(self, key: str, covers: tuple[tuple[CoverKind, str], ...] = ()) -> None:
        """A side files its position."""
        text, side = self.words[key], self.side(key)
        threads.file_position(self.speaker(key), self.thread_id, side_id=side.pk, text=text, covers=covers)

    def promise(self, key: str) -> None:
        """A side promises what the content says."""
        for row in self.words["promise"]:
            if row["side"] == key:
                due = (self.now - timedelta(days=row["due"])).date()
                word = threads.Word(row["what"], row["answerer"], due, row["proof"])
                threads.promise(self.speaker(key), self.thread_id, side_id=self.side(key).pk, word=word)

    def done(self, what: str) -> tuple[Commitment, dict[str, Any]]:
        """A commitment with its words in the content."""
        row = next(row for row in self.words["promise"] if row["what"] == what)
        return Commitment.objects.get(thread=self.thread_id, item__what=what), row


def tell_heating(story: ThreadStory) -> Iterator[datetime]:
    """Three sides answer, one late; a letter is entered; of four promises one is kept and one overdue."""
    words, zhang, li = story.words, story.town.officer("zhang"), story.town.officer("li")
    yield story.raised_at
    story.thread_id = _raised_from_topic(story, zhang).pk
    yield story.days_ago(12)
    threads.accept(li, story.thread_id, note="按协调办理，请各方五个工作日内表态。")
    supplier = threads.invite(zhang, story.thread_id, name=words["supplier"])
    lead, helper = story.side("company"), story.side("committee")
    # By the last day that the rules allow: five working days, over before the owners answer.
    threads.assign(li, story.thread_id, lead=lead.pk, assistants=[helper.pk])
    yield story.days_ago(10, 20)
    threads.add_readings(zhang, story.thread_id, table=_cold_rooms(story))
    yield story.days_ago(9)
    story.answer("committee")
    story.promise("committee")
    yield story.days_ago(8)
    story.answer("company", ((CoverKind.SECRET, words["company_secret"]),))
    story.promise("company")
    yield story.days_ago(7)
    scan = SimpleUploadedFile("letter.pdf", draw_minutes(13), "application/pdf")
    letter = {"side_id": supplier.pk, "text": words["letter"], "letter": scan, "letter_day": today()}
    threads.enter_letter(zhang, story.thread_id, **letter)
    story.promise("supplier")
    yield from _heating_goes_on(story)


def _heating_goes_on(story: ThreadStory) -> Iterator[datetime]:
    """What is asked and declined, a promise kept, a late position, the meeting called for one of the next days."""
    words, zhang, li = story.words, story.town.officer("zhang"), story.town.officer("li")
    zhao, company = story.town.officer("zhao"), story.side("company")
    yield story.days_ago(5, 9)
    threads.say(li, story.thread_id, text=words["working"], part=Part.WORKING)
    kept, row = story.done("公布退费申请办法")
    board = SimpleUploadedFile("board.jpg", draw("board", 5), "image/jpeg")
    outcomes.report_done(zhao, kept.item_id, text=row["done"], photos=[board])
    yield story.days_ago(4)
    story.answer("owners")
    ask = threads.ask_promise(story.town.officer("he"), story.thread_id, side_id=company.pk, what=words["asked"])
    outcomes.verify_item(zhang, kept.item_id)
    yield story.days_ago(3, 9)
    threads.decline_ask(zhao, ask.pk, reason=words["declined"])
    yield story.days_ago(3, 11)
    starts_at = earliest(MeetingKind.JOINT, story.days_ago(-1, 14, 0))
    threads.call_meeting(li, story.thread_id, starts_at=starts_at, venue="社区议事厅")


def _raised_from_topic(story: ThreadStory, zhang: Actor) -> Thread:
    """The thread that came out of the neighbours' topic; raised anew where that was not handed on yet."""
    words = story.words
    topic = Matter.objects.filter(title=words["title"], kind="topic").first()
    fields = {"title": words["title"], "text": words["text"].strip(), "voices": words["voices"]}
    known = Thread.objects.filter(matter__links_in__source=topic).first() if topic else None
    thread = known or threads.raise_thread(zhang, place_id=story.town.places[words["place"]].pk, **fields)
    return threads.measure(zhang, thread.pk)


def _cold_rooms(story: ThreadStory) -> str:
    """Seventeen homes of building 3 with room, time and temperature, as they are pasted."""
    building = story.town.places["明湖家园3号楼"]
    homes = Place.objects.filter(path__startswith=building.path, kind=PlaceKind.UNIT.value).order_by("path")
    day = today()
    rows = [
        f"{home.label} {day.year}-{day.month}-{day.day} 1{n % 10}:{n * 3 % 60:02d} {15 + n * 7 % 4}.{n * 3 % 10}"
        for n, home in enumerate(homes[: story.words["flats"]])
    ]
    return "\n".join(rows)


def tell_snow(story: ThreadStory) -> Iterator[datetime]:
    """Met over, minuted, signed by two and refused by one; carried out, one promise sent back once; being rated."""
    zhang, li, he = (story.town.officer(key) for key in ("zhang", "li", "he"))
    yield story.raised_at
    words = story.words
    place = story.town.places[words["place"]]
    fields = {"title": words["title"], "text": words["text"].strip(), "voices": words["voices"]}
    photo = SimpleUploadedFile("snow.jpg", draw("snow", 14), "image/jpeg")
    story.thread_id = threads.raise_thread(zhang, place_id=place.pk, photos=[photo], **fields).pk
    yield story.days_ago(47)
    threads.accept(li, story.thread_id)
    threads.assign(li, story.thread_id, lead=story.side("company").pk, assistants=[story.side("committee").pk])
    for days, key in ((45, "company"), (45, "committee"), (44, "owners")):
        yield story.days_ago(days)
        story.answer(key)
        story.promise(key)
    # Long enough before, whatever leave lies between.
    yield story.days_ago(44, 15)
    threads.call_meeting(li, story.thread_id, starts_at=story.days_ago(30, 14, 0), venue="社区议事厅")
    yield story.days_ago(30, 14, 5)
    yield from _meet(story)
    for commitment in Commitment.objects.filter(thread=story.thread_id).select_related("side"):
        threads.accept_promise(he, commitment.pk)
    threads.start_actions(li, story.thread_id)
    yield from _carry_out(story)


def _meet(story: ThreadStory) -> Iterator[datetime]:
    """The sides sign in, meet for an hour, and sign the minutes, but one."""
    li, words = story.town.officer("li"), story.words
    meeting = Meeting.objects.get(matter=story.thread.meeting)
    for key in SPEAKERS.values():
        meetings.sign_in_by_code(story.town.officer(key), meeting.code)
    meetings.open_meeting(li, meeting.pk)
    yield story.days_ago(30, 15)
    meetings.close_meeting(li, meeting.pk)
    minutes = meeting.minutes
    rows = [as_action(row) for row in minutes.actions]
    said = {"agreed": words["agreed"], "not_agreed": words["not_agreed"], "positions": {}, "actions": rows}
    meetings.edit_minutes(li, meeting.pk, edition=minutes.edition, **said)
    code = meetings.send_minutes(li, meeting.pk).code
    yield story.days_ago(29)
    lines = {line.body_id: line.pk for line in minutes.signatures.all()}
    for key in ("zhang", "zhao"):
        officer = story.town.officer(key)
        meetings.sign_minutes(officer, lines[officer.office.body_id if officer.office else None], code=code)
    he = story.town.officer("he")
    yield story.days_ago(28)
    meetings.refuse_minutes(he, lines[he.office.body_id if he.office else None], reason=words["refusal"])
    yield story.days_ago(28, 15)
    meetings.publish_minutes(li, meeting.pk, scope=Scope.PLACE)


def _carry_out(story: ThreadStory) -> Iterator[datetime]:
    """Both promises are done and looked at by another; one was sent back first."""
    zhang, zhao, sun, li = (story.town.officer(key) for key in ("zhang", "zhao", "sun", "li"))
    tools, row = story.done("备足铲雪工具和融雪剂")
    yield story.days_ago(19)
    outcomes.report_done(zhao, tools.item_id, text=row["done"])
    chart, again = story.done("划定并张贴除雪责任区图")
    outcomes.report_done(sun, chart.item_id, text=again["done"])
    yield story.days_ago(17)
    outcomes.verify_item(zhang, tools.item_id)
    outcomes.reopen_item(zhang, chart.item_id, reason=again["again"])
    yield story.days_ago(8)
    outcomes.report_done(sun, chart.item_id, text="2号楼也贴好了。")
    yield story.days_ago(6)
    outcomes.verify_item(li, chart.item_id)
    yield story.days_ago(5)
    threads.verify(zhang, story.thread_id)
    yield story.days_ago(3)
    cast = {person.pk for person in story.town.people.values()}
    neighbours = [person for person in story.town.living_in(story.thread.place) if person.pk not in cast]
    for n, person in enumerate(neighbours[:9]):
        outcomes.rate(Actor(person), story.thread.matter_id, stars=5 - n % 3, solved=n != 4)
