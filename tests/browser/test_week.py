"""The weekly sheet on paper: however much there is to say, it fits one sheet of A4."""

import datetime
import re

import pytest

from xieshang.coordination.models import Guidance
from xieshang.coordination.rules.guidance import Addressee, Occasion
from xieshang.coordination.services import guidance
from xieshang.home.queries.week import LINES
from xieshang.lib.clock import now, today
from xieshang.outcomes.models import ActionItem

pytestmark = pytest.mark.browser
LONG = "把小区里所有楼道、车库和出入口的照明、扶手、坡道逐栋查一遍，坏的列出来"


def test_a_full_week_prints_on_one_sheet(visit, li_shuji, zhang_zhuren, bodies):
    day = today() + datetime.timedelta(days=3)
    for number in range(LINES + 3):
        subject = guidance.Subject(f"{LONG}{number}", Addressee.COMPANY, bodies.property.pk, Occasion.COMPLAINT)
        made = guidance.offer_guidance(li_shuji, subject, text="请办。", basis="条例", answer_due=day)
        for due in (day, today() - datetime.timedelta(days=number + 1)):
            ActionItem.objects.create(
                matter=made.matter,
                community_id=made.community_id,
                what=f"{LONG}{number}",
                body=bodies.property,
                due=due,
                set_by_id=zhang_zhuren.person_id,
                set_at=now(),
            )
    for number in range(LINES + 1):
        guidance.withdraw_guidance(li_shuji, Guidance.objects.order_by("pk")[number].pk, reason="写错了")
    page = visit(li_shuji).open("/desk/week/").page
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
