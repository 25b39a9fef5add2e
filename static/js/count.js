/* textarea or input with data-count and maxlength: says how many characters are left, aloud only when few are. */
(function () {
  "use strict";
  function line(field) {
    var next = field.nextElementSibling;
    if (next && next.classList.contains("count-left")) { return next; }
    var made = document.createElement("span");
    made.className = "count-left";
    field.insertAdjacentElement("afterend", made);
    return made;
  }

  function count(field) {
    var left = field.maxLength - field.value.length;
    var place = line(field);
    place.textContent = "还可以写" + left + "字";
    if (left < 20) { place.setAttribute("role", "status"); } else { place.removeAttribute("role"); }
  }

  document.addEventListener("input", function (event) {
    var field = event.target;
    if (field.dataset && "count" in field.dataset && field.maxLength > 0) { count(field); }
    if (field.tagName === "FORM") { field.querySelectorAll("[data-count]").forEach(count); }
  });
  function begin() {
    document.querySelectorAll("[data-count]").forEach(function (field) { if (field.maxLength > 0) { count(field); } });
  }

  begin();
  document.addEventListener("htmx:afterSettle", begin);
})();
