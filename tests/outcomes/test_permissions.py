"""Who may do what with an outcome, as a table a lawyer can read."""

import pytest
from rules.permissions import permissions

from xieshang.lib.actor import NOBODY, SYSTEM
from xieshang.lib.permits import has_perm
from xieshang.outcomes import services
from xieshang.outcomes.rules import NoticeKind

pytestmark = pytest.mark.django_db

#              draft publish feedback correct post object answer review set report verify move rate
MATRIX = """
wang_ayi       no    no      no       no      no   yes    no     no     no  no     no     no   yes
chen_yezhu     no    no      no       no      no   yes    no     no     no  no     no     no   yes
wairen         no    no      no       no      no   no     no     no     no  no     no     no   no
zhang_zhuren   yes   no      yes      no      yes  no     yes    no     yes no     yes    yes  no
sun_weiyuan    yes   no      yes      no      yes  no     yes    no     yes no     yes    yes  no
wu_wangge      no    no      no       no      no   no     no     no     no  no     no     no   no
li_shuji       no    yes     no       no      no   no     no     no     yes no     yes    no   no
he_zhuren      no    no      no       no      no   no     no     no     no  no     no     no   no
zhao_jingli    no    no      no       no      no   no     no     no     no  yes    no     no   no
liu_street     no    no      no       yes     no   no     no     yes    no  no     no     no   no
other_zhuren   no    no      no       no      no   no     no     no     no  no     no     no   no
"""
VERBS = (
    "outcomes.draft_gongshi",
    "outcomes.publish_gongshi",
    "outcomes.publish_feedback",
    "outcomes.publish_correction",
    "outcomes.record_posting",
    "outcomes.object",
    "outcomes.answer_objections",
    "outcomes.answer_appeal",
    "outcomes.set_item",
    "outcomes.report",
    "outcomes.verify_item",
    "outcomes.move_due",
    "outcomes.rate",
)
ROWS = [line.split() for line in MATRIX.strip().splitlines()]


@pytest.fixture
def everybody(request):
    return {row[0]: request.getfixturevalue(row[0]) for row in ROWS}


def test_the_matrix_holds(everybody, item):
    thing = item()
    found = [
        [name, *("yes" if has_perm(verb, actor, thing) else "no" for verb in VERBS)]
        for name, actor in everybody.items()
    ]
    assert found == ROWS


def test_nobody_and_time_may_nothing(everybody, item):
    thing = item()
    assert [has_perm(verb, actor, thing) for actor in (NOBODY, SYSTEM) for verb in VERBS] == [False] * 26


# Who writes and who publishes each sort of notice: an outcome of a consultation is the secretary's alone to publish.
KINDS = """
advance    zhang_zhuren,sun_weiyuan  zhang_zhuren,sun_weiyuan
gongshi    zhang_zhuren,sun_weiyuan  li_shuji
gonggao    zhang_zhuren,sun_weiyuan  li_shuji
feedback   zhang_zhuren,sun_weiyuan  zhang_zhuren,sun_weiyuan
correction liu_street                liu_street
meeting    -                         -
prelim     -                         -
result     -                         -
word       -                         -
"""


def test_every_sort_of_notice_has_its_writers_and_its_publishers(everybody, matter):
    def who(verb):
        return ",".join(name for name, actor in everybody.items() if has_perm(verb, actor, matter)) or "-"

    found = [[kind.value, who(f"outcomes.draft_{kind}"), who(f"outcomes.publish_{kind}")] for kind in NoticeKind]
    assert found == [line.split() for line in KINDS.strip().splitlines()]


def test_only_whoever_objected_asks_the_street_to_look_again(everybody, publish, wang_ayi):
    objection = services.object_to(wang_ayi, publish().pk, grounds="通道太窄")
    may = [name for name, actor in everybody.items() if has_perm("outcomes.appeal", actor, objection)]
    assert may == ["wang_ayi"]


def test_no_verb_is_missing_from_these_tables():
    of_kinds = {f"outcomes.{act}_{kind}" for act in ("draft", "publish") for kind in NoticeKind}
    assert {name for name in permissions if name.startswith("outcomes.")} == {*VERBS, *of_kinds, "outcomes.appeal"}


def test_an_office_in_a_body_with_nobody_is_written_for_by_the_committee(zhang_zhuren, item, bodies):
    assert has_perm("outcomes.report", zhang_zhuren, item(body_id=bodies.owners.pk))


def test_a_neighbour_of_another_stairwell_does_not_object_to_this_ones_notice(chen_yezhu, wang_ayi, places, matter):
    matter.place = places.units[-1].get_parent()
    assert [has_perm("outcomes.object", actor, matter) for actor in (chen_yezhu, wang_ayi)] == [True, False]
