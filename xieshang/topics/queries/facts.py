"""What the guards may know of a topic, gathered as plain values."""

import datetime

from xieshang.community.permissions import confirmed_homes
from xieshang.lib.blanks import says_something
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind, NoticeState
from xieshang.voting.queries import owners_vote_runs

from ..models import Topic
from ..rules import (
    SESSION_KINDS,
    Clock,
    Facts,
    Nature,
    OwnersResult,
    PartyOpinion,
    RecordKind,
    State,
    Stop,
    TopicKind,
    least_notice_days,
    value,
)
from .file import TopicFile, file_of

# What a neighbour looks for in a notice to know how to object; without the word it says nothing of it.
OBJECTION_WORD = "异议"
UNVERIFIED_STATES = frozenset({State.DRAFT, State.SUBMITTED, State.REJECTED_CONTENT})


def clock_of(topic: Topic) -> Clock:
    """What the days of this topic are counted with: its own copy of the rule set."""
    return Clock(topic.values)


def facts_about(topic: Topic, today: datetime.date, file: TopicFile | None = None) -> Facts:
    """Everything the guards may ask about this topic today; the file may be given when it was read already."""
    file = file or file_of(topic)
    values: dict[str, object] = {"today": today}
    for group in (_raised, _screened, _studied, _noticed, _talked, _opined, _polled, _decided, _published, _done):
        values |= group(topic, file)
    return Facts(**values)  # type: ignore[arg-type]


def _raised(topic: Topic, file: TopicFile) -> dict[str, object]:
    stops = tuple(Stop(*(datetime.date.fromisoformat(day) for day in stop)) for stop in topic.stops)
    author = topic.matter.raised_by_id
    unsure = State(topic.state) in UNVERIFIED_STATES
    return {
        "suspended": topic.suspended_since is not None,
        "stops": stops,
        "extended_to": topic.extended_to,
        "title_given": says_something(topic.matter.title),
        "text_given": says_something(topic.text),
        "scope_chosen": True,
        "author": author,
        "author_is_verified": not unsure
        or topic.raised_for_id is not None
        or confirmed_homes(author or 0, topic.community_id),
        "review_is_needed": topic.review_needed,
        "rejected_by": topic.rejected_by_id,
        "appeal_is_made": topic.appeal_made,
        "appeal_is_dismissed": topic.appeal_dismissed,
        "supporters": file.supporters,
        "withdrawal_threshold": value(topic.values, "topics.withdrawal_threshold"),
        "committee_agrees_withdrawal": topic.withdrawal_agreed,
    }


def _screened(topic: Topic, file: TopicFile) -> dict[str, object]:
    return {
        "kind": TopicKind(topic.kind) if topic.kind else None,
        "nature": Nature(topic.nature) if topic.nature else None,
        "danger": topic.danger,
        "plain_repair": topic.plain_repair,
        "wide_impact": topic.wide_impact,
        "screened_by": topic.screened_by_id,
        "receiver_named": bool(topic.receiver_id or topic.receiver_name),
        "receiver_due": topic.receiver_due,
    }


def _studied(topic: Topic, file: TopicFile) -> dict[str, object]:
    study = file.latest(RecordKind.PARTY_REVIEW)
    return {
        "party_opinion": PartyOpinion(topic.party_opinion),
        "party_studied_on": study.held_on if study else None,
        "form_chosen": bool(topic.form),
    }


def _noticed(topic: Topic, file: TopicFile) -> dict[str, object]:
    notice = file.notice(NoticeKind.ADVANCE)
    return {
        "notice_text_given": notice is not None,
        "notice_days": notice.days if notice else 0,
        "notice_days_least": least_notice_days(topic.values, wide_impact=topic.wide_impact),
        "notice_last_day": notice.last_day if notice else None,
    }


def _talked(topic: Topic, file: TopicFile) -> dict[str, object]:
    sessions = file.all_of(*SESSION_KINDS)
    return {
        "discussion_first_day": topic.discussion_first_day,
        "discussion_last_day": topic.discussion_last_day,
        "sessions_held": len(sessions),
        "sessions_least": value(topic.values, "topics.sessions_least"),
        "sessions_without_minutes": sum(session.file_id is None for session in sessions),
        "sessions_without_attendance": sum(not session.present for session in sessions),
        "last_session_on": topic.last_session_on,
        "hearing_held": any(session.kind == RecordKind.HEARING for session in sessions),
    }


