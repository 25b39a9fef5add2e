"""The files of an opinion and of a study hold what was said, and the same when made again."""

import pytest

from xieshang.coordination.rules.study import Rhythm
from xieshang.coordination.services import guidance, study
from xieshang.lib import clock
from xieshang.matters import hooks
from xieshang.matters.rules import Circle, Part

pytestmark = pytest.mark.django_db


def told(matter):
    return [(paper.part, paper.title) for paper in hooks.of_kind[matter.kind](matter, Circle.OFFICE)]


def test_an_opinion_is_filed_with_request_basis_and_answer(given, he_zhuren):
    guidance.answer_guidance(he_zhuren, given.pk, text="12月公布。")
    assert told(given.matter) == [
        (Part.SUBJECT, given.matter.title),
        (Part.COURSE, "党组织的意见"),
        (Part.COURSE, "答复"),
    ]


def test_a_study_is_filed_with_its_table_its_record_and_its_help(li_shuji, places):
    study.set_rhythm(li_shuji, places.community.pk, every=Rhythm.MONTHLY)
    made = study.call_study(li_shuji, places.community.pk, held_on=clock.today())
    study.add_point(li_shuji, made.pk, title="冬季探访")
    study.record_study(li_shuji, made.pk, present=5, conclusion="照办。", help_wanted="请协调。")
    assert [title for _part, title in told(made.matter)] == [
        made.matter.title,
        "议程",
        "研究的结论",
        "请街道帮忙",
    ]
