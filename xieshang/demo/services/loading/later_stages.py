"""From an opinion to a filed matter, and the short ways: given back, passed on, mended at once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.lib.actor import Actor
from xieshang.lib.clock import today
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import ActionItem, Notice
from xieshang.topics import queries
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.rules import Channel, Nature, State
from xieshang.voting import services as voting
from xieshang.voting.models import Option, Vote
from xieshang.voting.rules import Kind

from ...queries.pictures import draw
from .story import Story


def give_back(story: Story) -> Iterator[datetime]:
    """The committee asks the author for more."""
    yield story.after(1)
    topics.return_to_author(story.chair, story.topic_id, reason=story.words["return_reason"])


def dispatch(story: Story) -> Iterator[datetime]:
    """A repair goes out at once."""
    yield story.after(0.3)
    topics.dispatch(
        story.chair,
        story.topic_id,
        reason="请尽快到现场处理，办好后拍照回复。",
        receiver_id=story.town.bodies[story.words["dispatch_to"]].pk,
        danger=story.words.get("danger", False),
    )


def handle(story: Story) -> Iterator[datetime]:
    """The property company mends it and shows a photo."""
    yield story.days_ago(2, 15)
    photo = story.picture("picture_after")
    topics.report_handled(
        story.town.officer("zhao"), story.topic_id, text="灯杆线路已更换，晚上亮了。", photo=photo[0] if photo else None
    )


def redirect(story: Story) -> Iterator[datetime]:
    """It belongs elsewhere; the number stays open."""
    yield story.after(3)
    topics.redirect(
        story.chair,
        story.topic_id,
        channel=Channel.COORDINATION,
        reason="涉及供热企业、物业和居委会，由社区党组织召集各方协调。",
        due=today() + timedelta(days=20),
        receiver_id=story.town.bodies["party"].pk,
    )


def merge(story: Story) -> Iterator[datetime]:
    """Somebody has raised the same thing already: supporters and words go there."""
    yield story.after(1)
    other = Topic.objects.get(matter__title=story.words["merge_into"])
    topics.merge(story.chair, story.topic_id, into_id=other.pk, reason=story.words["merge_reason"])


def suspend(story: Story) -> Iterator[datetime]:
    """The clocks stand until something from elsewhere arrives."""
    yield story.after(4)
    topics.suspend(story.chair, story.topic_id, reason=story.words["suspend_reason"])


def opinion(story: Story) -> Iterator[datetime]:
    """A session face to face, then the opinion, confirmed by those who took part."""
    yield story.at("formed", 19) - timedelta(days=2)
    topics.record_session(
        story.chair,
        story.topic_id,
        held_on=today(),
        host="高德山" if story.in_village else "李建国",
        venue="村委会会议室" if story.in_village else "和顺社区议事厅",
        present=story.chance.randint(18, 46),
        conclusion="逐条听取意见，形成协商意见初稿。",
        minutes=story.minutes(),
        dissent=bool(story.words["explanation"]),
    )
    yield from _discussion_over(story)
    words = story.words
    topics.form_opinion(
        story.member,
        story.topic_id,
        text=words["opinion"],
        minority=words["minority"] if words["explanation"] else "",
        explanation=words["explanation"],
    )
    yield story.at("formed", 19) + timedelta(hours=4)
    topics.confirm_opinion(story.chair, story.topic_id, note="参会各方当场确认。")
    if not story.topic.opinion_confirmed:
        topics.confirm_opinion(story.chair, story.topic_id, note="其余各方书面确认。")
    if words.get("draft_notice"):
        yield story.at("formed", 19) + timedelta(hours=20)
        draft(story)


def _discussion_over(story: Story) -> Iterator[datetime]:
    for hours in range(0, 24 * 20, 24):
        yield story.at("formed", 19) + timedelta(hours=hours)
        last_day = story.topic.discussion_last_day
        if last_day and today() > last_day:
            return


def draft(story: Story) -> Notice:
    """Another human being than the one who screened it writes the notice; the facts are filled in from the record."""
    title, body = queries.notice_words(story.topic)
    return topics.draft_notice(story.member, story.topic_id, title=title, body=body)


def escalate(story: Story) -> Iterator[datetime]:
    """It is for the residents' meeting to decide."""
    yield story.after(24)
    topics.escalate(
        story.chair,
        story.topic_id,
        reason=story.words.get("escalated_for", "公约须由居民会议讨论决定。"),
        meeting_on=(story.now + timedelta(days=12)).date(),
    )


def poll(story: Story) -> Iterator[datetime]:
    """Everybody in the scope is asked; some vote at once, some on the last day."""
    words = story.words.get("poll")
    if words is None:
        return
    yield story.days_ago(words["opened"], 9)
    topics.open_poll(
        story.chair,
        story.topic_id,
        question=words["question"],
        options=words["options"],
        base=words["base"],
        days=words["days"],
        most_choices=words["most"],
        kind=Kind(words.get("kind", Kind.POLL)),
    )
    vote = Vote.objects.get(of_id=story.matter_id)
    yield from _vote(story, vote)
    if words["opened"] > words["days"]:
        yield story.days_ago(words["opened"] - words["days"] - 2, 11)


def _vote(story: Story, vote: Vote) -> Iterator[datetime]:
    words = story.words["poll"]
    people = story.one_a_home if words["base"] == "household" else list(story.inside)
    story.chance.shuffle(people)
    people = people[: int(len(people) * words["votes"])]
    span = timedelta(days=min(words["days"], words["opened"]) - 0.6)
    options = list(vote.options.order_by("position"))
    for number, person in enumerate(people):
        yield story.days_ago(words["opened"], 9, 30) + span * number / max(len(people), 1)
        voting.cast(Actor(person), vote.pk, option_ids=_choice(story, options, words), key=f"demo-{person.pk}")


