/* [data-copy] copies the [data-copy-text] beside it; hidden where the browser cannot. */
(function () {
  "use strict";
  var clipboard = navigator.clipboard;
  if (!clipboard || !clipboard.writeText) { return; }
  document.querySelectorAll("[data-copy]").forEach(function (button) { button.hidden = false; });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) { return; }
    var text = button.parentElement.querySelector("[data-copy-text]");
    clipboard.writeText(text.textContent.trim()).then(function () { button.lastChild.textContent = "已复制"; }, function () { button.lastChild.textContent = "请长按文字复制"; });
  });
})();
