"""Kinds of votes, their states, options and channels."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of vote it is; each has one row in the table of kinds."""

    POLL = "poll"
    MOTION = "motion"
    PLANS = "plans"
    ELECTION = "election"
    PRIORITIES = "priorities"
    # Residents' appraisal or poll that nobody can trace.
    SECRET = "secret"
    # A motion put to those present in a meeting; the second keeps who voted apart from what was chosen.
    ROOM = "room"
    ROOM_SECRET = "room_secret"


# Decided by the owners, by head and by area (民法典第278条).
OWNERS_KINDS = frozenset({Kind.MOTION, Kind.PLANS, Kind.ELECTION})
# Put to those present in a room, opened and closed by its chair.
ROOM_KINDS = frozenset({Kind.ROOM, Kind.ROOM_SECRET})


class Base(StrEnum):
    """Who has a right: every grown-up person, every household, every set of owners by head and area, or every side."""

    PERSON = "person"
    HOUSEHOLD = "household"
    OWNERS = "owners"
    # The sides of a joint meeting, one voice each.
    SIDE = "side"


class Nature(StrEnum):
    """What the matter is by law, which decides what a poll about it may be called."""

    CONSULTATION = "consultation"
    # 民法典第278条: decided by the owners together.
    OWNERS = "owners"
    # 村民委员会组织法第24条: decided by the villagers' meeting.
    VILLAGERS = "villagers"


class State(StrEnum):
    """Where a vote stands."""

    DRAFTED = "drafted"
    OPEN = "open"
    CLOSED = "closed"
    VOIDED = "voided"


class OptionKind(StrEnum):
    """What an option on the ballot stands for."""

    AGREE = "agree"
    AGAINST = "against"
    CHOICE = "choice"
    NONE_OF_THESE = "none"
    ABSTAIN = "abstain"


# These stand alone on a ballot: whoever ticks one has ticked nothing else.
ALONE = frozenset({OptionKind.AGREE, OptionKind.AGAINST, OptionKind.NONE_OF_THESE, OptionKind.ABSTAIN})
# What can be decided for.
DECIDABLE = frozenset({OptionKind.AGREE, OptionKind.CHOICE})


class Channel(StrEnum):
    """How a ballot came in."""

    ONLINE = "online"
    ASSISTED = "assisted"
    PAPER = "paper"
    PROXY = "proxy"
    # Raised in a room and counted there; no ballot of anybody.
    HANDS = "hands"


# The ways by which one person's ballot comes in.
BALLOT_CHANNELS = frozenset(Channel) - {Channel.HANDS}


class CountRow(StrEnum):
    """What a row of a count is about."""

    OPTION = "option"
    PART = "part"
    INVALID = "invalid"
    DEEMED = "deemed"


class EntryKind(StrEnum):
    """What happened, in the ledger of a vote."""

    OPENED = "opened"
    CAST = "cast"
    REPLACED = "replaced"
    RECEIVED = "received"
    KEYED = "keyed"
    CONFIRMED = "confirmed"
    PROXY_GRANTED = "proxy_granted"
    PROXY_WITHDRAWN = "proxy_withdrawn"
    SUCCEEDED = "succeeded"
    DISPUTED = "disputed"
    VOIDED = "voided"
    EXTENDED = "extended"
    CLOSED = "closed"
    RESULT = "result"
    CORRECTED = "corrected"
    ANNULLED = "annulled"
