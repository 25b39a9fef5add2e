"""A thread between the sides, on a desk and on phones: raised, taken up, answered, promised, accepted, read along."""

import datetime

import pytest

from xieshang.coordination.models import Commitment, Thread
from xieshang.lib.clock import today

PHONE = {"width": 390, "height": 844}
SECRET = "报价3.2万元"


@pytest.fixture
def table(places, bodies, zhang_zhuren, li_shuji, he_zhuren, zhao_jingli, wang_ayi):
    """The three sides with somebody in office, and a resident."""
    return places.compound


def test_the_sides_settle_a_matter_in_front_of_the_residents(
    visit, table, zhang_zhuren, li_shuji, he_zhuren, zhao_jingli, wang_ayi
):
    committee = visit(zhang_zhuren)
    committee.open("/coordination/").press("提出协调")
    committee.write("一句话说清要协调什么", "供暖季室温偏低").write("具体情况", "17户室温低于合同约定。")
    committee.choose("在哪里", table.name).write("是谁反映的", "17户居民").press("提交")
    committee.sees("已送社区党组织", "等受理")
    thread = Thread.objects.get()
    address = f"/coordination/{thread.pk}/"

    secretary = visit(li_shuji)
    secretary.open(f"{address}work/").press("受理", within="#do-accept form")
    secretary.open(f"{address}work/").tick("安居物业服务有限公司", within="#do-assign")
    secretary.press("定下来，请各方表态").sees("各方表态", "3方中0方已答")

    company = visit(zhao_jingli)
    company.page.set_viewport_size(PHONE)
    company.open(f"{address}work/").write("本单位的意见", f"两处阀门锈死，{SECRET}。", within="#do-position")
    company.write("要遮住的商业秘密", SECRET, within="#do-position").press("以单位名义提交")
    company.open(f"{address}work/?step=promise").write("承诺办什么", "更换立管阀门", within="#do-promise")
    company.write("谁负责", "工程部刘师傅", within="#do-promise").press("作出承诺", within="#do-promise form")
    company.sees("请填写“哪天前办好”")
    due = (today() + datetime.timedelta(days=3)).isoformat()
    company.write("哪天前办好", due, within="#do-promise").press("作出承诺", within="#do-promise form")
    company.sees("更换立管阀门", SECRET)
    assert company.overflow == 0

    owners = visit(he_zhuren)
    owners.open(f"/coordination/commitments/{Commitment.objects.get().pk}/").press("认可这项承诺").sees(
        "明湖家园业委会"
    )

    resident = visit(wang_ayi)
    resident.page.set_viewport_size(PHONE)
    resident.open("/coordination/").press("供暖季室温偏低")
    resident.sees("安居物业项目经理", "［商业秘密，已遮住］", "工程部刘师傅", "还等1方认可").sees_no(SECRET, "办这件事")
    assert resident.overflow == 0
    assert [visitor.complaints for visitor in (committee, secretary, company, owners, resident)] == [[]] * 5
