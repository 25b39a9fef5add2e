"""Who may do what with an opinion, as a table a lawyer can read."""

import pytest

from xieshang.coordination.models import Guidance
from xieshang.lib.actor import NOBODY, SYSTEM
from xieshang.lib.permits import has_perm

pytestmark = pytest.mark.django_db

# The opinion was asked for by the owners' committee, which also answers it.
#              see ask give withdraw answer take_back
MATRIX = """
wang_ayi       no  no  no   no       no     no
chen_yezhu     no  no  no   no       no     no
wairen         no  no  no   no       no     no
zhang_zhuren   yes yes no   no       no     no
sun_weiyuan    yes yes no   no       no     no
wu_wangge      no  no  no   no       no     no
li_shuji       yes no  yes  yes      no     no
luo_shuji      yes no  yes  yes      no     no
he_zhuren      no  yes no   no       yes    yes
zhao_jingli    no  yes no   no       no     no
liu_street     yes yes no   no       no     no
other_zhuren   no  no  no   no       no     no
"""
VERBS = ("see", "ask", "give", "withdraw", "answer", "take_back")
ROWS = [line.split() for line in MATRIX.strip().splitlines()]


def test_the_matrix_holds(request, asked):
    everybody = {row[0]: request.getfixturevalue(row[0]) for row in ROWS}
    found = [
        [name, *("yes" if has_perm(f"coordination.{verb}_guidance", actor, asked) else "no" for verb in VERBS)]
        for name, actor in everybody.items()
    ]
    assert found == ROWS
    for actor in (NOBODY, SYSTEM):
        assert not any(has_perm(f"coordination.{verb}_guidance", actor, asked) for verb in VERBS)


def test_residents_know_of_an_opinion_only_when_its_giver_shows_it(request, given):
    everybody = {row[0]: request.getfixturevalue(row[0]) for row in ROWS}

    def knowing():
        return [name for name, actor in everybody.items() if Guidance.objects.visible_to(actor).exists()]

    closed = ["zhang_zhuren", "sun_weiyuan", "li_shuji", "luo_shuji", "he_zhuren", "liu_street"]
    assert knowing() == closed
    given.matter.audience = "place"
    given.matter.save()
    assert set(knowing()) - set(closed) == {"wang_ayi", "chen_yezhu", "wu_wangge", "zhao_jingli"}
