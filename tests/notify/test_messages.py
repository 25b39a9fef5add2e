"""Messages on the site, and the one door for text messages."""

import pytest

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


def test_a_text_leaves_by_the_door_named_in_the_settings_after_commit(
    settings, capsys, django_capture_on_commit_callbacks
):
    settings.SMS_SENDER = "xieshang.notify.tasks.print_text"
    with django_capture_on_commit_callbacks(execute=True):
        services.send_text("+8613912345678", "验证码123456")
        assert capsys.readouterr().err == ""
    assert capsys.readouterr().err == "[text message to …5678] 验证码123456\n"
