"""Who may take which step of a thread and do what beside them, as a table that a lawyer can read."""

import pytest
from rules.permissions import permissions

from tests.coordination.threads import side_of
from xieshang.coordination.rules.threads import Step
from xieshang.coordination.services import threads as services
from xieshang.lib.actor import NOBODY, SYSTEM
from xieshang.lib.clock import today
from xieshang.lib.permits import has_perm

# One thread, raised by the residents' committee; the property company has promised something and said something.
GROUPS = {
    "raise": ["raise"],
    "raiser": ["withdraw"],
    "convenor": [
        "accept",
        "decline",
        "assign",
        "ask_positions",
        "call_meeting",
        "talk_again",
        "start_actions",
        "escalate",
        "hand_to_owners",
        "mediate",
        "go_to_law",
        "mark_for_owners",
        "delegate",
        "convenor_speaks",
        "answer_move",
    ],
    "by_itself": ["owners_passed", "owners_failed", "close"],
    "meeting": ["adjourn", "draft_minutes", "confirm"],
    "committee": ["verify"],
    "unsolved": ["not_solved"],
    "above": ["send_back", "settle"],
    "keeps": ["invite", "name_representative", "enter_letter", "guest_link"],
    "table": ["read_working", "work", "ask_promise"],
    "company": ["speak", "ask_move", "open_entry"],
    "covers": ["cover"],
    "measures": ["add_reading"],
    "tables": ["add_readings"],
}
# raise raiser convenor by_itself meeting committee unsolved above keeps table company covers measures tables
MATRIX = """
wang_ayi     no  no  no  no  no  no  no  no  no  no  no  no  yes no
chen_yezhu   no  no  no  no  no  no  no  no  no  no  no  no  yes no
wairen       no  no  no  no  no  no  no  no  no  no  no  no  no  no
zhang_zhuren yes yes no  no  no  yes yes no  yes yes no  yes no  yes
sun_weiyuan  yes yes no  no  no  yes yes no  yes yes no  yes no  yes
wu_wangge    yes yes no  no  no  no  no  no  no  yes no  no  no  yes
li_shuji     yes no  yes yes no  no  yes yes yes yes no  yes no  yes
he_zhuren    yes no  no  no  no  no  no  no  no  yes no  no  no  yes
zhao_jingli  yes no  no  no  no  no  no  no  no  yes yes yes no  yes
liu_street   yes no  no  no  no  no  no  yes no  yes no  no  no  no
other_zhuren no  no  no  no  no  no  no  no  no  no  no  no  no  no
nobody       no  no  no  no  no  no  no  no  no  no  no  no  no  no
time         no  no  no  yes yes no  yes no  no  no  no  no  no  no
"""
ROWS = [line.split() for line in MATRIX.strip().splitlines()]
ON_SIDE, ON_ENTRY, ON_PROMISE = {"speak"}, {"open_entry", "cover"}, {"ask_move", "answer_move"}


@pytest.fixture
def everybody(request):
    return {row[0]: {"nobody": NOBODY, "time": SYSTEM}.get(row[0]) or request.getfixturevalue(row[0]) for row in ROWS}


@pytest.fixture
def thing_of(asked_thread, zhao_jingli):
    """What each verb is asked of: the thread, the company's side, its position, its commitment."""
    side = side_of(asked_thread, "company")
    entry = services.file_position(zhao_jingli, asked_thread.pk, side_id=side.pk, text="正在检查")
    word = services.Word("换阀门", "工程部", today())
    commitment = services.promise(zhao_jingli, asked_thread.pk, side_id=side.pk, word=word)

    def of(verb):
        if verb in ON_SIDE:
            return side
        if verb in ON_ENTRY:
            return entry
        return commitment if verb in ON_PROMISE else asked_thread

    return of


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_the_matrix_holds(everybody, thing_of, number):
    name, *expected = ROWS[number]
    actor = everybody[name]
    for (group, verbs), wanted in zip(GROUPS.items(), expected, strict=True):
        found = {verb for verb in verbs if has_perm(f"coordination.{verb}", actor, thing_of(verb))}
        assert found == (set(verbs) if wanted == "yes" else set()), f"{name} {group}"


def test_every_step_and_act_stands_in_the_matrix():
    listed = {verb for verbs in GROUPS.values() for verb in verbs}
    assert listed >= set(Step)
    assert {f"coordination.{verb}" for verb in listed} <= set(permissions)
