/* [data-secret-cast]: choose, look it over, seal it on this device, send the envelope. The choice itself is never sent. */
(function () {
  "use strict";
  var page = document.querySelector("[data-secret-cast]"), secret = window.xieshangSecret, facts, envelope = null, tracker = "";
  if (!page) { return; }
  function part(name) { return page.querySelector("[data-" + name + "]"); }
  if (!secret.able) { part("unable").hidden = false; return; }
  facts = secret.facts("secret-facts");

  function reveal(step) { ["choose", "review", "done"].forEach(function (name) { part(name).hidden = name !== step; }); }
  function show(step) {
    reveal(step);
    window.scrollTo(0, 0);
    part(step).focus();
  }
  function chosen() { return page.querySelector("input[type=radio]:checked"); }
  function say(sentence) { part("said").textContent = sentence; part("said").hidden = !sentence; }

  part("next").addEventListener("click", function () {
    var ticked = chosen();
    part("nothing").hidden = Boolean(ticked);
    if (!ticked) { return; }
    part("text").textContent = ticked.parentElement.textContent.trim();
    tracker = tracker || secret.newTracker();
    envelope = null;
    page.querySelectorAll("[data-tracker]").forEach(function (place) { place.textContent = tracker; });
    say("");
    show("review");
  });
  part("again").addEventListener("click", function () { show("choose"); });
  part("send").addEventListener("click", async function () {
    part("send").disabled = part("again").disabled = true;
    say("正在封好、交上去……");
    try { await send(); } catch (_lost) { say("没有连上网站。信封还在这台设备上，请再点一次；重复交同一个信封只算一票。"); }
    part("send").disabled = false;
    part("again").disabled = envelope !== null;
  });
  async function send() {
    var body = new FormData(), answer, said;
    envelope = envelope || await secret.seal([Number(chosen().value)], facts.vote, facts.trustees, tracker);
    body.append("envelope", JSON.stringify(envelope));
    answer = await fetch(page.dataset.url, { method: "POST", body: body, credentials: "same-origin", headers: { "X-CSRFToken": page.dataset.token } });
    if (answer.status === 403) { envelope = null; say("页面打开得太久了，这一票没有收下。请刷新这一页，重新选。"); return; }
    said = await answer.json();
    if (answer.ok) { show("done"); return; }
    envelope = null;
    say(said.sentence);
  }
  part("save").addEventListener("click", function () {
    secret.save("查询码.txt", [page.dataset.title, page.dataset.number, "我的查询码：" + tracker, "结果公布以后，在名单里找这个查询码，就看得到自己的一票。不要给别人看。"].join("\n") + "\n");
  });
  reveal("choose");
})();
