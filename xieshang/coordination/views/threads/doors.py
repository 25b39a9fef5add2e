"""Which form and which verb belong to each step and act; the form's fields are the verb's keywords."""

from datetime import date
from typing import Any

from xieshang.lib.actor import Actor
from xieshang.lib.acts import Act

from ...forms import threads as f
from ...models import Commitment, Entry
from ...queries.threads import seat_of, table_of, visible_thread
from ...rules.threads import Step
from ...services import threads as services


def _own(actor: Actor, thread_id: int) -> int:
    """The side this actor speaks for, the first where it speaks for several; none is refused by the verb."""
    thread = visible_thread(actor, thread_id)
    return next(iter(seat_of(actor, thread, table_of(thread)).speaks_for), 0)


def _position(actor: Actor, thread_id: int, **words: Any) -> Entry:
    return services.file_position(actor, thread_id, side_id=_own(actor, thread_id), **words)


def _say(actor: Actor, thread_id: int, **words: Any) -> Entry:
    return services.say(actor, thread_id, side_id=_own(actor, thread_id) or None, **words)


def _promise(
    actor: Actor, thread_id: int, *, side_id: int, what: str, answerer: str, due: date, proof: str
) -> Commitment:
    return services.promise(actor, thread_id, side_id=side_id, word=services.Word(what, answerer, due, proof))


def _representative(actor: Actor, thread_id: int, *, side_id: int, phone: str) -> Any:
    return services.name_representative(actor, side_id, phone=phone)


def _end_guest(actor: Actor, thread_id: int, *, side_id: int) -> Any:
    return services.end_guest_links(actor, side_id)


def _end_representative(actor: Actor, thread_id: int, *, representative_id: int) -> Any:
    return services.end_representative(actor, representative_id)


DOORS: dict[str, Act[f.ThreadForm]] = {
    Step.ACCEPT: Act(f.NoteForm, services.accept),
    Step.DECLINE: Act(f.ReasonForm, services.decline),
    Step.WITHDRAW: Act(f.NoteForm, services.withdraw),
    Step.ASSIGN: Act(f.AssignForm, services.assign),
    Step.CALL_MEETING: Act(f.MeetingForm, services.call_meeting),
    Step.TALK_AGAIN: Act(f.AgainForm, services.talk_again),
    Step.START_ACTIONS: Act(f.NoteForm, services.start_actions),
    Step.VERIFY: Act(f.NoteForm, services.verify),
    Step.NOT_SOLVED: Act(f.ReasonForm, services.not_solved),
    Step.CLOSE: Act(f.NoteForm, services.close),
    Step.ESCALATE: Act(f.ReasonForm, services.escalate),
    Step.HAND_TO_OWNERS: Act(f.ReasonForm, services.hand_to_owners),
    Step.MEDIATE: Act(f.ReasonForm, services.mediate),
    Step.GO_TO_LAW: Act(f.ReasonForm, services.go_to_law),
    Step.SEND_BACK: Act(f.AgainForm, services.send_back),
    Step.SETTLE: Act(f.ResultForm, services.settle),
    Step.OWNERS_PASSED: Act(f.ResultForm, services.owners_passed),
    Step.OWNERS_FAILED: Act(f.ResultForm, services.owners_failed),
    "position": Act(f.PositionForm, _position),
    "promise": Act(f.PromiseForm, _promise),
    "say": Act(f.WordForm, _say),
    "letter": Act(f.LetterForm, services.enter_letter),
    "ask_promise": Act(f.AskForm, services.ask_promise),
    "readings": Act(f.TableForm, services.add_readings),
    "measure": Act(f.ThreadForm, services.measure),
    "invite": Act(f.InviteForm, services.invite),
    "representative": Act(f.RepresentativeForm, _representative),
    "end_representative": Act(f.LeaveForm, _end_representative),
    "end_guest": Act(f.EndGuestForm, _end_guest),
    "owners": Act(f.OwnersForm, services.mark_for_owners),
    "delegate": Act(f.DelegateForm, services.delegate),
}
