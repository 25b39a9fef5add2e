"""Reads of consultation topics."""

from .desk import count_late, due_under, late_under, queues, waiting_for
from .detail import (
    TopicPage,
    desk_page,
    latest_opinion,
    look_of,
    opinion_words,
    sessions_of,
    still_visible,
    topic_page,
    visible_topic,
)
from .drafting import draft_of, draft_photo, draft_words, place_choices, similar_to, waits_for_home
from .facts import draft_notice_of, facts_about
from .file import TopicFile, file_of
from .filing import history_of, papers, related_to
from .history import Entry, document_of
from .lists import GROUPS, Shown, TopicCard, after_promises, being_talked_over, card_of, for_owners, topics_page
from .publishing import PublishingDesk, draft_gaps, notice_words, publishing_desk, renewed_words
from .strip import strip_of
from .unsaid import unsaid
from .work import Panel, Work, what_is_missing, word_of, work_on

__all__ = [
    "GROUPS",
    "Entry",
    "Panel",
    "PublishingDesk",
    "Shown",
    "TopicCard",
    "TopicFile",
    "TopicPage",
    "Work",
    "after_promises",
    "being_talked_over",
    "card_of",
    "count_late",
    "desk_page",
    "document_of",
    "draft_gaps",
    "draft_notice_of",
    "draft_of",
    "draft_photo",
    "draft_words",
    "due_under",
    "facts_about",
    "file_of",
    "for_owners",
    "history_of",
    "late_under",
    "latest_opinion",
    "look_of",
    "notice_words",
    "opinion_words",
    "papers",
    "place_choices",
    "publishing_desk",
    "queues",
    "related_to",
    "renewed_words",
    "sessions_of",
    "similar_to",
    "still_visible",
    "strip_of",
    "topic_page",
    "topics_page",
    "unsaid",
    "visible_topic",
    "waiting_for",
    "waits_for_home",
    "what_is_missing",
    "word_of",
    "work_on",
]
