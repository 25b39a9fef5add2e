"""From the notice on nothing of text, options, roll, rule or window changes: not by a screen, and not by hand."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from xieshang.voting.models import Decision, Option, Vote
from xieshang.voting.rules.deciding import State

pytestmark = pytest.mark.django_db

# Table, statement; what is in braces is the id of the vote or of its decision.
REFUSED = [
    "UPDATE voting_decision SET text = 'x' WHERE id = {decision}",
    "UPDATE voting_decision SET item = 5 WHERE id = {decision}",
    "UPDATE voting_decision SET entry = 'fund_roof' WHERE id = {decision}",
    """UPDATE voting_decision SET "values" = '{{"assembly.deemed": "majority"}}' WHERE id = {decision}""",
    "UPDATE voting_decision SET deemed_clause = 'x' WHERE id = {decision}",
    "UPDATE voting_decision SET opens_on = '2020-01-01' WHERE id = {decision}",
    "UPDATE voting_decision SET closes_at = '2020-01-01 00:00:00+00:00' WHERE id = {decision}",
    "UPDATE voting_decision SET state = 'proposed' WHERE id = {decision}",
    "UPDATE voting_decision SET key_code = 'x' WHERE id = {decision}",
    "DELETE FROM voting_decision WHERE id = {decision}",
    "UPDATE voting_vote SET question = 'x' WHERE id = {vote}",
    "UPDATE voting_vote SET allow_change = (1 = 0) WHERE id = {vote}",
    "UPDATE voting_vote SET closes_at = '2099-01-01 00:00:00+00:00' WHERE id = {vote}",
    "UPDATE voting_vote SET roll_size = 7 WHERE id = {vote}",
    "UPDATE voting_option SET text = 'x' WHERE vote_id = {vote} AND position = 1",
    "INSERT INTO voting_option (vote_id, position, kind, text) VALUES ({vote}, 9, 'choice', 'x')",
    "DELETE FROM voting_option WHERE vote_id = {vote}",
]


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_by_hand(owners_vote, statement):
    made = owners_vote(state=State.NOTICE)
    with pytest.raises(DatabaseError, match=r"is fixed|is frozen"):
        run(statement.format(decision=made.decision.pk, vote=made.vote.pk))


def test_before_the_notice_all_of_it_may_change(owners_vote):
    made = owners_vote(state=State.ROSTER_OPEN)
    Decision.objects.filter(pk=made.decision.pk).update(text="另一份", item=5)
    Vote.objects.filter(pk=made.vote.pk).update(question="另一问")
    Option.objects.filter(vote=made.vote).delete()
    assert Decision.objects.get(pk=made.decision.pk).text == "另一份"


def test_the_end_of_the_window_moves_once_to_later_while_owners_vote(owners_vote):
    made = owners_vote(state=State.VOTING)
    before, later = made.decision.closes_at, made.decision.closes_at + datetime.timedelta(days=3)
    rows, votes = Decision.objects.filter(pk=made.decision.pk), Vote.objects.filter(pk=made.vote.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(closes_at=before - datetime.timedelta(days=1), first_closes_at=before)
    rows.update(closes_at=later, first_closes_at=before)
    with pytest.raises(DatabaseError), transaction.atomic():
        votes.update(closes_at=later + datetime.timedelta(days=1))
    votes.update(closes_at=later)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(closes_at=later + datetime.timedelta(days=1), first_closes_at=later)


def test_the_course_of_the_decision_goes_on(owners_vote):
    made = owners_vote(state=State.NOTICE)
    for state in (State.VOTING, State.COUNTING, State.PRELIM_PUBLICITY, State.DECIDED, State.ANNOUNCED):
        assert Decision.objects.filter(pk=made.decision.pk).update(state=state.value) == 1


def test_a_poll_is_none_of_this_business(poll, wang_ayi):
    vote = poll()
    assert Vote.objects.filter(pk=vote.pk).update(question="改了") == 1
