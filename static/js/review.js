/* form[data-review]: choosing a rule writes its sentence for the author, unless something else was typed there. */
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    var sentence = event.target.dataset ? event.target.dataset.sentence : "";
    var form = event.target.form;
    if (!sentence || !form || !form.hasAttribute("data-review")) { return; }
    var box = form.elements.reason;
    var own = Array.from(form.querySelectorAll("[data-sentence]")).map(function (one) { return one.dataset.sentence; });
    if (box.value.trim() === "" || own.indexOf(box.value) >= 0) { box.value = sentence; }
  });
})();
