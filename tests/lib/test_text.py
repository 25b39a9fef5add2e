"""Text as people type it, and official texts made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.lib.text import (
    clean_html,
    grams,
    mask_identities,
    mask_phones,
    mobile_number,
    one_line,
    plain_to_html,
    shown_mobile,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13912345678", "+8613912345678"),
        ("139 1234 5678", "+8613912345678"),
        ("139-1234-5678", "+8613912345678"),
        ("+86 13912345678", "+8613912345678"),
        ("0086-13912345678", "+8613912345678"),
        ("8613912345678", "+8613912345678"),
        ("１３９１２３４５６７８", "+8613912345678"),
        ("　139　1234　5678　", "+8613912345678"),
        ("139123٤٥٦٧٨", None),
        ("12912345678", None),
        ("1391234567", None),
        ("139123456789", None),
        ("电话", None),
        ("", None),
    ],
)
def test_a_mobile_number_is_read_as_people_type_it(typed, number):
    assert mobile_number(typed) == number


def test_only_the_ends_of_a_number_are_shown():
    assert shown_mobile("+8613912345678") == "139****5678"


def test_numbers_in_words_are_hidden_but_not_longer_figures():
    assert mask_phones("打13912345678，订单号9139123456781") == "打139****5678，订单号9139123456781"


def test_the_birthday_in_an_identity_number_is_hidden():
    said = "身份证11010119491001123x，流水号110101194910011234567"
    assert mask_identities(said) == "身份证110101********123x，流水号110101194910011234567"


def test_a_cell_is_folded_to_one_line():
    assert one_line("　３号楼 \n ２单元\u200b ") == "3号楼 2单元"
    assert one_line("\u202e王\u2066阿姨\u2069") == "王 阿姨"


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("<p>好</p><script>alert(1)</script>", "<p>好</p>"),
        ('<p onclick="x()">好</p>', "<p>好</p>"),
        ('<a href="javascript:alert(1)">点</a>', "<a>点</a>"),
        ('<a href="https://example.cn/a">点</a>', '<a href="https://example.cn/a">点</a>'),
        ("<style>p{}</style><p>好</p>", "<p>好</p>"),
        ('<img src=x onerror="alert(1)">好', "好"),
        ("<p style='color:red'>好</p>", "<p>好</p>"),
        ("<svg><script>1</script></svg>好", "好"),
        ("<iframe src='//e'></iframe>好", "好"),
        ("<!-- 注 -->好", "好"),
        ("<script>没有结尾", ""),
        (
            "<table><tr><td colspan='2'>好</td></tr></table>",
            '<table><tbody><tr><td colspan="2">好</td></tr></tbody></table>',
        ),
    ],
)
def test_official_text_keeps_its_form_and_loses_what_could_harm(source, clean):
    assert clean_html(source) == clean


def test_official_text_is_capped_before_it_is_cleaned():
    assert len(clean_html("<b>" * 50_000)) < 200_000


@given(st.text(max_size=200))
def test_no_text_of_a_resident_becomes_markup(text):
    html = plain_to_html(text)
    for tag in ("<p>", "</p>", "<br>", "</a>"):
        html = html.replace(tag, "")
    import re

    html = re.sub(r'<a href="[^"<>]*" rel="nofollow noopener ugc">', "", html)
    assert "<" not in html


def test_an_address_in_chinese_text_ends_where_the_chinese_goes_on():
    assert '<a href="https://example.cn/a?b=1" rel="nofollow noopener ugc">' in plain_to_html(
        "详见https://example.cn/a?b=1。谢谢"
    )


def test_line_breaks_are_kept():
    assert plain_to_html("一\n二\n\n三") == "<p>一<br>二</p><p>三</p>"


def test_grams_are_single_characters_and_neighbouring_pairs():
    assert grams("装电梯 LED2") == {"装", "电", "梯", "装电", "电梯", "led2"}


@given(st.text(alphabet="加装电梯停车位路灯", min_size=1, max_size=12), st.integers(0, 11), st.integers(1, 6))
def test_every_part_of_a_text_is_found_by_its_grams(text, start, length):
    part = text[start : start + length]
    assert grams(part) <= grams(text)
