"""Reads of votes. Before a vote is closed nothing here gives a tally to anybody, only how many took part."""

from .counting import count_ballots
from .facts import buildings_of, opening_fields, result_fields, roll_facts, ticked_positions
from .ledger import (
    check_address,
    first_broken,
    known_ballots,
    receipt_of,
    receipt_text,
    received,
    vote_to_check,
)
from .lists import OpenVote, closed_votes, community_for, open_votes, votes_of, waiting_for
from .pages import VotePage, visible_vote, vote_page
from .participation import Participation, participation, participations
from .polls import PollFacts, poll_facts
from .results import Result, result, result_words
from .standing import MyRight, MyStanding, standing_for, who_voted

__all__ = [
    "MyRight",
    "MyStanding",
    "OpenVote",
    "Participation",
    "PollFacts",
    "Result",
    "VotePage",
    "buildings_of",
    "check_address",
    "closed_votes",
    "community_for",
    "count_ballots",
    "first_broken",
    "known_ballots",
    "open_votes",
    "opening_fields",
    "participation",
    "participations",
    "poll_facts",
    "receipt_of",
    "receipt_text",
    "received",
    "result",
    "result_fields",
    "result_words",
    "roll_facts",
    "standing_for",
    "ticked_positions",
    "visible_vote",
    "vote_page",
    "vote_to_check",
    "votes_of",
    "waiting_for",
    "who_voted",
]
