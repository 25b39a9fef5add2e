/* Inside a chat app files cannot be opened: say so beside each file and each download. */
(function () {
  "use strict";
  if (!/MicroMessenger|DingTalk|WXWork/i.test(navigator.userAgent)) { return; }
  document.documentElement.classList.add("in-chat");
  document.querySelectorAll("a[data-file], a[download]").forEach(function (link) {
    var hint = document.createElement("span");
    hint.className = "file-hint";
    hint.textContent = "打不开的话，点右上角“…”，选“在浏览器打开”。";
    link.insertAdjacentElement("afterend", hint);
  });
})();
