"""大字版 asks one thing a screen: a form goes on item by item, and back; what must be answered cannot be skipped."""

from playwright.sync_api import expect

from xieshang.discussion.models import Post

WORDS = "老人上下楼太难了。"


def test_one_speaks_item_by_item(visit, talked_over, zhou_dashu):
    visitor = visit(zhou_dashu, elder=True).open(f"/s/{talked_over.pk}/discussion/")
    form, text = visitor.page.locator("form[data-one-by-one]"), visitor.page.locator("#say_text")
    expect(form.locator(".field:visible")).to_have_count(1)
    expect(form).to_contain_text("第1项，共3项")
    expect(visitor.page.get_by_role("button", name="提意见")).to_be_hidden()
    visitor.tick("赞成").unfold("下一项").sees("第2项，共3项").unfold("下一项").sees("第2项，共3项")
    visitor.write("说说理由", WORDS).unfold("上一项").sees("第1项").unfold("下一项")
    expect(text).to_have_value(WORDS)
    visitor.unfold("提意见").sees("说好了，大家都能看到。")
    assert Post.objects.get().text == WORDS
    assert visitor.complaints == []


def test_without_a_script_the_whole_form_stands_there(visit, talked_over, zhou_dashu):
    visitor = visit(zhou_dashu, elder=True, scripts=False).open(f"/s/{talked_over.pk}/discussion/")
    expect(visitor.page.locator("form[data-one-by-one] > .field:visible")).to_have_count(3)
    expect(visitor.page.get_by_role("button", name="提意见")).to_be_visible()


def test_what_was_refused_comes_back_at_what_is_wrong(visit, wang_ayi, live_site, places, bodies):
    visitor = visit(wang_ayi, elder=True).open("/topics/raise/")
    visitor.write("一句话", "楼道灯不亮").write("具体情况", "　 　")
    visitor.choose("涉及哪里", "明湖家园3号楼2单元").press("下一步").sees("请填写“具体情况”。")
    wrong = visitor.page.locator("form[data-one-by-one] .field:visible")
    expect(wrong).to_have_count(1)
    expect(wrong).to_have_class("field wrong")
