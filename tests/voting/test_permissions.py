"""Who may do what with a poll, as a table; and the one line that the others read."""

import pytest
from rules.permissions import permissions

from xieshang.lib.actor import NOBODY, SYSTEM
from xieshang.lib.permits import has_perm
from xieshang.voting.queries import standing_for
from xieshang.voting.rules import Standing

pytestmark = pytest.mark.django_db

# who              prepare open  cast
MATRIX = """
wang_ayi           no      no    yes
zhou_dashu         no      no    yes
chen_yezhu         no      no    yes
minor              no      no    no
wairen             no      no    no
zhang_zhuren       yes     yes   no
sun_weiyuan        yes     yes   no
wu_wangge          no      no    no
li_shuji           no      no    no
he_zhuren          no      no    no
zhao_jingli        no      no    no
liu_street         no      no    no
other_zhuren       no      no    no
"""
VERBS = ("voting.prepare", "voting.open", "voting.cast")
ROWS = [line.split() for line in MATRIX.strip().splitlines()]


@pytest.fixture
def everybody(request):
    return {row[0]: request.getfixturevalue(row[0]) for row in ROWS}


def test_the_matrix_holds(everybody, poll):
    vote = poll()
    found = [[name, *("yes" if has_perm(v, actor, vote) else "no" for v in VERBS)] for name, actor in everybody.items()]
    assert found == ROWS


def test_no_verb_is_missing_from_the_table():
    assert {name for name in permissions if name.startswith("voting.")} == set(VERBS)


def test_nobody_and_time_may_nothing(everybody, poll):
    vote = poll()
    assert [has_perm(verb, actor, vote) for actor in (NOBODY, SYSTEM) for verb in VERBS] == [False] * 6


def test_everybody_hears_one_reason(everybody, poll, places, make_person, move_in):
    vote = poll(scope_id=places.stairwell.pk)
    late = make_person("后来的")
    move_in(late, places.units[0])
    outside = make_person("四号楼的")
    move_in(outside, places.units[-2])
    actors = everybody | {"nobody": NOBODY, "late": type(NOBODY)(late), "outside": type(NOBODY)(outside)}
    told = {name: standing_for(actor, vote).standing for name, actor in actors.items()}
    expected = dict.fromkeys(
        "zhang_zhuren sun_weiyuan wu_wangge li_shuji he_zhuren zhao_jingli liu_street other_zhuren".split(),
        Standing.IN_OFFICE,
    )
    expected |= dict.fromkeys(["wang_ayi", "zhou_dashu", "chen_yezhu"], Standing.MAY)
    expected |= {"minor": Standing.UNDER_AGE, "wairen": Standing.NOT_VERIFIED, "nobody": Standing.NOT_SIGNED_IN}
    expected |= {"late": Standing.AFTER_FREEZE, "outside": Standing.OUT_OF_SCOPE}
    assert told == expected


def test_a_sentence_has_no_blanks_left_in_it(everybody, poll):
    vote = poll()
    sentences = [standing_for(actor, vote).sentence for actor in (*everybody.values(), NOBODY)]
    assert [sentence for sentence in sentences if "{" in sentence] == []
