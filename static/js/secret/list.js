/* [data-secret-list]: find one's own tracker without asking anybody, and open every envelope again on this device. */
(function () {
  "use strict";
  var page = document.querySelector("[data-secret-list]"), secret = window.xieshangSecret;
  if (!page) { return; }
  function part(name) { return page.querySelector("[data-" + name + "]"); }
  var rows = Array.from(page.querySelectorAll("tbody tr"));
  part("search").hidden = false;
  part("find").addEventListener("input", function () {
    var typed = part("find").value.toUpperCase().replace(/[^0-9A-Z]/g, ""), shown = 0;
    rows.forEach(function (row) {
      row.hidden = row.dataset.tracker.replace(/-/g, "").indexOf(typed) < 0;
      shown += row.hidden ? 0 : 1;
    });
    part("found").textContent = !typed ? "" : shown ? "找到" + shown + "张。" : "没有这个查询码。请看看有没有抄错一个字；确实没有，请向居委会提出异议。";
  });
  if (!secret.able || !part("again")) { return; }
  part("again").hidden = false;
  part("again").addEventListener("click", async function () {
    part("again").disabled = true;
    part("result").hidden = false;
    try { part("result").textContent = await checked(); } catch (wrong) { part("result").textContent = "没有核对完：" + wrong.message; }
    part("again").disabled = false;
  });
  async function checked() {
    var file = await (await fetch(page.dataset.url)).json(), said = {}, opened = 0;
    rows.forEach(function (row) { said[row.dataset.tracker] = row.querySelector("td").textContent.trim(); });
    if (await secret.listCode(file.envelopes) !== page.dataset.code) { return "信封名单和截止时记进账本的校验码不一样，请向居委会提出。"; }
    for (var one of file.envelopes) {
      if (!file.keys[one.tracker]) { continue; }
      var places = await secret.reopen(one, file.vote, secret.unpacked(file.keys[one.tracker]));
      var text = places.length === 1 && file.options[places[0] - 1];
      if (text && said[one.tracker] !== text) { return "查询码" + one.tracker + "：信封里是“" + text + "”，名单上写的是“" + said[one.tracker] + "”。请向居委会提出。"; }
      opened += 1;
    }
    return "在这台设备上重新打开了" + opened + "个信封，每一个都和名单一样；名单和截止时记进账本的校验码也一样。";
  }
})();
