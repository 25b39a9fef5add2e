"""Setting up by the page and by the command: looked over, kept for an hour, imported once."""

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.community.workbooks import GOOD, HERE, workbook
from tests.people import enter_as
from xieshang.audit.models import Entry
from xieshang.community.models import Place
from xieshang.community.rules import Role
from xieshang.community.services import import_kept, kept, look_over, percent_of
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import RuleViolation

# Kept between the look and the import ---------------------------------------------------------------------------


def test_what_was_looked_over_is_imported_once(liu_street):
    key = look_over(liu_street, workbook(), name="新桥.xlsx")
    assert (kept(liu_street, key).is_done, Place.objects.filter(name="新桥社区").exists()) == (False, False)
    first = import_kept(liu_street, key)
    again = import_kept(liu_street, key)
    assert (first.added, again.added) == (first.added, first.added)
    assert Entry.objects.filter(verb="community.set_up").count() == 1
    assert kept(liu_street, key).is_done


def test_what_another_sent_is_not_seen(liu_street, bodies, make_person, appoint):
    other = appoint(make_person("同事"), bodies.street, Role.STREET_OFFICER)
    key = look_over(liu_street, workbook(), name="新桥.xlsx")
    assert (kept(other, key), kept(Actor(liu_street.person), key)) == (None, None)
    with pytest.raises(RuleViolation) as refused:
        import_kept(other, key)
    assert refused.value.refusal.code == "workbook_gone"


def test_how_far_it_is_is_told_to_who_sent_it(liu_street, monkeypatch):
    key = look_over(liu_street, workbook(), name="新桥.xlsx", ticket="t1")
    assert percent_of(liu_street, "t1") == 99
    assert (percent_of(Actor(liu_street.person), "t1"), percent_of(liu_street, "t2")) == (0, 0)
    import_kept(liu_street, key, ticket="t2")
    assert percent_of(liu_street, "t2") == 99


# The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def at_the_street(client, liu_street):
    """刘科员 signed in, in office."""
    enter_as(client, liu_street)
    return client


def test_the_whole_way_by_the_page(at_the_street, places):
    assert at_the_street.get("/set-up/").status_code == 200
    sent = at_the_street.post("/set-up/", {"file": workbook(), "ticket": "abc"})
    assert sent.status_code == 302
    found = at_the_street.get(sent["Location"]).content.decode()
    assert ("没有问题，可以导入" in found, "社区：新桥社区" in found, "新桥.xlsx" in found) == (True, True, True)
    assert Place.objects.filter(name="新桥社区").count() == 0
    assert at_the_street.get("/set-up/progress/abc/").json() == {"percent": 99}
    assert at_the_street.post(sent["Location"]).status_code == 302
    assert "导入好了" in at_the_street.get(sent["Location"]).content.decode()
    assert Place.objects.filter(name="新桥社区").count() == 1
    again = at_the_street.post("/set-up/", {"file": workbook()})
    assert "和系统里的一样" in at_the_street.get(again["Location"]).content.decode()


def test_bad_rows_stand_on_the_page_and_nothing_can_be_imported(at_the_street, places):
    sent = at_the_street.post("/set-up/", {"file": workbook(居民=[[*HERE[1:], "501", "", "", "", ""]])})
    page = at_the_street.get(sent["Location"]).content.decode()
    assert ("要改的地方：1处" in page, "没有写姓名" in page, ">导入<" in page) == (True, True, False)
    at_the_street.post(sent["Location"])
    assert Place.objects.filter(name="新桥社区").count() == 0


@pytest.mark.parametrize(
    ("content", "status", "words"), [(None, 422, "请先选一个文件"), (b"hello", 409, "打不开"), (b"", 422, "空的")]
)
def test_a_file_that_will_not_do_is_said_on_the_same_page(at_the_street, content, status, words):
    data = {} if content is None else {"file": io.BytesIO(content)}
    if data:
        data["file"].name = "坏.xlsx"
    answer = at_the_street.post("/set-up/", data)
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


def test_what_is_not_kept_any_more_leads_back(at_the_street):
    answer = at_the_street.get("/set-up/long-gone/", follow=True)
    assert "文件只保留一小时" in answer.content.decode()


def test_the_template_is_offered_with_a_chinese_name(at_the_street):
    answer = at_the_street.get("/set-up/template/")
    assert (answer.status_code, "filename*=utf-8''" in answer["Content-Disposition"]) == (200, True)
    assert openpyxl.load_workbook(io.BytesIO(answer.content))


@pytest.mark.parametrize("path", ["/set-up/", "/set-up/template/", "/set-up/some-key/", "/set-up/progress/t/"])
def test_the_pages_are_only_for_the_street(client, path, wang_ayi, zhang_zhuren):
    assert client.get(path).status_code == 302
    client.force_login(wang_ayi.person)
    assert client.get(path).status_code == 403
    enter_as(client, zhang_zhuren)
    assert client.get(path).status_code == 403


def test_the_street_finds_the_page_on_its_desk_and_on_its_own_page(at_the_street):
    for url in ("/desk/", "/account/"):
        assert 'href="/set-up/"' in at_the_street.get(url).content.decode(), url


# The command ----------------------------------------------------------------------------------------------------


def test_the_command_says_what_was_done_and_what_has_to_be_set_right(places, tmp_path, capsys):
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(workbook().read())
    bad.write_bytes(workbook(居民=[[*HERE[1:], "501", "", "", "", ""]]).read())
    with pytest.raises(CommandError, match="有1处要改"):
        call_command("set_up_community", str(bad))
    assert "居民，第2行：姓名" in capsys.readouterr().out
    call_command("set_up_community", str(good), "--dry-run")
    assert Place.objects.filter(name="新桥社区").count() == 0
    call_command("set_up_community", str(good))
    assert "新建社区：新桥社区" in capsys.readouterr().out
    with pytest.raises(CommandError, match="打不开"):
        call_command("set_up_community", str(tmp_path / "none.xlsx"))


def test_a_template_sent_back_as_it_was_is_told_to_be_empty(at_the_street):
    sent = at_the_street.post("/set-up/", {"file": workbook(**dict.fromkeys(GOOD, ()))})
    page = at_the_street.get(sent["Location"]).content.decode()
    assert ("表里还没有填内容" in page, "再传一次" in page, "和系统里的一样" in page) == (True, True, False)
