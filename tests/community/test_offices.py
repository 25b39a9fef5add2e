"""As whom one acts: several offices and homes, the switch in the header, powers that end with the term."""

import datetime

import pytest
from django.http import Http404

from xieshang.accounts.services import agree
from xieshang.audit.models import Entry
from xieshang.community.models import Office, Residence
from xieshang.community.queries import actor_for, bodies_in, offices_of
from xieshang.community.rules import ResidenceKind, Role
from xieshang.community.services import appoint as let_hold
from xieshang.community.services import ask_for_home, confirm_home, end_office, return_home
from xieshang.lib import clock
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message

DAY = datetime.timedelta(days=1)


@pytest.fixture
def later(monkeypatch):
    """Move the one clock forward by whole days."""

    def go(days):
        monkeypatch.setattr(clock, "_offsets", [lambda: days * DAY])

    return go


def acting(client):
    return client.get("/homes/join/").wsgi_request.actor


def test_powers_end_with_the_term_and_with_them_the_pages(enter, zhang_zhuren, places, later):
    zhang_zhuren.office.ends = clock.today()
    zhang_zhuren.office.save()
    client = enter(zhang_zhuren)
    assert (client.get("/residences/").status_code, acting(client).role) == (200, "committee_chair")
    later(1)
    assert client.get("/residences/").status_code == 403
    assert (acting(client).office, offices_of(zhang_zhuren.person_id)) == (None, [])
    renewed = actor_for(zhang_zhuren.person, zhang_zhuren.office.pk)
    assert not has_perm("community.confirm_home", renewed, places.community.path)


def test_powers_begin_with_the_term(make_person, bodies, liu_street, later):
    tomorrow = clock.today() + DAY
    person = make_person("新主任")
    office = let_hold(liu_street, person.pk, bodies.committee.pk, role=Role.COMMITTEE_CHAIR, starts=tomorrow)
    assert actor_for(person, office.pk).office is None
    later(1)
    assert actor_for(person, office.pk).role == "committee_chair"


def test_one_changes_the_office_in_the_header_and_every_act_is_in_that_office(
    enter, zhang_zhuren, li_shuji, bodies, appoint, places
):
    both = appoint(zhang_zhuren.person, bodies.party, Role.PARTY_SECRETARY)
    client = enter(zhang_zhuren)
    page = client.get("/account/").content.decode()
    assert ("和顺社区居委会主任" in page, "和顺社区党委书记" in page, "居民本人" in page) == (True, True, True)
    client.post("/office/", {"office": both.office.pk})
    assert acting(client).office.pk == both.office.pk
    assert client.get("/residences/").status_code == 403
    client.post("/office/", {"office": 0})
    assert acting(client).office is None
    assert client.post("/office/", {"office": li_shuji.office.pk}).status_code in (302, 404)
    assert acting(client).office is None


def test_homes_in_two_communities_offer_both(enter, wang_ayi, places, move_in):
    compound = places.other_community.add_child(
        kind="unit", name="9户", label="邻里社区9户", community=places.other_community
    )
    move_in(wang_ayi.person, compound)
    page = enter(wang_ayi).get("/account/").content.decode()
    assert ("和顺社区" in page, "邻里社区" in page) == (True, True)


def test_nobody_appoints_themselves(liu_street, bodies):
    with pytest.raises(RuleViolation) as refused:
        let_hold(liu_street, liu_street.person_id, bodies.street.pk, role=Role.STREET_OFFICER, starts=clock.today())
    assert refused.value.refusal.code == "own_office"


def test_terms_of_one_role_do_not_overlap(liu_street, zhang_zhuren, bodies):
    with pytest.raises(RuleViolation):
        let_hold(
            liu_street,
            zhang_zhuren.person_id,
            bodies.committee.pk,
            role=Role.COMMITTEE_CHAIR,
            starts=clock.today(),
        )


def test_the_street_ends_a_term_by_the_page_and_it_is_recorded(enter, liu_street, sun_weiyuan, bodies):
    client = enter(liu_street)
    today = clock.today()
    assert client.get(f"/bodies/{bodies.committee.pk}/").status_code == 200
    client.post(f"/offices/{sun_weiyuan.office.pk}/end/", {"on": f"{today:%Y年%m月%d日}"})
    assert Office.objects.get(pk=sun_weiyuan.office.pk).ends == today
    assert Entry.objects.filter(verb="community.end_office", person_id=liu_street.person_id).count() == 1


