"""Messages on the site, and the one door for text messages."""

import pytest

from tests.races import all_at_once
from xieshang.lib.actor import NOBODY
from xieshang.notify import queries, services
from xieshang.notify.models import Message

pytestmark = pytest.mark.django_db


def test_what_happens_to_one_matter_is_gathered_while_unread(wang_ayi):
    for body in ("一", "二", "三"):
        services.send([wang_ayi.person_id], title="电梯", body=body, number="议-1")
    services.send([wang_ayi.person_id], title="路灯", body="一", number="议-2")
    assert queries.unread_count(wang_ayi) == 2
    assert Message.objects.get(number="议-1").count == 3


def test_after_reading_a_new_message_comes(wang_ayi):
    services.send([wang_ayi.person_id], title="电梯", body="一", number="议-1")
    services.mark_read(wang_ayi)
    services.send([wang_ayi.person_id], title="电梯", body="二", number="议-1")
    assert (queries.unread_count(wang_ayi), Message.objects.count()) == (1, 2)


def test_nobody_reads_the_messages_of_others(wang_ayi, zhou_dashu):
    services.send([wang_ayi.person_id], title="电梯", number="议-1")
    services.mark_read(zhou_dashu, Message.objects.get().pk)
    assert (queries.unread_count(wang_ayi), queries.unread_count(zhou_dashu), queries.unread_count(NOBODY)) == (1, 0, 0)


def _news(actor, title, number):
    services.send_news([actor.person_id], title=title, body="开始公示", number=number, url=f"/m/{number}/")


def test_news_of_a_day_come_as_one_message_when_the_day_closes(wang_ayi, from_monday):
    services.wish(wang_ayi, "daily")
    _news(wang_ayi, "电梯", "议-1")
    from_monday(hours=7)
    _news(wang_ayi, "路灯", "议-2")
    services.mark_read(wang_ayi)
    assert queries.unread_count(wang_ayi) == 0
    from_monday(hours=1)
    _news(wang_ayi, "车棚", "议-3")
    (day,) = queries.messages_of(wang_ayi)
    assert (day.read_at, day.count, [line.title for line in day.lines.all()]) == (None, 2, ["电梯", "路灯"])
    services.mark_read(wang_ayi, day.pk)
    from_monday(1)
    assert [line.title for line in queries.messages_of(wang_ayi).get(read_at=None).lines.all()] == ["车棚"]


def test_turned_off_is_off_and_only_for_news_of_what_one_follows(wang_ayi, zhou_dashu):
    services.wish(wang_ayi, "never")
    services.wish(zhou_dashu, "never")
    services.wish(zhou_dashu, "at_once")
    for actor in (wang_ayi, zhou_dashu):
        _news(actor, "电梯", "议-1")
    assert (queries.messages_of(wang_ayi).count(), queries.messages_of(zhou_dashu).count()) == (0, 1)
    services.send([wang_ayi.person_id], title="住房认证通过了")
    assert queries.unread_count(wang_ayi) == 1


def test_a_text_leaves_by_the_door_named_in_the_settings_after_commit(
    settings, capsys, django_capture_on_commit_callbacks
):
    settings.SMS_SENDER = "xieshang.notify.tasks.print_text"
    with django_capture_on_commit_callbacks(execute=True):
        services.send_text("+8613912345678", "验证码123456")
        assert capsys.readouterr().err == ""
    assert capsys.readouterr().err == "[text message to …5678] 验证码123456\n"


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_what_is_told_of_one_matter_at_once_nothing_is_lost(wang_ayi):
    told = [lambda: services.send([wang_ayi.person_id], title="电梯", body="一", number="议-1")] * 6
    all_at_once(*told)
    assert Message.objects.get(person=wang_ayi.person).count == 6
