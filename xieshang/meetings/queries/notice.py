"""The notice of a meeting, for the board and the printer."""

from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_of, deadline, full_day
from xieshang.outcomes.rules import title_lines

from ..models import Meeting
from ..rules import Base
from .facts import facts_of
from .words import kind_word, majority_words, presence_words, quorum_words

Sheet = dict[str, object]


def notice_of(meeting: Meeting) -> Sheet:
    """The keys of the part `notice`: title, paragraphs, signer, day."""
    first, second = title_lines(f"关于召开{meeting.matter.title}的通知")
    facts = facts_of(meeting, meeting.noticed_at or meeting.planned_at)
    paragraphs = [("时间：", deadline(meeting.starts_at)), ("地点：", meeting.venue or "网络会议，链接在平台上")]
    if meeting.text:
        paragraphs.append(("事由：", meeting.text))
    agenda = "；".join(
        f"{item.position}．{item.title}" + ("（会上表决）" if item.is_voted else "") for item in meeting.agenda.all()
    )
    paragraphs.append(("议程：", f"{agenda}。会上只议、只表决这里列的事。"))
    if meeting.base == Base.SIDES:
        sides = "、".join(side.name for side in meeting.sides.order_by("pk"))
        paragraphs.append(("请到会的各方：", f"{sides}。"))
    counted = "，".join(
        words for words in (quorum_words(meeting, facts.least_present), majority_words(meeting)) if words
    )
    expected = facts.presence.expected
    all_of = presence_words(meeting, facts.presence).split("，")[0] if expected else ""
    paragraphs.append(("人数：", "；".join(words for words in (all_of, counted) if words) + "。"))
    if meeting.adjourned_from:
        paragraphs.append(("说明：", f"原定{deadline(meeting.adjourned_from)}的会议到会人数不够，改日再开。"))
    return {
        "title": first,
        "title2": second,
        "number": meeting.matter.number,
        "paragraphs": [{"lead": lead, "text": text} for lead, text in paragraphs],
        "signers": [meeting.body.name],
        "date": full_day(day_of(meeting.noticed_at) if meeting.noticed_at else shown_today()),
        "kind": kind_word(meeting),
    }
