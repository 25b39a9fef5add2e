// A button that prints the page; it appears only where this script runs. On paper details[data-print-open] stand open.
(function () {
  "use strict";
  function unfold() {
    document.querySelectorAll("details[data-print-open]").forEach(function (one) { one.open = true; });
  }
  window.addEventListener("beforeprint", unfold);
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
