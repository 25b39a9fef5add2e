/* [data-official]: puts the small editor in the place of a text area of official texts. The editor is fetched only
   where there is such a text area; where it cannot be fetched or is too new for the browser, the text area stays. */
(function () {
  "use strict";

  function escaped(line) {
    return line.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  }

  /* What stands in the text area: HTML of the editor that came back from a draft, or lines. */
  function asHtml(text) {
    if (/^\s*</.test(text)) { return text; }
    return text.split("\n").filter(function (line) { return line.trim(); }).map(function (line) {
      return "<p>" + escaped(line.trim()) + "</p>";
    }).join("");
  }

  function extensions(kit) {
    return [
      kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Bold, kit.Italic, kit.Underline, kit.BulletList, kit.OrderedList,
      kit.ListItem, kit.Heading.configure({ levels: [3] }), kit.Blockquote, kit.HorizontalRule, kit.History, kit.Table, kit.TableRow,
      kit.TableHeader, kit.TableCell, kit.Link.configure({ openOnClick: false }),
    ];
  }

  function attributes(area) {
    var label = document.querySelector('label[for="' + area.id + '"]');
    var given = { class: "official-text", role: "textbox", "aria-multiline": "true", lang: "zh-Hans" };
    if (label) { given["aria-label"] = label.textContent.trim(); }
    ["aria-describedby", "aria-invalid"].forEach(function (name) {
      if (area.hasAttribute(name)) { given[name] = area.getAttribute(name); }
    });
    return given;
  }

  function buttons(bar, editor) {
    bar.hidden = false;
    bar.addEventListener("click", function (event) {
      var button = event.target.closest("[data-do]");
      if (!button) { return; }
      var chain = editor.chain().focus();
      chain[button.dataset.do](button.dataset.is === "heading" ? { level: 3 } : undefined).run();
    });
    function press() {
      bar.querySelectorAll("[data-is]").forEach(function (button) {
        button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.is)));
      });
    }
    editor.on("transaction", press);
    press();
  }

  function put(box, kit) {
    var area = box.querySelector("textarea");
    var body = document.createElement("div");
    area.before(body);
    var editor = new kit.Editor({
      element: body,
      injectCSS: false,
      extensions: extensions(kit),
      content: area.value === area.defaultValue ? area.dataset.html : asHtml(area.value),
      editorProps: { attributes: attributes(area) },
      onUpdate: function () {
        area.value = editor.isEmpty ? "" : editor.getHTML();
        area.dispatchEvent(new Event("input", { bubbles: true }));
      },
    });
    area.value = editor.isEmpty ? "" : editor.getHTML();
    area.hidden = true;
    area.required = false;
    box.classList.add("edited");
    buttons(box.querySelector(".official-bar"), editor);
    document.addEventListener("click", function (event) {
      if (event.target.closest && event.target.closest('label[for="' + area.id + '"], a[href="#' + area.id + '"]')) { editor.commands.focus(); }
    });
    area.form.addEventListener("filled", function () { editor.commands.setContent(asHtml(area.value)); });
    area.form.addEventListener("reset", function () { editor.commands.setContent(area.dataset.html); });
  }

  function begin() {
    var boxes = document.querySelectorAll("[data-official]:not(.edited)");
    if (!boxes.length) { return; }
    import(boxes[0].dataset.official).then(function (kit) {
      boxes.forEach(function (box) { if (!box.classList.contains("edited")) { put(box, kit); } });
    }).catch(function () { return null; });
  }

  begin();
  document.addEventListener("htmx:afterSettle", begin);
})();
