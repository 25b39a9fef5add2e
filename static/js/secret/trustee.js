/* [data-trustee]: a trustee makes a key here, writes it down, and only then registers its public half. */
(function () {
  "use strict";
  var page = document.querySelector("[data-trustee]"), secret = window.xieshangSecret, code = "";
  if (!page) { return; }
  function part(name) { return page.querySelector("[data-" + name + "]"); }
  if (!secret.able) { part("unable").hidden = false; return; }
  part("make").hidden = false;

  async function make() {
    var made = await secret.makeKey(), mark = await secret.fingerprint(made.point);
    code = await secret.sheetOf(made.secret);
    part("code").textContent = code.replace(/-/g, " ");
    part("mark").textContent = mark.slice(0, 32).match(/.{4}/g).join(" ");
    page.querySelector("input[name=x]").value = made.point.x;
    page.querySelector("input[name=y]").value = made.point.y;
    part("sheet").hidden = false;
    part("begin").hidden = true;
    part("sheet").focus();
  }
  part("make").addEventListener("click", make);
  part("save").addEventListener("click", function () {
    secret.save("钥匙单.txt", [page.dataset.title, page.dataset.number, "第" + page.dataset.seat + "位保管人", "钥匙：" + code, "钥匙校验码：" + part("mark").textContent, "谁拿到这张单子，谁就能当一位保管人用。请锁好。"].join("\n") + "\n");
  });
  part("repeat").addEventListener("input", function () {
    var typed = part("repeat").value.toUpperCase().replace(/[^0-9A-Z]/g, "");
    part("register").disabled = typed !== code.slice(-4);
  });
  window.addEventListener("beforeunload", function (event) {
    if (code && !page.hasAttribute("data-sent")) { event.preventDefault(); event.returnValue = ""; }
  });
  page.querySelector("form").addEventListener("submit", function () { page.setAttribute("data-sent", ""); });
})();
