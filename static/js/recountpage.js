/* form[data-recount]: the button that counts here, the file that fills the text, and the result in words; words stand in the page. */
(function () {
  "use strict";
  var form = document.querySelector("[data-recount]");
  if (!form || !window.xieshangRecount) { return; }
  var words = JSON.parse(document.getElementById("recount-words").textContent);
  var here = form.querySelector("[data-recount-here]"), out = form.querySelector("[data-recount-out]");
  var text = form.querySelector("textarea"), file = form.querySelector("input[type=file]");
  here.hidden = false;

  function add(parent, tag, content, name) {
    var made = document.createElement(tag);
    if (name) { made.className = name; }
    if (content) { made.textContent = content; }
    parent.appendChild(made);
    return made;
  }
  function grouped(figure) {
    var parts = String(figure).split(".");
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ",");
    return parts.join(".");
  }
  function row(body, label, pair) {
    var line = add(body, "tr");
    add(line, "th", label).scope = "row";
    add(line, "td", pair.heads === null ? "–" : grouped(pair.heads), "num").setAttribute("data-label", "人数");
    add(line, "td", pair.area === null ? "–" : grouped(pair.area), "num").setAttribute("data-label", "面积（㎡）");
  }
  function show(result) {
    var table, body;
    out.textContent = "";
    add(out, "h2", words.outcomes[result.outcome] + (result.choice ? "：“" + result.choice + "”" : ""));
    if (result.elected) { add(out, "p", "当选：" + (result.elected.join("、") || "没有人") + (result.reserve.length ? "；候补：" + result.reserve.join("、") : "")); }
    table = add(out, "table", "", "tally stacked");
    body = add(table, "tbody");
    if (result.total) { row(body, "应参加", result.total); }
    row(body, "参与表决", result.participating);
    Object.keys(result.choices || {}).forEach(function (name) { row(body, words.choices[name] || name, result.choices[name]); });
    if (result.invalid) { row(body, "无效", result.invalid); }
    if (result.deemed_to) { row(body, "推定随多数（算入“" + (words.choices[result.deemed_to] || result.deemed_to) + "”）", result.deemed); }
    result.flags.forEach(function (flag) { add(out, "p", words.flags[flag]); });
    add(out, "p", "在这台设备上算的，没有发出去。", "soft");
    out.setAttribute("data-outcome", JSON.stringify(result));
  }
  function broken(problem) {
    out.textContent = "";
    add(out, "h2", "这份文件有一处看不懂");
    add(out, "p", (problem instanceof SyntaxError ? "不是正确的JSON，请检查有没有复制完整" : problem.message) + "。要看全部问题，点“请网站核算”。");
    out.removeAttribute("data-outcome");
  }
  here.addEventListener("click", function () {
    out.hidden = false;
    try { show(window.xieshangRecount(text.value)); } catch (problem) { broken(problem); }
    out.focus();
  });
  file.addEventListener("change", function () {
    var reader = new FileReader();
    if (!file.files.length) { return; }
    reader.onload = function () { text.value = reader.result; here.click(); };
    reader.readAsText(file.files[0]);
  });
})();
