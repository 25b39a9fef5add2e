"""Tables of votes: registers and rolls, rights, ballots, papers, the ledger, counts, and owners' decisions."""

from .ballots import Ballot, BallotChoice, BallotVersion, Dispute
from .consents import ConsentCheck, ConsentParty
from .contracts import ServiceContract
from .counts import CountLine, VoteCount
from .decisions import (
    DECISION_LABELS,
    STEP_LABELS,
    Decision,
    DecisionStep,
    Roll,
    RollObjection,
    SecondSignature,
)
from .ledger import LedgerEntry, LedgerLink, TreeHead
from .paper import Conflict, Delivery, Keying, PaperBallot, Proxy
from .register import (
    OwnerClaim,
    Register,
    RegisterImport,
    RegisterOwner,
    RegisterUnit,
    SameName,
    UnitOwner,
)
from .rights import Right, RightHolder, RightOwner, RightUnit, Succession
from .rooms import RoomCount, RoomVote
from .secret import Box, BoxTally, Envelope, Opening, RightUsed, SecretEnd, Trustee
from .votes import BASE_LABELS, BASE_UNITS, CHANNEL_LABELS, STATE_LABELS, Option, Vote, VoteQuerySet, lines_of

__all__ = [
    "BASE_LABELS",
    "BASE_UNITS",
    "CHANNEL_LABELS",
    "DECISION_LABELS",
    "STATE_LABELS",
    "STEP_LABELS",
    "Ballot",
    "BallotChoice",
    "BallotVersion",
    "Box",
    "BoxTally",
    "Conflict",
    "ConsentCheck",
    "ConsentParty",
    "CountLine",
    "Decision",
    "DecisionStep",
    "Delivery",
    "Dispute",
    "Envelope",
    "Keying",
    "LedgerEntry",
    "LedgerLink",
    "Opening",
    "Option",
    "OwnerClaim",
    "PaperBallot",
    "Proxy",
    "Register",
    "RegisterImport",
    "RegisterOwner",
    "RegisterUnit",
    "Right",
    "RightHolder",
    "RightOwner",
    "RightUnit",
    "RightUsed",
    "Roll",
    "RollObjection",
    "RoomCount",
    "RoomVote",
    "SameName",
    "SecondSignature",
    "SecretEnd",
    "ServiceContract",
    "Succession",
    "TreeHead",
    "Trustee",
    "UnitOwner",
    "Vote",
    "VoteCount",
    "VoteQuerySet",
    "lines_of",
]
