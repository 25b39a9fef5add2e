"""The estate's list: imported whole or not at all, by its edition; who is the same; who a person is in it."""

import io

import openpyxl
import pytest

from tests.voting.test_register_reading import HEAD, LI, ZHANG
from xieshang.audit.models import Entry
from xieshang.community.models import PropertyArea
from xieshang.lib import seal
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.voting import services
from xieshang.voting.models import OwnerClaim, Register, RegisterOwner, RegisterUnit, SameName
from xieshang.voting.rules.estate import ClaimWay
from xieshang.voting.services.register import EstateFile, read_estate_file
from xieshang.voting.services.register.claims import letter_code

ROWS = (["3", "2", "501", "90", "张三", ZHANG], ["3", "2", "502", "91.5", "李四、王五", ""])


@pytest.fixture
def area(places):
    made, _made = PropertyArea.objects.get_or_create(community=places.community, name="明湖家园")
    made.places.add(places.compound)
    return made


@pytest.fixture
def take(area, homeowners_committee):
    """Import rows as the homeowners' committee, by the edition that stands unless told otherwise."""

    def run(*rows, edition=None, dry_run=False, head=HEAD, columns=None, actor=None):
        register = Register.objects.filter(area=area).first()
        seen = (register.edition if register else 0) if edition is None else edition
        upload = EstateFile("名册.xlsx", "0" * 64, {"名册": [head, *rows]})
        return services.import_register(
            actor or homeowners_committee.chair, area.pk, upload, columns=columns or {}, edition=seen, dry_run=dry_run
        )

    return run


def codes(area):
    return list(
        RegisterUnit.objects.filter(register__area=area, gone_on=None).order_by("code").values_list("code", flat=True)
    )


def test_a_dry_run_says_what_would_change_and_changes_nothing(take, area):
    report = take(*ROWS, dry_run=True)
    assert [unit.code for unit in report.changes.added] == ["3-2-501", "3-2-502"]
    assert (report.units, report.owners, codes(area)) == (2, 3, [])


def test_an_import_stores_units_owners_and_numbers_sealed(take, area, places):
    take(*ROWS)
    unit = RegisterUnit.objects.get(code="3-2-501")
    assert (unit.area_centi, unit.area_source, unit.place) == (9000, "register", places.units[8])
    owner = RegisterOwner.objects.get(name="张三")
    assert ZHANG not in owner.id_sealed
    assert (seal.unseal(owner.id_sealed), owner.id_hash, owner.id_tail) == (ZHANG, seal.matching(ZHANG), ZHANG[-4:])
    assert Entry.objects.filter(verb="voting.import_register", detail__added=2).exists()


def test_one_fault_and_not_a_row_goes_in(take, area):
    report = take(*ROWS, ["3", "2", "503", "没有", "赵六", ""])
    assert len(report.faults) == 1
    assert (codes(area), report.is_stored) == ([], False)


def test_the_same_file_again_changes_nothing(take):
    take(*ROWS)
    owners = set(RegisterOwner.objects.values_list("pk", flat=True))
    report = take(*ROWS)
    assert not report.changes
    assert set(RegisterOwner.objects.values_list("pk", flat=True)) == owners


