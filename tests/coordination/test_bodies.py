"""The register of bodies under guidance: who keeps it, what it refuses, when it reminds, what it shows."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.coordination.test_guidance import voting_rows
from tests.coordination.threads import picture
from tests.voting.test_contracts import enter_contract
from tests.voting.test_deciding import refused
from xieshang.audit.models import Entry
from xieshang.community.models import Office, RuleSet
from xieshang.coordination.models import CommitteeTerm, FiledPaper
from xieshang.coordination.rules.bodies import PaperKind
from xieshang.coordination.services import bodies as services
from xieshang.lib import clock
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.notify.models import Message
from xieshang.outcomes.models import ActionItem
from xieshang.voting.rules.deciding import State as Decided

pytestmark = pytest.mark.django_db
LIST = "coordination:guided_bodies"
ROWS = """
wang_ayi       no  no
zhang_zhuren   yes yes
sun_weiyuan    yes yes
wu_wangge      no  no
li_shuji       yes yes
luo_shuji      yes yes
he_zhuren      no  no
zhao_jingli    no  no
liu_street     yes yes
other_zhuren   no  no
"""


def in_days(number):
    return clock.today() + datetime.timedelta(days=number)


def a_term(actor, body, *, number=2, starts=-400, ends=400, **more):
    return services.enter_term(actor, body.pk, number=number, starts=in_days(starts), ends=in_days(ends), **more)


def test_who_keeps_and_who_reads_the_register(request, bodies):
    rows = [line.split() for line in ROWS.strip().splitlines()]
    found = [
        [
            name,
            *(
                "yes" if has_perm(f"coordination.{verb}_bodies", actor, bodies.owners.place.path) else "no"
                for verb in ("keep", "see")
            ),
        ]
        for name, actor in ((row[0], request.getfixturevalue(row[0])) for row in rows)
    ]
    assert found == rows


def test_the_committee_itself_reads_its_own_page_and_writes_nothing(browser_of, he_zhuren, bodies):
    own = reverse("coordination:guided_body", args=[bodies.owners.pk])
    page = browser_of(he_zhuren).get(own).content.decode()
    assert ("还没有登记任期" in page, "登记一届" in page) == (True, False)
    other = reverse("coordination:guided_body", args=[bodies.property.pk])
    assert browser_of(he_zhuren).get(other).status_code == 403
    with pytest.raises(NotAllowed):
        a_term(he_zhuren, bodies.owners)


def test_a_term_is_entered_once_and_with_days_that_can_be(li_shuji, bodies):
    a_term(li_shuji, bodies.owners)
    assert refused(a_term, li_shuji, bodies.owners, starts=500, ends=450) == ["term_ends_early", "term_number_taken"]
    assert refused(a_term, li_shuji, bodies.owners, number=3, starts=400, ends=600) == ["term_overlaps"]
    RuleSet.objects.create(
        place=bodies.owners.place,
        kind="guidance",
        effective_from=in_days(-5),
        values={"term_years_most": 3},
        source="例",
    )
    assert refused(a_term, li_shuji, bodies.owners, number=3, starts=401, ends=401 + 4 * 365) == ["term_too_long"]
    assert Entry.objects.filter(verb="coordination.enter_term").count() == 1


def test_a_company_has_no_terms(li_shuji, bodies):
    from django.http import Http404

    with pytest.raises(Http404):
        a_term(li_shuji, bodies.property)


def test_a_handover_needs_a_committee_before_and_a_day_that_has_been(li_shuji, bodies):
    a_term(li_shuji, bodies.owners, number=1, starts=-900, ends=-21)
    assert refused(services.hand_over_latest, li_shuji, bodies.owners.pk, on=in_days(0)) == [
        "term_nothing_to_hand_over"
    ]
    a_term(li_shuji, bodies.owners, starts=-20, ends=700)
    for day in (-21, 1):
        assert refused(services.hand_over_latest, li_shuji, bodies.owners.pk, on=in_days(day)) == [
            "term_handed_over_early"
        ]
    assert services.hand_over_latest(li_shuji, bodies.owners.pk, on=in_days(-20)).number == 2


def test_a_paper_and_a_recusal_are_refused_with_a_sentence(li_shuji, bodies, he_zhuren, zhao_jingli):
    early = {"kind": PaperKind.FILING, "name": "备案回执", "filed_on": in_days(1)}
    assert refused(services.file_paper, li_shuji, bodies.owners.pk, **early) == ["paper_in_the_future"]
    aside = {"about": "选聘物业企业，亲属在其中任职", "starts": in_days(0)}
    wrong = refused(services.recuse, li_shuji, bodies.owners.pk, office_id=zhao_jingli.office.id, **aside)
    assert wrong == ["recusal_not_a_member"]
    made = services.recuse(li_shuji, bodies.owners.pk, office_id=he_zhuren.office.id, **aside)
    assert made.body_id == bodies.owners.pk


def test_each_duty_is_told_once_when_it_opens_and_once_when_it_is_late(li_shuji, bodies, he_zhuren, liu_street, later):
    a_term(li_shuji, bodies.owners, starts=0, ends=700)
    assert [services.due(clock.now()) for _again in range(2)] == [1, 0]
    told = set(Message.objects.values_list("person_id", flat=True))
    assert told == {li_shuji.person_id, he_zhuren.person_id}
    later(30)
    assert services.due(clock.now()) == 0
    later(1)
    assert [services.due(clock.now()) for _again in range(2)] == [1, 0]
    assert Message.objects.filter(person_id=liu_street.person_id, body__contains="备案已经过了期限").exists()


def test_what_was_filed_in_time_is_never_told_of(li_shuji, bodies, later):
    a_term(li_shuji, bodies.owners, starts=0, ends=700)
    services.file_paper(li_shuji, bodies.owners.pk, kind=PaperKind.FILING, name="备案回执", filed_on=in_days(0))
    later(40)
    assert services.due(clock.now()) == 0
    assert CommitteeTerm.objects.get().alarm_on > in_days(100)


def test_the_list_names_what_is_owed_by_body(
    browser_of, li_shuji, liu_street, bodies, estate, homeowners_committee, given, zhang_zhuren
):
    enter_contract(homeowners_committee.chair, estate(3).area, 100)
    a_term(li_shuji, bodies.owners, starts=-900, ends=20)
    ActionItem.objects.create(
        matter=given.matter,
        community_id=given.community_id,
        what="换好2号楼楼道灯",
        body=bodies.property,
        due=in_days(-3),
        set_by_id=zhang_zhuren.person_id,
        set_at=clock.now(),
    )
    for actor in (li_shuji, zhang_zhuren, liu_street):
        page = browser_of(actor).get(reverse(LIST)).content.decode()
        for words in ("启动换届", "备案", "物业合同到期", "答复指导意见", "换好2号楼楼道灯"):
            assert words in page, words
    assert "排名" in page


def test_a_vote_for_the_committee_under_way_takes_re_election_off_the_list(
    browser_of, owners_vote, homeowners_committee, li_shuji
):
    owners_vote(state=Decided.VOTING, item=3)
    body = homeowners_committee.chair.office.body
    a_term(li_shuji, body, starts=-900, ends=20)
    page = browser_of(li_shuji).get(reverse("coordination:guided_body", args=[body.pk])).content.decode()
    assert ("启动换届" in page, "备案" in page) == (False, True)


def test_lines_are_written_on_the_page_and_what_is_wrong_stays_typed(browser_of, zhang_zhuren, bodies, he_zhuren):
    client = browser_of(zhang_zhuren)

    def post(what, **form):
        return client.post(reverse("coordination:keep_body", args=[bodies.owners.pk, what]), form)

    wrong = post("term", number=1, starts="2026-01-01", ends="2025-01-01")
    assert (wrong.status_code, 'value="2025-01-01"' in wrong.content.decode()) == (409, True)
    assert post("term", number=1, starts="2026-01-01", ends="2028-12-31").status_code == 302
    assert post("paper", kind="filing", name="", filed_on="2026-01-09").status_code == 422
    assert (
        post("paper", kind="filing", name="备案回执", number="示备〔2026〕3号", filed_on="2026-01-09").status_code
        == 302
    )
    office = Office.objects.get(body=bodies.owners, person_id=he_zhuren.person_id)
    assert post("recusal", office_id=office.pk, about="亲属在物业公司任职", starts="2026-01-09").status_code == 302
    assert post("seal").status_code == 404
    page = client.get(reverse("coordination:guided_body", args=[bodies.owners.pk])).content.decode()
    for words in ("第1届", "示备〔2026〕3号", "亲属在物业公司任职"):
        assert words in page
    assert FiledPaper.objects.get().kind == "filing"


def test_a_paper_stands_with_its_scan_for_those_who_guide_and_its_own_people(
    browser_of, li_shuji, he_zhuren, zhao_jingli, bodies
):
    about = {"kind": PaperKind.FILING, "name": "备案回执", "filed_on": in_days(0)}
    paper = services.file_paper(li_shuji, bodies.owners.pk, **about)
    address = reverse("coordination:keep_body", args=[bodies.owners.pk, "scan"])
    secretary, scan = browser_of(li_shuji), reverse("coordination:paper_scan", args=[paper.pk])
    assert secretary.get(scan).status_code == 404
    wrong = SimpleUploadedFile("scan.pdf", b"not a paper", "application/pdf")
    assert secretary.post(address, {"paper_id": paper.pk, "scan": wrong}).status_code == 409
    assert secretary.post(address, {"paper_id": paper.pk, "scan": picture()}).status_code == 302
    assert refused(services.add_scan, li_shuji, bodies.owners.pk, paper_id=paper.pk, scan=picture()) == [
        "paper_scanned_already"
    ]
    seen = [browser_of(actor).get(scan).status_code for actor in (li_shuji, he_zhuren, zhao_jingli)]
    assert seen == [200, 200, 404]
    pdf = SimpleUploadedFile("contract.pdf", b"%PDF-1.4 contract", "application/pdf")
    kept = services.file_paper(li_shuji, bodies.owners.pk, scan=pdf, **about)
    assert (
        kept.scan_is_photo,
        browser_of(li_shuji).get(reverse("coordination:paper_scan", args=[kept.pk]))["Content-Type"],
    ) == (False, "application/pdf")


def test_nothing_in_the_register_alters_a_vote_a_tally_or_a_roll(owners_vote, li_shuji, homeowners_committee, later):
    owners_vote(state=Decided.VOTING, item=3)
    body, before = homeowners_committee.chair.office.body, voting_rows()
    a_term(li_shuji, body, number=1, starts=-900, ends=-11)
    a_term(li_shuji, body, starts=-10, ends=300)
    services.hand_over_latest(li_shuji, body.pk, on=in_days(0))
    services.file_paper(li_shuji, body.pk, kind=PaperKind.RULES, name="议事规则", filed_on=in_days(0))
    about = {"about": "选举", "starts": in_days(0)}
    services.recuse(li_shuji, body.pk, office_id=homeowners_committee.chair.office.id, **about)
    later(200)
    services.due(clock.now())
    assert voting_rows() == before


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_same_however_many_bodies_there_are(
    browser_of, liu_street, li_shuji, bodies, places, number, django_assert_max_num_queries
):
    from xieshang.community.models import Body

    for each in range(number):
        body = Body.objects.create(
            kind="homeowners_committee", name=f"业委会{each}", short_name=f"业委会{each}", place=places.compound
        )
        a_term(li_shuji, body, ends=20)
    client = browser_of(liu_street)
    client.get("/")
    with django_assert_max_num_queries(20):
        assert client.get(reverse(LIST)).status_code == 200
