"""What the guards may know: plain values of one day, nothing that could be asked again."""

from dataclasses import dataclass
from datetime import date

from .states import Nature, OwnersResult, PartyOpinion, TopicKind


@dataclass(frozen=True, slots=True)
class Stop:
    """Days on which the clock stood, first and last counted; an open suspension ends today."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so on `today`, with what the acting verb itself brings; what nobody filled in counts as missing.

    People are ids of human beings, whatever office they act in. `due` is the last day of the present state
    (`due_on`), filled in before the guards are asked. Days are calendar days unless the name says otherwise.
    """

    today: date
    due: date | None = None
    acting_person: int | None = None
    suspended: bool = False
    stops: tuple[Stop, ...] = ()
    extended_to: date | None = None
    reason_given: bool = False

    # what was raised
    title_given: bool = False
    text_given: bool = False
    scope_chosen: bool = False
    author: int | None = None
    author_is_verified: bool = False
    review_is_needed: bool = True
    rejected_by: int | None = None
    appeal_is_made: bool = False
    appeal_is_dismissed: bool = False
    supporters: int = 0
    withdrawal_threshold: int = 0
    committee_agrees_withdrawal: bool = False

    # screening and the short courses
    kind: TopicKind | None = None
    nature: Nature | None = None
    danger: bool = False
    plain_repair: bool = False
    wide_impact: bool = False
    screened_by: int | None = None
    receiver_named: bool = False
    receiver_due: date | None = None
    merge_target_named: bool = False
    merge_target_is_open: bool = False
    proof_given: bool = False
    answer_given: bool = False

    # the Party organisation's study
    party_opinion: PartyOpinion = PartyOpinion.NONE
    party_studied_on: date | None = None
    party_meeting_named: bool = False
    party_conclusion_given: bool = False
    party_signer_named: bool = False
    parties_chosen: bool = False
    form_chosen: bool = False

    # advance notice and discussion; a last day is None until the notice counts as posted
    notice_text_given: bool = False
    notice_days: int = 0
    notice_days_least: int = 3
    notice_last_day: date | None = None
    discussion_first_day: date | None = None
    discussion_last_day: date | None = None
    sessions_held: int = 0
    sessions_least: int = 1
    sessions_without_minutes: int = 0
    sessions_without_attendance: int = 0
    last_session_on: date | None = None
    hearing_held: bool = False

    # the opinion
    opinion_text_given: bool = False
    opinion_sent_back_on: date | None = None
    opinion_is_confirmed: bool = False
    dissent_is_recorded: bool = False
    minority_is_attached: bool = False
    dissenters_are_told_why: bool = False
    reopened_times: int = 0

    # poll and meeting
    poll_question_given: bool = False
    poll_days: int = 0
    poll_days_least: int = 5
    poll_last_day: date | None = None
    poll_time_is_up: bool = False
    poll_is_closed: bool = False
    poll_turnout_met: bool = False
    turnout_shortfall_is_said: bool = False
    meeting_planned_on: date | None = None
    decision_on: date | None = None
    decision_host_named: bool = False
    decision_counted: bool = False
    decision_quorum_met: bool = False
    decision_minutes_given: bool = False
    decision_sends_back: bool = False

    # the outcome and its publicity
    outcome_drafted: bool = False
    drafted_by: int | None = None
    objection_channel_given: bool = False
    publicity_days: int = 0
    publicity_days_least: int = 7
    publicity_last_day: date | None = None
    open_objections: int = 0
    sustained_objections: int = 0
    legal_ground_given: bool = False
    correction_notice_given: bool = False

    # the owners' part
    convener_named: bool = False
    owners_by: date | None = None
    owners_vote_is_linked: bool = False
    owners_result: OwnersResult = OwnersResult.NONE
    owners_result_is_recorded: bool = False

    # carrying out, feedback, rating
    feedback_by: date | None = None
    items: int = 0
    items_without_body: int = 0
    items_without_due: int = 0
    items_open: int = 0
    items_without_proof: int = 0
    next_item_due: date | None = None
    feedback_text_given: bool = False
    evaluation_last_day: date | None = None
    rated_solved: int = 0
    rated_unsolved: int = 0
    unsolved_is_explained: bool = False
    report_to_named: bool = False
    report_is_sent: bool = False