def test_a_new_file_adds_changes_and_lets_go(take, area):
    take(*ROWS)
    report = take(["3", "2", "501", "92", "张三", ZHANG], ["3", "2", "503", "80", "赵六", ""])
    changes = report.changes
    assert ([u.code for u in changes.added], [c.code for c in changes.changed]) == (["3-2-503"], ["3-2-501"])
    assert [unit.code for unit in changes.gone] == ["3-2-502"]
    assert codes(area) == ["3-2-501", "3-2-503"]
    assert RegisterUnit.objects.get(code="3-2-502").gone_on is not None
    take(*ROWS)
    assert codes(area) == ["3-2-501", "3-2-502"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(take):
    seen = take(*ROWS, dry_run=True).edition
    take(*ROWS)
    with pytest.raises(RuleViolation) as refused:
        take(["3", "2", "501", "1", "张三", ZHANG], edition=seen)
    assert refused.value.refusal.code == "register_moved"
    assert RegisterUnit.objects.get(code="3-2-501").area_centi == 9000


def test_the_columns_of_an_estate_are_remembered(take):
    head = ["楼栋", "单元", "门户", "面积", "产权方", "身份证号"]
    take(*ROWS, head=head, columns={"门户": "room", "产权方": "owner"})
    assert not take(*ROWS, head=head).faults


def test_only_who_may_convene_the_owners_imports(take, wang_ayi):
    with pytest.raises(NotAllowed):
        take(*ROWS, actor=wang_ayi)


# The files themselves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_csv_is_read_in_the_encodings_estates_have(encoding):
    text = '房号,面积,业主\n3-2-501,"1,090.5",张三\n'
    found = read_estate_file(io.BytesIO(text.encode(encoding)), "明湖家园.csv")
    assert found.sheets == {"明湖家园": [["房号", "面积", "业主"], ["3-2-501", "1,090.5", "张三"]]}


def test_a_workbook_is_read_sheet_by_sheet_without_filling_merged_cells():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "3号楼"
    for row in (["3号楼名册"], ["房号", "面积", "业主"], ["501", 90.5, "张三"], [None, None, "李四"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    out = io.BytesIO()
    book.save(out)
    found = read_estate_file(io.BytesIO(out.getvalue()), "名册.xlsx")
    assert list(found.sheets) == ["3号楼"]
    assert found.sheets["3号楼"][3][:3] == ["", "", "李四"]


def test_a_file_that_is_no_table_is_refused_with_the_way_on():
    with pytest.raises(RuleViolation) as refused:
        read_estate_file(io.BytesIO(b"\x89PNG\x00\x00\xff\xfe" * 40), "名册.xlsx")
    assert "打不开" in refused.value.refusal.sentence


# Who is the same --------------------------------------------------------------------------------------------------


def test_one_number_is_one_owner_whatever_number_of_homes(take):
    take(["3", "2", "501", "90", "张三", ZHANG], ["3", "2", "502", "90", "张三", ZHANG])
    assert RegisterOwner.objects.count() == 1
    assert not SameName.objects.exists()


def test_one_name_without_a_number_is_a_question_and_two_numbers_are_none(take):
    take(
        ["3", "2", "501", "90", "张伟", ""],
        ["3", "2", "502", "90", "张伟", ""],
        ["3", "2", "503", "90", "李四", ZHANG],
        ["3", "2", "504", "90", "李四", LI],
    )
    (question,) = SameName.objects.all()
    assert {question.first.name, question.second.name, question.answer} == {"张伟", "open"}


def test_an_answer_joins_two_and_is_kept_with_who_gave_it(take, homeowners_committee):
    take(["3", "2", "501", "90", "张伟", ""], ["3", "2", "502", "90", "张伟", ""])
    question = SameName.objects.get()
    with pytest.raises(RuleViolation):
        services.answer_same_name(homeowners_committee.chair, question.pk, same=True, basis=" ")
    services.answer_same_name(homeowners_committee.chair, question.pk, same=True, basis="看了两本不动产权证")
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("same", homeowners_committee.chair.person)
    assert RegisterOwner.objects.filter(same_as=None).count() == 1
    services.answer_same_name(homeowners_committee.member, question.pk, same=False, basis="两张身份证不是一个人")
    assert RegisterOwner.objects.filter(same_as=None).count() == 2


def test_three_of_one_name_found_one_leave_no_question(take, homeowners_committee):
    take(*(["3", "2", f"50{n}", "90", "张伟", ""] for n in (1, 2, 3)))
    while question := SameName.objects.filter(answer="open").first():
        services.answer_same_name(homeowners_committee.chair, question.pk, same=True, basis="产权证")
    assert RegisterOwner.objects.filter(same_as=None).count() == 1


def test_an_answer_outlives_the_next_file(take, homeowners_committee):
    rows = (["3", "2", "501", "90", "张伟", ""], ["3", "2", "502", "90", "张伟", ""])
    take(*rows)
    services.answer_same_name(homeowners_committee.chair, SameName.objects.get().pk, same=False, basis="产权证")
    take(["3", "2", "501", "95", "张伟", ""], rows[1])
    assert [question.answer for question in SameName.objects.all()] == ["different"]


def test_a_number_learnt_later_goes_to_who_stood_there_without_one(take):
    take(["3", "2", "501", "90", "张三", ""], ["3", "2", "502", "90", "李四", LI])
    take(["3", "2", "501", "90", "张三", ZHANG], ["3", "2", "502", "90", "李四", ""])
    assert RegisterOwner.objects.count() == 2
    assert RegisterOwner.objects.get(name="张三").id_hash == seal.matching(ZHANG)
    assert RegisterOwner.objects.get(name="李四").id_hash == seal.matching(LI)


# Who a person is --------------------------------------------------------------------------------------------------


def test_number_and_name_make_an_owner_at_once(take, area, wang_ayi):
    take(*ROWS)
    claim = services.claim_owner(wang_ayi, area.pk, way=ClaimWay.ID_CHECK, name=" 张 三", id_number=ZHANG.lower())
    assert (claim.state, claim.owner.name) == ("confirmed", "张三")


@pytest.mark.parametrize(
    "given",
    [
        {"way": ClaimWay.ID_CHECK, "name": "张山", "id_number": ZHANG},
        {"way": ClaimWay.ID_CHECK, "name": "张三", "id_number": LI},
        {"way": ClaimWay.ID_CHECK, "name": "李四", "id_number": ""},
        {"way": ClaimWay.DESK, "name": "张三", "room": "3-2-502"},
        {"way": ClaimWay.LETTER, "name": "张三", "room": "3-2-501", "code": "ABCDEFGH"},
    ],
)
def test_what_does_not_fit_is_refused_with_one_and_the_same_sentence(take, area, wang_ayi, given):
    take(*ROWS)
    with pytest.raises(RuleViolation) as refused:
        services.claim_owner(wang_ayi, area.pk, **given)
    assert refused.value.refusal.code == "claim_not_on_list"


def test_the_letters_code_with_the_name_makes_an_owner_until_the_home_changes_hands(take, area, wang_ayi, zhou_dashu):
    take(*ROWS)
    unit = RegisterUnit.objects.get(code="3-2-501")
    code = letter_code(unit, unit.owners.values_list("owner_id", flat=True))
    claim = services.claim_owner(
        wang_ayi, area.pk, way=ClaimWay.LETTER, name="张三", room="3号楼2单元501室", code=code.lower()
    )
    assert claim.state == "confirmed"
    take(["3", "2", "501", "90", "赵六", ""], ROWS[1])
    with pytest.raises(RuleViolation):
        services.claim_owner(zhou_dashu, area.pk, way=ClaimWay.LETTER, name="赵六", room="3-2-501", code=code)


def test_at_the_desk_a_clerk_decides_and_nobody_their_own(take, area, wang_ayi, zhou_dashu, homeowners_committee):
    take(*ROWS)
    claim = services.claim_owner(wang_ayi, area.pk, way=ClaimWay.DESK, name="李四", room="3-2-502")
    assert claim.state == "asked"
    with pytest.raises(RuleViolation):
        services.decide_claim(homeowners_committee.chair, claim.pk, confirm=False)
    services.decide_claim(homeowners_committee.chair, claim.pk, confirm=False, reason="请带不动产权证")
    again = services.claim_owner(wang_ayi, area.pk, way=ClaimWay.DESK, name="李四", room="3-2-502")
    services.decide_claim(homeowners_committee.chair, again.pk, confirm=True)
    with pytest.raises(RuleViolation) as refused:
        services.claim_owner(zhou_dashu, area.pk, way=ClaimWay.DESK, name="李四", room="3-2-502")
    assert refused.value.refusal.code == "claim_taken"
    own = services.claim_owner(
        type(wang_ayi)(homeowners_committee.chair.person), area.pk, way=ClaimWay.DESK, name="王五", room="3-2-502"
    )
    with pytest.raises(RuleViolation) as refused:
        services.decide_claim(homeowners_committee.chair, own.pk, confirm=True)
    assert refused.value.refusal.code == "own_claim"
    assert OwnerClaim.objects.filter(state="confirmed").count() == 1


def test_guessing_is_stopped(take, area, wang_ayi):
    take(*ROWS)
    codes_said = []
    for _ in range(8):
        with pytest.raises(RuleViolation) as refused:
            services.claim_owner(wang_ayi, area.pk, way=ClaimWay.ID_CHECK, name="张三", id_number=LI)
        codes_said.append(refused.value.refusal.code)
    assert codes_said[-1] == "too_often"
