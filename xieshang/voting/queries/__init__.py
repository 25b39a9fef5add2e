"""Reads of votes. Before a vote is closed nothing here gives a tally to anybody, only how many took part."""

from .bundle import Depth, bundle, head_fields
from .counting import count_ballots
from .facts import (
    buildings_of,
    opening_fields,
    result_fields,
    roll_facts,
    rows_of_roll,
    ticked_positions,
    whose_of_poll,
)
from .ledger import first_broken, known_ballots
from .lists import OpenVote, closed_votes, community_for, open_votes, votes_of, waiting_for
from .owners import MyRight, label_of_units, labels_of, others_ballot, owner_rights, phone_obstacle
from .owners_count import KeptCount, Reckoning, count_owners, kept_counts, loose_ends, proven_deliveries, reckoning_of
from .owners_result import OwnersResult, owners_result
from .pages import VotePage, visible_vote, vote_page
from .participation import Participation, participation, participations
from .polls import PollFacts, poll_facts
from .receipts import (
    check_address,
    my_places,
    proof_of,
    receipt_details,
    receipt_of,
    receipt_text,
    received,
    vote_to_check,
)
from .records import RecordPage, record_page, require_bundle
from .results import Result, result, result_words
from .standing import MyStanding, standing_for, who_voted
from .tellers import CountingPage, counting_page

__all__ = [
    "CountingPage",
    "Depth",
    "KeptCount",
    "MyRight",
    "MyStanding",
    "OpenVote",
    "OwnersResult",
    "Participation",
    "PollFacts",
    "Reckoning",
    "RecordPage",
    "Result",
    "VotePage",
    "buildings_of",
    "bundle",
    "check_address",
    "closed_votes",
    "community_for",
    "count_ballots",
    "count_owners",
    "counting_page",
    "first_broken",
    "head_fields",
    "kept_counts",
    "known_ballots",
    "label_of_units",
    "labels_of",
    "loose_ends",
    "my_places",
    "open_votes",
    "opening_fields",
    "others_ballot",
    "owner_rights",
    "owners_result",
    "participation",
    "participations",
    "phone_obstacle",
    "poll_facts",
    "proof_of",
    "proven_deliveries",
    "receipt_details",
    "receipt_of",
    "receipt_text",
    "received",
    "reckoning_of",
    "record_page",
    "require_bundle",
    "result",
    "result_fields",
    "result_words",
    "roll_facts",
    "rows_of_roll",
    "standing_for",
    "ticked_positions",
    "visible_vote",
    "vote_page",
    "vote_to_check",
    "votes_of",
    "waiting_for",
    "who_voted",
    "whose_of_poll",
]
