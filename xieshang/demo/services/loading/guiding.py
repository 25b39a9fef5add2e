"""Guidance by the Party organisation, the register of bodies, regular study, somebody who stands in for the chair."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from xieshang.community.services import name_deputy
from xieshang.coordination.rules.bodies import PaperKind
from xieshang.coordination.rules.guidance import Addressee, Occasion
from xieshang.coordination.rules.study import Rhythm
from xieshang.coordination.services import bodies, guidance, study
from xieshang.coordination.services.guidance import Subject
from xieshang.lib.actor import Actor
from xieshang.lib.clock import today
from xieshang.matters.models import Matter
from xieshang.meetings.rules import MeetingKind
from xieshang.outcomes import services as outcomes

from .schedule import earliest
from .town import COMMUNITY, VILLAGE, Town

BEGINS = 100


class GuideStory:
    """What is told in the content file, with the town it happens in."""

    def __init__(self, words: dict[str, Any], town: Town, now: datetime) -> None:
        self.words, self.town, self.now = words, town, now
        self.raised_at = self.ago(BEGINS)

    def ago(self, days: float, hour: int = 9, minute: int = 25) -> datetime:
        """An instant so many days before the present day."""
        return (self.now - timedelta(days=days)).replace(hour=hour, minute=minute)

    @property
    def secretary(self) -> Actor:
        """Who gives opinions and calls studies."""
        return self.town.officer("li")

    def subject(self, key: str, addressee: Addressee, body: str, occasion: Occasion) -> Subject:
        """What an opinion of the content is about."""
        words = self.words[key]
        about = Matter.objects.filter(title=words["about"]).first() if "about" in words else None
        return Subject(words["title"], addressee, self.town.bodies[body].pk, occasion, about)


def tell_register(story: GuideStory) -> Iterator[datetime]:
    """The rhythms, the terms, what was filed, who stands aside; since yesterday somebody stands in for the chair."""
    li, town = story.secretary, story.town
    yield story.raised_at
    study.set_rhythm(li, town.places[COMMUNITY].pk, every=Rhythm.MONTHLY)
    study.set_rhythm(town.officer("gao"), town.places[VILLAGE].pk, every=Rhythm.QUARTERLY)
    year = story.now.year
    owners, management = town.bodies["owners"].pk, town.bodies["management"].pk
    bodies.enter_term(li, owners, number=2, starts=date(year - 4, 1, 1), ends=date(year, 12, 31))
    start = (story.now - timedelta(days=670)).date()
    bodies.enter_term(li, management, number=1, starts=start, ends=(story.now + timedelta(days=61)).date())
    for words in story.words["paper"]:
        kept = {name: words[name] for name in ("name", "number", "kept_at")}
        day = date(year - words["years"], 3, 21)
        bodies.file_paper(li, town.bodies[words["body"]].pk, kind=PaperKind(words["kind"]), filed_on=day, **kept)
    yield story.ago(30)
    about = story.words["recusal"]["about"]
    bodies.recuse(li, owners, office_id=town.offices["deng"], about=about, starts=today())
    yield story.ago(1)
    days = {"starts": today(), "ends": today() + timedelta(days=5)}
    sun, reason = town.people["sun"].pk, story.words["deputy"]["reason"]
    name_deputy(town.officer("zhang"), town.offices["zhang"], person_id=sun, reason=reason, **days)


def tell_guidance(story: GuideStory) -> Iterator[datetime]:
    """One opinion asked for and answered, one that nobody answers in time, one that was just asked for."""
    he, li = story.town.officer("he"), story.secretary
    contract, complaint = story.words["contract"], story.words["complaint"]
    yield story.ago(50)
    subject = story.subject("contract", Addressee.ASSEMBLY, "owners", Occasion.CONTRACT)
    asked = guidance.ask_guidance(he, subject, request=contract["request"])
    yield story.ago(47)
    given = {"text": contract["text"], "basis": contract["basis"], "answer_due": today() + timedelta(days=44)}
    guidance.give_guidance(li, asked.pk, shown_to_residents=True, **given)
    yield story.ago(24)
    subject = story.subject("complaint", Addressee.COMPANY, "property", Occasion.COMPLAINT)
    given = {"text": complaint["text"], "basis": complaint["basis"], "answer_due": today() + timedelta(days=14)}
    guidance.offer_guidance(li, subject, **given)
    yield story.ago(4)
    guidance.answer_guidance(he, asked.pk, text=contract["answer"])
    yield story.ago(2)
    subject = story.subject("term", Addressee.COMMITTEE, "management", Occasion.TERM)
    guidance.ask_guidance(story.town.officer("tian"), subject, request=story.words["term"]["request"])


def tell_studies(story: GuideStory) -> Iterator[datetime]:
    """Two studies with their records, the newer one asking for help; the next one is called."""
    li, community = story.secretary, story.town.places[COMMUNITY]
    last = story.now.date().replace(day=1) - timedelta(days=8)
    for held, words in zip((last.replace(day=1) - timedelta(days=8), last), story.words["study"], strict=True):
        days = (story.now.date() - held).days
        yield story.ago(days + 2)
        made = study.call_study(li, community.pk, held_on=held, where="社区议事厅")
        yield story.ago(days, 16)
        kept = {name: words[name] for name in ("present", "conclusion", "file_number", "help_wanted")}
        study.record_study(li, made.pk, **kept)
        body, due = story.town.bodies[words["body"]].pk, today() + timedelta(days=words["due"])
        item = study.decide(li, made.pk, what=words["what"], body_id=body, due=due)
        yield from _follow(story, (made.pk, item.pk), words, days)
    yield story.ago(1, 15)
    starts_at = earliest(MeetingKind.STUDY, story.ago(-2, 9, 0))
    made = study.call_study(li, community.pk, held_on=starts_at.date(), where="社区议事厅")
    study.call_meeting(li, made.pk, starts_at=starts_at, venue="社区议事厅")


def _follow(story: GuideStory, made: tuple[int, int], words: dict[str, Any], days: int) -> Iterator[datetime]:
    """The street answers and what was decided is done and verified, where the content says so."""
    study_id, item_id = made
    if words["help_answer"]:
        yield story.ago(days - 4)
        study.answer_help(story.town.officer("liu_street"), study_id, text=words["help_answer"])
    if words["done"]:
        yield story.ago(days - 8)
        outcomes.report_done(story.town.officer("zhao"), item_id, text=words["done"])
        outcomes.verify_item(story.town.officer("sun"), item_id, text="逐栋看过，都亮了。")
