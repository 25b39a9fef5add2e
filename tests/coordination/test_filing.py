"""The file of a thread: what the sides said in public, covered words as marks, nothing of the working part."""

import pytest

from tests.coordination.threads import side_of
from xieshang.coordination.rules.threads import CoverKind, Part
from xieshang.coordination.services import threads as services
from xieshang.home.queries import file_to_take

pytestmark = pytest.mark.django_db


def test_the_file_keeps_the_public_part_and_only_the_number_of_the_rest(asked_thread, zhao_jingli, zhang_zhuren):
    side = side_of(asked_thread, "company")
    entry = services.file_position(zhao_jingli, asked_thread.pk, side_id=side.pk, text="501室王桂芳家最冷，阀门要换。")
    services.cover(zhang_zhuren, entry.pk, kind=CoverKind.PERSONAL, words="501室王桂芳")
    services.say(zhao_jingli, asked_thread.pk, side_id=side.pk, text="报价先别外传。", part=Part.WORKING)
    told = file_to_take(zhang_zhuren, asked_thread.matter_id)[0].content.decode()
    assert ("阀门要换" in told, "1条，由各方保管" in told) == (True, True)
    assert [words for words in ("王桂芳", "报价先别外传") if words in told] == []
