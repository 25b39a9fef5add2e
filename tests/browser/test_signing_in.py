"""The one-time code at a browser: one that came too late, one that is wrong, too many of them."""

import pytest
from playwright.sync_api import expect

from .test_whole_way import read_code

PHONE = "13911112222"


@pytest.fixture
def newcomer(visit, in_demo):
    """Somebody at the page that asks for the code."""
    return (
        visit().open("/account/login/").write("手机号码", PHONE).press("发送验证码", within="main").sees("填写验证码")
    )


def test_a_late_code_is_said_to_be_late_and_a_new_one_lets_in(newcomer, settings):
    late = read_code(newcomer)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    newcomer.write("短信里的验证码", late).press("确定").sees("这个验证码不能用了（超过5分钟")
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
    newcomer.write("手机号码", PHONE).press("发送验证码", within="main").sees("填写验证码")
    newcomer.write("短信里的验证码", read_code(newcomer)).press("确定").sees("昵称")


def test_five_wrong_codes_end_it_in_a_clear_sentence(newcomer):
    for _try in range(4):
        newcomer.write("短信里的验证码", "000000").press("确定").sees("验证码不对，请看一看最近一条短信。")
    newcomer.write("短信里的验证码", "000000").press("确定").sees("试的次数太多了，请过几分钟再来。")
    expect(newcomer.page.get_by_label("手机号码")).to_be_visible()


def test_too_many_messages_end_in_a_clear_sentence_and_another_way(visit, in_demo, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    visitor = visit()
    for _time in range(6):
        visitor.page.context.clear_cookies()
        visitor.open("/account/login/").write("手机号码", PHONE).press("发送验证码", within="main")
    visitor.sees("验证码发得太多了，请过一个小时再试，也可以到居委会办理。")
