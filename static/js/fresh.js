/* [data-fresh="thread"] with data-fresh-url: when live.js hears of that kind, the pieces inside that have an id and changed
   (a post was edited, hidden, withdrawn) are put in anew, each in its place. Nothing is added or moved, and what the
   reader is in, or has opened, stays until they leave it. */
(function () {
  "use strict";
  function busy(piece) {
    return piece.contains(document.activeElement) || Boolean(piece.querySelector("details[open], textarea"));
  }

  function plain(piece) {
    return piece.innerHTML.replace(/\s+/g, " ").replace(/ ?nonce="[^"]*"/g, "").replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");
  }

  function renew(box, text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    box.querySelectorAll("[data-piece][id]").forEach(function (piece) {
      var newer = page.getElementById(piece.id);
      if (!newer || busy(piece) || plain(newer) === plain(piece)) { return; }
      piece.replaceWith(newer);
      if (window.htmx) { window.htmx.process(newer); }
    });
  }

  function read(box) {
    fetch(box.dataset.freshUrl, { credentials: "same-origin" }).then(function (answer) {
      return answer.ok ? answer.text().then(function (text) { renew(box, text); }) : null;
    }).catch(function () { return null; });
  }

  function listen(root) {
    root.querySelectorAll("[data-fresh][data-fresh-url]:not([data-fresh-on])").forEach(function (box) {
      box.dataset.freshOn = "yes";
      var source = box.closest("[data-live]") || box;
      source.addEventListener("live-" + box.dataset.fresh, function () { read(box); });
    });
  }

  document.addEventListener("htmx:afterSettle", function () { listen(document); });
  listen(document);
})();