def _opined(topic: Topic, file: TopicFile) -> dict[str, object]:
    opinion = file.latest(RecordKind.OPINION)
    return {
        "opinion_text_given": bool(opinion and opinion.conclusion),
        "opinion_sent_back_on": topic.sent_back_on,
        "opinion_is_confirmed": topic.opinion_confirmed,
        "dissent_is_recorded": topic.dissent,
        "minority_is_attached": bool(opinion and opinion.minority),
        "dissenters_are_told_why": bool(opinion and opinion.explanation),
        "reopened_times": topic.reopened_times,
    }


def _polled(topic: Topic, file: TopicFile) -> dict[str, object]:
    poll = file.poll
    least = value(topic.values, "topics.poll_days")
    if poll is None:
        return {"poll_days_least": least}
    return {
        "poll_days": poll.days,
        "poll_days_least": least,
        "poll_last_day": poll.last_day,
        "poll_time_is_up": poll.time_is_up,
        "poll_is_closed": poll.is_closed,
        "poll_turnout_met": poll.turnout_met,
        "turnout_shortfall_is_said": bool(file.draft),
    }


def _decided(topic: Topic, file: TopicFile) -> dict[str, object]:
    decision = file.latest(RecordKind.RESIDENTS_MEETING)
    if decision is None:
        return {"meeting_planned_on": topic.meeting_on}
    return {
        "meeting_planned_on": topic.meeting_on,
        "decision_on": decision.held_on,
        "decision_host_named": bool(decision.host),
        "decision_counted": bool(decision.present),
        "decision_quorum_met": bool(decision.quorum_met),
        "decision_minutes_given": decision.file_id is not None,
        "decision_sends_back": decision.sends_back,
    }


def _published(topic: Topic, file: TopicFile) -> dict[str, object]:
    draft, notice = file.draft, file.notice(NoticeKind.GONGSHI)
    ready = draft is not None and draft.state == NoticeState.DRAFT
    least = value(topic.values, "topics.publicity_days")
    published_by = notice.drafted_by_id if notice else None
    return {
        "outcome_drafted": ready,
        "drafted_by": draft.drafted_by_id if draft else published_by,
        "objection_channel_given": draft is not None and OBJECTION_WORD in draft.body,
        "publicity_days": notice.days if notice else least,
        "publicity_days_least": least,
        "publicity_last_day": notice.last_day if notice else None,
        "open_objections": getattr(notice, "objections_open", 0),
        "sustained_objections": getattr(notice, "objections_sustained", 0),
    }


def _done(topic: Topic, file: TopicFile) -> dict[str, object]:
    promises = file.promises
    return {
        "convener_named": bool(topic.convener_id or topic.convener_name),
        "owners_by": topic.owners_by,
        "owners_vote_is_linked": topic.state == State.TO_OWNERS and owners_vote_runs(topic.matter_id),
        "owners_result": OwnersResult(topic.owners_result),
        "feedback_by": topic.feedback_by,
        "items": len(promises.items),
        "items_open": len(promises.open_items),
        "items_without_proof": sum(not getattr(item, "is_proved", False) for item in promises.done_items),
        "next_item_due": promises.next_due,
        "evaluation_last_day": topic.evaluation_until,
        "rated_solved": file.rated_solved,
        "rated_unsolved": file.rated_unsolved,
        "unsolved_is_explained": topic.unsolved_explained,
        "report_to_named": bool(topic.report_to),
        "report_is_sent": topic.report_sent_on is not None,
    }


def draft_notice_of(topic: Topic) -> Notice | None:
    """The notice of the outcome that is being written, or was returned by the secretary."""
    kinds = [NoticeKind.GONGSHI.value, NoticeKind.GONGGAO.value]
    return Notice.objects.unpublished().filter(matter_id=topic.matter_id, kind__in=kinds).order_by("-pk").first()
