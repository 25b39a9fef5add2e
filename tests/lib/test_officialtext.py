"""Official texts: typed in lines or in the editor, kept as HTML that nothing can hide in."""

import re

import pytest

from xieshang.lib.officialtext import OfficialField, paragraphs, plain
from xieshang.lib.text import MAX_HTML, clean_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    '<a href="javascript:alert(1)">看</a>',
    '<a href="jAvAsCrIpT&colon;alert(1)">看</a>',
    '<a href=" &#14;  javascript:alert(1)">看</a>',
    '<a href="java\tscript:alert(1)">看</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">看</a>',
    '<a href="vbscript:msgbox(1)">看</a>',
    '<p onclick="alert(1)">文</p>',
    '<p style="background:url(javascript:alert(1))">文</p>',
    '<p style="position:fixed;top:0">文</p>',
    "<style>body{display:none}</style>",
    '<link rel="stylesheet" href="//evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    '<base href="//evil.example/">',
    '<iframe src="//evil.example"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="//evil.example/x.swf"></object>',
    '<embed src="//evil.example/x.swf">',
    '<form action="//evil.example"><input name=a></form>',
    "<button formaction=javascript:alert(1)>按</button>",
    "<details open ontoggle=alert(1)>看</details>",
    "<video><source onerror=alert(1)></video>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<xss id=x onfocus=alert(1) tabindex=1>看</xss>",
    '<table background="javascript:alert(1)"><tr><td>文</td></tr></table>',
    '<p class="notice-sign" id="main">文</p>',
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p>文</p" + "\x00" + "><script>alert(1)</script>",
]
ALLOWED = re.compile(
    r"</?(?:p|br|strong|b|em|i|u|s|h2|h3|h4|ul|ol|li|blockquote|table|thead|tbody|tr|hr|sub|sup)(?: ?/)?>"
    r'|</?a>|<a href="(?:https?:|mailto:|tel:)[^"]*"(?: title="[^"]*")?>'
    r'|</t[hd]>|<t[hd](?: (?:colspan|rowspan|scope)="[^"]*")*>'
)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "around", ["{}", "<p>前{}后</p>", "<ul><li>{}</li></ul>", '<a href="https://a.example/">{}</a>']
)
def test_nothing_but_plain_marks_is_left_of_an_attack(attack, around):
    left = clean_html(around.format(attack))
    assert [tag for tag in re.findall(r"<[^>]*>?", left) if not ALLOWED.fullmatch(tag)] == []
    assert clean_html(left) == left


@pytest.mark.parametrize("body", ["script", "style", "iframe", "template"])
def test_a_script_goes_with_what_it_says(body):
    assert clean_html(f"<p>前</p><{body}>document.title</{body}><p>后</p>") == "<p>前</p><p>后</p>"


def test_the_length_is_capped_before_anything_is_read():
    assert len(clean_html("字" * (MAX_HTML + 500))) == MAX_HTML


def test_lines_become_paragraphs_leads_strong_and_dashes_a_list():
    text = "依据规则。\n\n一、协商意见。不增划车位。\n- 第一条\n-第二条\n二、说明\n<b>不是标签</b>"
    assert paragraphs(text) == (
        "<p>依据规则。</p><p><strong>一、协商意见。</strong>不增划车位。</p>"
        "<ul><li><p>第一条</p></li><li><p>第二条</p></li></ul><p>二、说明</p><p>&lt;b&gt;不是标签&lt;/b&gt;</p>"
    )


def test_what_came_as_lines_goes_back_as_lines():
    text = "依据“规则”。\n一、协商意见。3 < 5 & 6。\n- 第一条\n- 第二条\n完。"
    assert plain(paragraphs(text)) == text


def test_what_the_editor_sends_is_kept_and_a_table_stays_a_table():
    html = "<p>文<strong>重</strong></p><ol><li><p>一</p></li></ol><table><tbody><tr><td>1</td></tr></tbody></table>"
    assert (paragraphs(html), plain(html), OfficialField().clean(html)) == (html, html, html)


def test_the_text_area_holds_lines_and_the_editor_gets_the_same_as_html():
    shown = str(
        OfficialField(label="正文").widget.render("body", "<p><strong>一、意见。</strong>不增划。</p>", {"id": "b"})
    )
    assert ">\n一、意见。不增划。</textarea>" in shown
    assert 'data-html="&lt;p&gt;&lt;strong&gt;一、意见。&lt;/strong&gt;不增划。&lt;/p&gt;"' in shown


def test_a_check_code_is_set_as_a_code_and_comes_back_as_typed():
    line = f"名册校验码：{'0a' * 32}。<b>"
    html = paragraphs(line)
    assert html == f"<p>名册校验码：<code>{'0a' * 32}</code>。&lt;b&gt;</p>"
    assert plain(html) == line
