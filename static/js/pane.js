/* A list with data-pane-list beside an element with data-pane-here, on a wide screen: the row in focus shows what it is about
   (the [data-pane] parts of its page, or the one that the link points to) at the right. A click on the row shown, or Enter, opens the page itself. */
(function () {
  "use strict";
  var SOON = 250;
  var WIDE = window.matchMedia("(min-width: 1280px)");
  var shown = "";
  var timer = 0;

  function place() {
    return WIDE.matches && window.htmx ? document.querySelector("[data-pane-here]") : null;
  }

  function mark(link) {
    document.querySelectorAll("[data-pane-list] .row").forEach(function (row) {
      row.classList.toggle("current", row.contains(link));
    });
  }

  // A row may lead to one thing of many on a page, by its id or by the id of its heading; [data-pane-with] goes with each.
  function parts(link) {
    var id = window.CSS.escape(link.hash.slice(1));
    return id ? "article#" + id + ", section#" + id + ", section[aria-labelledby=" + id + "], [data-pane-with]" : "[data-pane]";
  }

  // The page that was read has a heading of its own; here it stands below the list's.
  function lower(pane) {
    var heading = pane.querySelector("h1");
    if (!heading) { return; }
    var lowered = document.createElement("h2");
    lowered.textContent = heading.textContent;
    heading.replaceWith(lowered);
  }

  // A form that is sent to its own page does so from here too.
  function aim(pane, link) {
    pane.querySelectorAll("form:not([action])").forEach(function (form) { form.action = link.href.split("#")[0]; });
  }

  function show(link) {
    var pane = place();
    if (!pane || shown === link.href) { return; }
    shown = link.href;
    mark(link);
    // No key acts on what was shown before.
    pane.textContent = "";
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      window.htmx.ajax("GET", link.href, { target: pane, select: parts(link), swap: "innerHTML ignoreTitle:true" })
        .then(function () {
          lower(pane);
          aim(pane, link);
          pane.hidden = !pane.children.length;
          pane.scrollTop = 0;
        });
    }, SOON);
  }

  function rowLink(target) {
    var link = target.closest && target.closest("a[href]");
    return link && link.closest("[data-pane-list]") ? link : null;
  }

  document.addEventListener("focusin", function (event) {
    var link = rowLink(event.target);
    if (link) { show(link); }
  });
  document.addEventListener("mousedown", function (event) {
    var link = rowLink(event.target);
    if (link) { link.dataset.fresh = shown === link.href ? "" : "1"; }
  });
  document.addEventListener("click", function (event) {
    var link = rowLink(event.target);
    var pane = place();
    // Where the rows lead to pages without such parts, nothing is shown beside them and a click is a click.
    if (!link || !pane || pane.hidden || event.ctrlKey || event.metaKey || event.shiftKey || !link.dataset.fresh) { return; }
    link.dataset.fresh = "";
    event.preventDefault();
    show(link);
  });

  var first = document.querySelector("[data-pane-list] a[href]");
  if (first) { show(first); }
})();
