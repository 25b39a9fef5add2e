/* form[data-confirm="要……吗？"]: asks in place before sending, in words that name the thing. Also closes menus by Esc. */
(function () {
  "use strict";
  function ask(form) {
    var box = document.createElement("div");
    box.className = "confirm-box";
    box.setAttribute("role", "group");
    var words = document.createElement("p");
    words.textContent = form.dataset.confirm;
    var yes = document.createElement("button");
    yes.className = "btn danger";
    yes.textContent = form.dataset.confirmYes || "确定";
    var no = document.createElement("button");
    no.type = "button";
    no.className = "btn plain";
    no.textContent = "先不办";
    yes.onclick = function () { form.dataset.asked = "yes"; };
    no.onclick = function () {
      box.remove();
      var first = form.querySelector("button");
      if (first) { first.focus(); }
    };
    box.append(words, yes, no);
    form.append(box);
    yes.focus();
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.dataset.confirm || form.dataset.asked) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!form.querySelector(".confirm-box")) { ask(form); }
  }, true);

  document.querySelectorAll("[data-close-details]").forEach(function (button) { button.hidden = false; });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-close-details]");
    if (button) {
      var details = button.closest("details");
      details.open = false;
      details.querySelector("summary").focus();
    }
    document.querySelectorAll("details.place[open], details.who[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.place[open], details.who[open], details.confirm[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