def test_a_wrong_last_day_stays_on_the_page_with_what_to_do(enter, liu_street, sun_weiyuan):
    answer = enter(liu_street).post(f"/offices/{sun_weiyuan.office.pk}/end/", {"on": "年底"})
    body = answer.content.decode()
    assert (answer.status_code, 'value="年底"' in body, "看不明白" in body or "日期" in body) == (422, True, True)


def test_who_wants_to_leave_tells_the_street_and_hears_of_the_last_day(enter, liu_street, sun_weiyuan):
    office, today = sun_weiyuan.office.pk, clock.today()
    assert f"/offices/{office}/leave/" in enter(sun_weiyuan).get("/account/").content.decode()
    enter(sun_weiyuan).post(f"/offices/{office}/leave/")
    enter(sun_weiyuan).post(f"/offices/{office}/leave/")
    told = Message.objects.get(person_id=liu_street.person_id)
    assert (told.title, told.count) == ("和顺社区居委会委员想离任", 2)
    assert enter(liu_street).get(told.url).status_code == 200
    end_office(liu_street, office, on=today)
    assert Message.objects.get(person_id=sun_weiyuan.person_id).title == "任期结束日期登记了"
    assert enter(liu_street).post(f"/offices/{office}/leave/").status_code == 404


def test_where_nobody_is_above_the_page_says_whom_to_ask(enter, liu_street):
    answer = enter(liu_street).post(f"/offices/{liu_street.office.pk}/leave/", follow=True)
    assert "请联系平台的运营单位" in answer.content.decode()


def test_the_committee_ends_the_home_of_somebody_who_moved_away(enter, zhang_zhuren, wang_ayi):
    home = Residence.objects.get(person=wang_ayi.person)
    client = enter(zhang_zhuren)
    assert f"/homes/{home.pk}/end/" in client.get(f"/people/{wang_ayi.person_id}/").content.decode()
    answer = client.post(f"/homes/{home.pk}/end/", follow=True)
    assert (answer.redirect_chain[0][0], "已结束，也告诉了本人" in answer.content.decode()) == ("/people/", True)
    home.refresh_from_db()
    assert home.state == "ended"


def test_the_street_appoints_by_the_page(enter, liu_street, bodies):
    client = enter(liu_street)
    form = {"name": "周新", "phone": "139 8888 7777", "role": "committee_member", "starts": "2026.1.1", "ends": ""}
    url = f"/bodies/{bodies.committee.pk}/appoint/"
    bad = client.post(url, {**form, "phone": "12"})
    assert (bad.status_code, "周新" in bad.content.decode()) == (422, True)
    assert client.post(url, form).status_code == 302
    assert Office.objects.filter(person__phone="+8613988887777", role="committee_member").count() == 1


def test_the_head_of_a_body_stands_first(li_shuji, appoint, make_person, bodies):
    appoint(make_person("黄淑芬"), bodies.party, Role.PARTY_MEMBER)
    rows = {row.body.pk: row for row in bodies_in(bodies.party.place)}
    assert [office.role for office in rows[bodies.party.pk].offices] == ["party_secretary", "party_member"]


# What lies elsewhere is as if absent ----------------------------------------------------------------------------


def test_what_lies_elsewhere_is_as_if_absent(other_zhuren, zhang_zhuren, liu_street, wairen, places, bodies, wang_ayi):
    agree(wairen)
    home = ask_for_home(wairen, places.units[0].pk, kind=ResidenceKind.OWNER)
    for who in (other_zhuren, wang_ayi):
        with pytest.raises(Http404):
            confirm_home(who, home.pk)
        with pytest.raises(Http404):
            return_home(who, home.pk, reason="不行")
        with pytest.raises(Http404):
            end_office(who, zhang_zhuren.office.pk, on=clock.today())
        with pytest.raises(Http404):
            let_hold(who, wairen.person_id, bodies.committee.pk, role=Role.GRID_WORKER, starts=clock.today())
    with pytest.raises(NotAllowed):
        confirm_home(liu_street, home.pk)
    with pytest.raises(NotAllowed):
        end_office(zhang_zhuren, zhang_zhuren.office.pk, on=clock.today())
