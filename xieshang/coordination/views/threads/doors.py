"""Which form and which verb belong to each step and act; the form's fields are the verb's keywords."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from xieshang.lib.actor import Actor

from ...forms import threads as f
from ...models import Commitment, Entry
from ...queries.threads import seat_of, table_of, visible_thread
from ...rules.threads import Step
from ...services import threads as services


@dataclass(frozen=True, slots=True)
class Door:
    """One form, one verb."""

    form: type[f.ThreadForm]
    verb: Callable[..., Any]


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


DOORS: dict[str, Door] = {
    Step.ACCEPT: Door(f.NoteForm, services.accept),
    Step.DECLINE: Door(f.ReasonForm, services.decline),
    Step.WITHDRAW: Door(f.NoteForm, services.withdraw),
    Step.ASSIGN: Door(f.AssignForm, services.assign),
    Step.CALL_MEETING: Door(f.MeetingForm, services.call_meeting),
    Step.TALK_AGAIN: Door(f.AgainForm, services.talk_again),
    Step.START_ACTIONS: Door(f.NoteForm, services.start_actions),
    Step.VERIFY: Door(f.NoteForm, services.verify),
    Step.NOT_SOLVED: Door(f.ReasonForm, services.not_solved),
    Step.CLOSE: Door(f.NoteForm, services.close),
    Step.ESCALATE: Door(f.ReasonForm, services.escalate),
    Step.HAND_TO_OWNERS: Door(f.ReasonForm, services.hand_to_owners),
    Step.MEDIATE: Door(f.ReasonForm, services.mediate),
    Step.GO_TO_LAW: Door(f.ReasonForm, services.go_to_law),
    Step.SEND_BACK: Door(f.AgainForm, services.send_back),
    Step.SETTLE: Door(f.ResultForm, services.settle),
    Step.OWNERS_PASSED: Door(f.ResultForm, services.owners_passed),
    Step.OWNERS_FAILED: Door(f.ResultForm, services.owners_failed),
    "position": Door(f.PositionForm, _position),
    "promise": Door(f.PromiseForm, _promise),
    "say": Door(f.WordForm, _say),
    "letter": Door(f.LetterForm, services.enter_letter),
    "ask_promise": Door(f.AskForm, services.ask_promise),
    "readings": Door(f.TableForm, services.add_readings),
    "measure": Door(f.ThreadForm, services.measure),
    "invite": Door(f.InviteForm, services.invite),
    "representative": Door(f.RepresentativeForm, _representative),
    "end_representative": Door(f.LeaveForm, _end_representative),
    "end_guest": Door(f.EndGuestForm, _end_guest),
    "owners": Door(f.OwnersForm, services.mark_for_owners),
    "delegate": Door(f.DelegateForm, services.delegate),
}
