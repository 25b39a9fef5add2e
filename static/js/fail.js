/* What htmx could not do is said in words, beside the line of live.js. Moves focus to an error summary after a page load. */
(function () {
  "use strict";
  function say(words) {
    var line = document.querySelector("[data-stale]");
    if (line) { line.textContent = words; }
  }
  document.addEventListener("htmx:sendError", function () { say("没有连上，刚才这一步没有办成。您写的内容还在，请稍后再试一次。"); });
  document.addEventListener("htmx:timeout", function () { say("等了太久没有回音，请再试一次。"); });
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    if (status === 403) { say("刚才这一步没有办成：可能登录已过期，请刷新这一页。您写的内容还在。"); return; }
    say(status === 429 ? "您点得太快了，请过一会儿再试。" : "刚才这一步没有办成，请刷新这一页再试。您写的内容还在。");
  });
  document.addEventListener("htmx:afterRequest", function (event) { if (event.detail.successful) { say(""); } });
  var summary = document.querySelector("[data-error-summary]");
  if (summary) { summary.focus(); }
})();
