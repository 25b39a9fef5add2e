/* A list with data-keys: j and k walk its links, Enter opens (the browser's own). An element with data-key="a" answers to that key. */
(function () {
  "use strict";
  function typing(target) {
    return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  function walk(list, step) {
    var links = Array.from(list.querySelectorAll("a[href]")).filter(function (link) { return link.offsetParent; });
    var at = links.indexOf(document.activeElement);
    if (at < 0 && step < 0) { at = 0; }
    var next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
    if (next) { next.focus(); }
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) { return; }
    var key = event.key.toLowerCase();
    var list = document.querySelector("[data-keys]");
    if (list && (key === "j" || key === "k")) {
      event.preventDefault();
      walk(list, key === "j" ? 1 : -1);
      return;
    }
    if (!/^[a-z]$/.test(key)) { return; }
    var button = document.querySelector('[data-key="' + key + '"]');
    if (button) { event.preventDefault(); button.click(); }
  });
})();