def _choice(story: Story, options: list[Option], words: dict[str, Any]) -> list[int]:
    lean = words["lean"]
    if words["most"] == 1:
        rest = max(0.0, 1 - sum(lean))
        weights = [*lean, *[rest / max(1, len(options) - len(lean))] * (len(options) - len(lean))]
        return [story.chance.choices(options, weights)[0].pk]
    ranked = sorted(zip(options, lean, strict=False), key=lambda pair: -pair[1] * story.chance.random())
    return [option.pk for option, _lean in ranked[: words["most"]]]


def publish(story: Story) -> Iterator[datetime]:
    """The member drafts, the secretary publishes; somebody may object, and is answered."""
    instant = story.at("published", 22)
    yield instant
    if "convener" in story.words and story.topic.nature == Nature.OWNERS:
        by = (story.now + timedelta(days=35)).date()
        topics.plan_owners(story.chair, story.topic_id, by=by, convener_id=_convener(story))
    draft(story)
    yield instant + timedelta(hours=4)
    topics.publish_notice(story.secretary, story.topic_id, days=7)
    _hang_up(story)
    for number, grounds in enumerate(story.words.get("objections", [])):
        yield instant + timedelta(hours=26 + number * 5)
        notice = Notice.objects.filter(matter_id=story.matter_id, kind="gongshi").latest("pk")
        outcomes.object_to(Actor(story.inside[number]), notice.pk, grounds=grounds)


def _hang_up(story: Story) -> None:
    """The clerk hangs the notice on every board and takes a photo of each."""
    notice = Notice.objects.filter(matter_id=story.matter_id, kind="gongshi").latest("pk")
    for number, board in enumerate(notice.boards):
        photo = SimpleUploadedFile("board.jpg", draw("board", number), "image/jpeg")
        outcomes.record_posting(story.member, notice.pk, board=board, on=today(), photo=photo)


def _publicity_over(story: Story) -> Iterator[datetime]:
    instant = story.at("published", 22)
    for days in range(8, 20):
        yield instant + timedelta(days=days)
        notice = Notice.objects.filter(matter_id=story.matter_id, kind="gongshi").latest("pk")
        if notice.last_day and today() > notice.last_day:
            return


def hand_over(story: Story) -> Iterator[datetime]:
    """It is for the owners to decide; who convenes them, and by when."""
    yield from _publicity_over(story)
    by = (story.now + timedelta(days=35)).date()
    topics.hand_to_owners(story.chair, story.topic_id, by=by, convener_id=_convener(story))


def _convener(story: Story) -> int:
    return story.town.bodies[story.words["convener"]].pk


def adopt(story: Story) -> Iterator[datetime]:
    """Who does what by when is written down, and the secretary announces it."""
    yield from _publicity_over(story)
    for item in story.words["items"]:
        topics.set_item(
            story.member,
            story.topic_id,
            what=item["what"],
            body_id=story.town.bodies[item["body"]].pk,
            due=_due(story, item["due"]),
            proof=item["proof"],
        )
    topics.plan(story.chair, story.topic_id, feedback_by=today() + timedelta(days=30))
    draft(story)
    topics.adopt(story.secretary, story.topic_id)


def _due(story: Story, days: int) -> date:
    """A day counted from the present one, in a story of long ago from its own day."""
    if story.words["until"] == "archived":
        return today() + timedelta(days=days)
    return max((story.now + timedelta(days=days)).date(), today())


def carry_out(story: Story) -> Iterator[datetime]:
    """Bodies report what is done, with a photo; the committee goes and looks."""
    begin = story.at("published", 22) + timedelta(days=14)
    items = list(ActionItem.objects.filter(matter_id=story.matter_id).order_by("pk"))
    for number, (item, words) in enumerate(zip(items, story.words["items"], strict=True)):
        yield begin + timedelta(days=3 * number)
        doer = story.town.officer("zhao") if words["body"] == "property" else story.member
        outcomes.report_progress(doer, item.pk, text="材料到了，已经开工。")
        if not words["done"]:
            continue
        yield begin + timedelta(days=3 * number + 2)
        picture = story.picture("picture_after") or story.picture()
        outcomes.report_done(doer, item.pk, text="按要求办好了，请核实。", photos=picture)
        yield begin + timedelta(days=3 * number + 3)
        outcomes.verify_item(story.chair, item.pk, text="现场看过，办好了。")


def feed_back(story: Story) -> Iterator[datetime]:
    """The neighbours hear what came of it and rate it."""
    begin = story.at("published", 22) + timedelta(days=26)
    yield begin
    topics.publish_feedback(
        story.chair,
        story.topic_id,
        title=f"关于“{story.words['title']}”办理结果的反馈",
        body="<p>各项都已办好并核实。请大家评一评办得怎么样、解决了没有。</p>",
    )
    raters = story.inside[: len(story.words["ratings"])]
    for number, (person, stars) in enumerate(zip(raters, story.words["ratings"], strict=False)):
        yield begin + timedelta(hours=3 + 5 * number)
        solved = number >= story.words["unsolved"]
        outcomes.rate(Actor(person), story.matter_id, stars=stars, solved=solved)


def file(story: Story) -> Iterator[datetime]:
    """When the days of rating are over the whole file is put away."""
    begin = story.at("published", 22) + timedelta(days=26)
    for days in range(15, 30):
        yield begin + timedelta(days=days)
        if story.topic.state == State.EVALUATED:
            topics.archive(story.member, story.topic_id, note="材料齐，归档。")
            return
