// Fills in a template: in the <article> around its data block, else in the body; every control may be missing.
// Nothing is sent anywhere.
(() => {
  const block = document.querySelector("script.fb-form-data");
  if (!block) return;
  const form = JSON.parse(block.textContent);
  const root = block.closest("article") ?? document.body;
  const sheet = root.querySelector(".fb-sheet");
  const all = (selector) => [...root.querySelectorAll(selector)];
  const ui = Object.fromEntries(all("[data-fb]").map((element) => [element.dataset.fb, element]));
  const ids = form.asks.map(([id]) => id);
  const on = (name, event, act) => ui[name]?.addEventListener(event, act);
  const say = (text) => ui.status && (ui.status.textContent = text);
  const input = (id) => root.querySelector(`[name="${id}"]`);
  const oneLine = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ");

  // What is kept: named runs, each with its answers by question and its ticks by the words of their items.
  const place = `fb-fill ${form.id}`;
  const keys = form.items.map(({ text }) => oneLine(text));
  keys.forEach((key, at) => keys.indexOf(key) < at && (keys[at] += `\n${at}`));
  const numbers = [...keys.keys()];
  let kept;
  let run;
  const newRun = (name, answers = {}, ticks = {}) => ({ name, hash: form.hash, answers, ticks });
  const stored = (key, value) => {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      return JSON.parse(localStorage.getItem(key));
    } catch {
      if (value) say("This browser keeps nothing: download your copy.");
    }
  };
  const keep = () => {
    stored(place, kept);
    show();
  };
  const choose = (number) => {
    kept.current = kept.runs[number] ? number : 0;
    run = kept.runs[kept.current];
    if (run.hash !== form.hash) bringUp();
  };
  const load = () => {
    kept = stored(place) ?? { current: 0, runs: [newRun("My copy")] };
    choose(kept.current);
    show();
  };
  const add = (name, answers, ticks) => {
    while (kept.runs.some((run) => run.name === name)) name += " (copy)";
    choose(kept.runs.push(newRun(name, answers, ticks)) - 1);
    keep();
  };

  // The item that shares the most words with a text, if it shares half of them.
  const nearest = (text, among) => {
    const words = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}{}_-]+/gu));
    const mine = words(text);
    const score = (at) => {
      const its = words(keys[at]);
      return (2 * [...its].filter((word) => mine.has(word)).length) / (its.size + mine.size);
    };
    return among.filter((at) => score(at) >= 0.5).sort((one, other) => score(other) - score(one))[0];
  };
  // In a new version of the template a tick goes to the item with the same words, else to the most alike.
  const bringUp = () => {
    for (const key of Object.keys(run.ticks).filter((key) => !keys.includes(key))) {
      const at = nearest(key, numbers.filter((at) => !(keys[at] in run.ticks)));
      if (at === undefined) continue;
      run.ticks[keys[at]] = run.ticks[key];
      delete run.ticks[key];
    }
    if (run.hash !== form.hash) say(`“${run.name}” was brought over from another version.`);
    run.hash = form.hash;
    stored(place, kept);
  };

  // The document with what is filled in, as `fieldbook fork` writes it.
  const answer = (id) => (run.answers[id] ?? "").trim().replace(/\s+/g, " ");
  const isTicked = (at) => run.ticks[keys[at]] ?? form.items[at].mark !== " ";
  const mark = (at, was = form.items[at].mark) => (isTicked(at) === (was !== " ") ? was : isTicked(at) ? "x" : " ");
  const hasAdvice = () => ui.advice?.checked !== false;
  const filled = (id) => answer(id) || `{{${id}}}`;
  const write = (piece) => {
    if (Array.isArray(piece)) return piece.map(write).join("");
    const { field, cell, guide, box } = piece;
    if (field) return cell && answer(field) ? answer(field).replaceAll("|", "\\|") : filled(field);
    if (guide) return hasAdvice() ? write(guide) : "";
    return box >= 0 ? mark(box) : piece;
  };
  const title = () => (form.fork_title ?? form.title).replace(/\{\{([a-z][a-z0-9_-]*)\}\}/g, (_, id) => filled(id));
  const yaml = (text) => {
    const isPlain = /^\p{Alphabetic}/u.test(text) && !/: | #|:$|^(true|false|null|yes|no|on|off)$/i.test(text);
    return isPlain ? text : `"${text.replace(/[\\"]/g, "\\$&")}"`;
  };
  const withFront = () => {
    const lead = form.line && form.fork_title ? /^\uFEFF?---(\r?\n)/ : /$^/;
    return write(form.front).replace(lead, (open, end) => `${open}title: ${yaml(title())}${end}`) + write(form.body);
  };
  const withLine = () => {
    const text = write(form.own) + write(form.body);
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    return form.line ? text.replace(/[\r\n]+$/, "") + end + end + form.line + end : text;
  };
  const asHtml = () => {
    const copy = sheet.cloneNode(true);
    const each = (selector, act) => copy.querySelectorAll(selector).forEach(act);
    each(hasAdvice() ? ".fb-anchor" : ".fb-anchor, .callout-guide", (element) => element.remove());
    each("[data-field]", (span) => span.replaceWith(filled(span.dataset.field)));
    each("[type=checkbox]", (box) => box.replaceWith(box.checked ? "☑" : "☐"));
    each("a[href]", (link) => (link.href = link.href));
    each("img", (image) => (image.src = image.src));
    copy.insertAdjacentHTML("beforeend", form.line_html ?? "");
    // On the page the headings stand below the page's own.
    const shift = /<h(\d)/.exec(copy.innerHTML)?.[1] - 1;
    return copy.innerHTML.replace(/(<\/?h)([1-6])\b/g, (_, tag, level) => tag + Math.max(1, level - shift));
  };

  // Over plain http there is no navigator.clipboard: there a selection is copied with ours in its place.
  const copy = async (what, text, html) => {
    const data = { "text/plain": text, ...(html && { "text/html": html }) };
    let isDone = true;
    try {
      const blobs = Object.entries(data).map(([type, value]) => [type, new Blob([value], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {
      const give = (event) => {
        event.preventDefault();
        for (const type in data) event.clipboardData.setData(type, data[type]);
      };
      getSelection().selectAllChildren(sheet);
      document.addEventListener("copy", give);
      isDone = document.execCommand("copy");
      document.removeEventListener("copy", give);
      getSelection().removeAllRanges();
    }
    say(isDone ? `${what} copied.` : "This browser does not let us copy.");
  };

  // A new file or an issue with everything in its address, or by way of the clipboard what is too long for that.
  const issue = ["/issues/new", "title", "body"];
  const FORGES = {
    github: { host: "https://github.com/", file: ["/new/BRANCH", "filename", "value"], issue },
    gitlab: { host: "https://gitlab.com/", file: ["/-/new/BRANCH", "file_name"], issue: ["/-/issues/new", "issue[title]", "issue[description]"] },
    gitea: { file: ["/_new/BRANCH/", "filename", "value"], issue },
  };
  const repository = () => {
    const written = ui.repository.value.trim().replace(/(\/-\/.*|\.git)?\/*$/, "");
    const { host } = FORGES[ui.forge.value];
    if (/^https?:\/\/[^/\s]+(\/[^/\s?#]+){2,}$/.test(written)) return written;
    return host && /^[\w.-]+(\/[\w.-]+)+$/.test(written) && host + written;
  };
  const address = (purpose) => {
    const [path, name, value] = FORGES[ui.forge.value][purpose];
    const [text, called] = purpose === "file" ? [withFront(), form.file] : [withLine(), title()];
    const branch = encodeURI(ui.branch.value.trim() || "main").replaceAll("#", "%23");
    const short = `${repository()}${path.replace("BRANCH", () => branch)}?${new URLSearchParams([[name, called]])}`;
    const href = `${short}&${new URLSearchParams([[value, text]])}`;
    const isWhole = value && href.length <= 8191;
    return { href: isWhole ? href : short, text, isWhole };
  };

  // A document that was filled in elsewhere is read back, block by block.
  const blocks = (text) => {
    const out = [];
    let isOpen = false;
    for (const line of text.replace(/^\uFEFF?---\r?\n[^]*?\n---\r?\n/, "").replace(/^(`{3,}|~{3,})[^]*?^\1.*$/gm, "").split("\n")) {
      const bare = line.trim();
      if (bare && isOpen && !/^([-*+]|\d+[.)])\s|^[#|>]/.test(bare)) out.push(`${out.pop()} ${bare}`);
      else if (bare) out.push(bare);
      isOpen = bare && !/^[#|]/.test(bare);
    }
    return out.map((block) => {
      const [, tick, rest] = /^(?:[-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/.exec(block) ?? [, , block];
      return { tick, text: oneLine(rest) };
    });
  };
  const pattern = (text) => {
    const ids = [];
    const sign = (found, id) => (id ? ids.push(id) && "(.+?)" : `\\${found}`);
    const source = text.replace(/\{\{([a-z][a-z0-9_-]*)\}\}|[\\^$.*+?()[\]{}|]/g, sign);
    // Where hardly a word stands around the fields, anything would fit.
    return { ids, shape: /\p{L}{3}/u.test(source.replaceAll("(.+?)", "")) ? new RegExp(`^${source}$`) : /$^/ };
  };
  const readBack = (text, name) => {
    const current = run;
    run = newRun();
    const ours = blocks(write(form.body)).map(({ text }) => pattern(text));
    run = current;
    const theirs = blocks(text);
    const answers = {};
    for (const { ids, shape } of ours) {
      for (const values of theirs.map(({ text }) => shape.exec(text)?.slice(1) ?? [])) {
        values.forEach((value, at) => value !== `{{${ids[at]}}}` && (answers[ids[at]] ??= value.replaceAll("\\|", "|")));
      }
    }
    const ticks = {};
    const isOpen = (at) => !(keys[at] in ticks);
    const settle = (find) => ({ tick, text }) => {
      const at = tick && find(text);
      if (at >= 0) ticks[keys[at]] = tick !== " ";
      return tick && !(at >= 0);
    };
    const exact = (text) => numbers.find((at) => isOpen(at) && pattern(oneLine(form.items[at].text)).shape.test(text));
    theirs.filter(settle(exact)).forEach(settle((text) => nearest(text, numbers.filter(isOpen))));
    add(name, answers, ticks);
    say(`${Object.keys(ticks).length} steps and ${Object.keys(answers).length} answers were read from ${name}.`);
  };

  // A link that carries what is filled in.
  const bare = () => location.href.split("#")[0];
  const link = () => `${bare()}#fill=${encodeURIComponent(JSON.stringify([run.name, run.answers, run.ticks]))}`;
  const openLink = () => {
    const [, packed] = location.hash.split("#fill=");
    if (!packed) return;
    history.replaceState(null, "", bare());
    try {
      const [name, given, ticks] = JSON.parse(decodeURIComponent(packed));
      add(String(name), Object.fromEntries(ids.map((id) => [id, String(given[id] ?? "")])), { ...ticks });
      bringUp();
      say(`“${run.name}” was opened.`);
    } catch {
      say("The link is damaged.");
    }
  };

  const show = () => {
    for (const box of all("[data-box]")) box.checked = isTicked(box.dataset.box);
    for (const [id, label] of form.asks) {
      for (const span of all(`[data-field="${id}"]`)) {
        span.textContent = answer(id) || label;
        span.classList.toggle("is-filled", answer(id));
      }
      const value = run.answers[id] ?? "";
      if (!input(id) || input(id).value === value) continue;
      input(id).value = value;
      // What was read from elsewhere need not be a date or a number.
      if (input(id).type !== "select-one" && input(id).value !== value) Object.assign(input(id), { type: "text", value });
    }
    ui.runs?.replaceChildren(...kept.runs.map(({ name }, at) => new Option(name, at, false, at === kept.current)));
    const [list, word] = keys.length ? [numbers.map(isTicked), "steps"] : [ids.map(answer), "answers"];
    const done = list.filter(Boolean).length;
    Object.assign(ui.progress ?? {}, { value: `${done} of ${list.length} ${word}` });
    Object.assign(ui.bar ?? {}, { max: list.length || 1, value: done });
    for (const purpose of ui.repository ? ["file", "issue"] : []) {
      ui[purpose].hidden = !repository();
      const { href, isWhole } = address(purpose);
      Object.assign(ui[purpose], { href, textContent: `${isWhole ? "New" : "Copy and open a new"} ${purpose}` });
    }
  };

  root.addEventListener("input", ({ target }) => {
    if (target.dataset.box) run.ticks[keys[target.dataset.box]] = target.checked;
    else if (ids.includes(target.name)) run.answers[target.name] = target.value;
    else if (target !== ui.runs) return show();
    else choose(target.value);
    keep();
  });
  on("fill", "submit", (event) => event.preventDefault());
  sheet.addEventListener("click", (event) => {
    const id = event.target.closest("[data-field]")?.dataset.field;
    if (!id) return;
    event.preventDefault();
    input(id)?.focus();
  });
  on("import", "change", async ({ target }) => {
    const [file] = target.files;
    if (file) readBack(await file.text(), file.name.replace(/\.\w+$/, ""));
    target.value = "";
  });
  const rich = () => copy("Document", withLine(), asHtml());
  const leave = (href) => open(href, "_blank", "noopener");
  const clicks = {
    rich,
    markdown: () => copy("Markdown", withLine()),
    docs: () => rich().then(() => leave("https://docs.new")),
    link: () => copy("Link", link()),
    command_copy: () => copy("Command", ui.command.textContent),
    print: () => print(),
    new() {
      const name = prompt("What is the new copy for?")?.trim();
      if (name) add(name);
    },
    rename: () => (run.name = prompt("What is this copy called?", run.name)?.trim() || run.name),
    delete() {
      if (!confirm(`Delete “${run.name}” with all that is filled in?`)) return;
      kept.runs.splice(kept.current, 1);
      if (!kept.runs.length) kept.runs.push(newRun("My copy"));
      choose(0);
    },
    reset: () => confirm(`Empty all fields and boxes of “${run.name}”?`) && Object.assign(run, newRun(run.name)),
  };
  for (const name in clicks) on(name, "click", () => (clicks[name](), keep()));
  on("download", "click", (event) => {
    event.preventDefault();
    const href = URL.createObjectURL(new Blob([withFront()], { type: "text/markdown" }));
    Object.assign(document.createElement("a"), { href, download: form.file }).click();
  });
  for (const purpose of ["file", "issue"]) {
    on(purpose, "click", (event) => {
      const { href, text, isWhole } = address(purpose);
      if (isWhole) return;
      event.preventDefault();
      copy("Markdown", text).then(() => leave(href));
    });
  }
  for (const name of ui.repository ? ["repository", "branch", "forge"] : []) {
    ui[name].value = stored(`fb-${name}`) ?? ui[name].value;
    on(name, "change", () => stored(`fb-${name}`, ui[name].value));
  }
  on("menu", "keydown", ({ key }) => {
    if (key !== "Escape") return;
    ui.menu.open = false;
    ui.menu.querySelector("summary").focus();
  });
  addEventListener("storage", ({ key }) => key === place && load());
  addEventListener("hashchange", openLink);
  for (const element of all("[data-script]")) element.hidden = element.dataset.script === "without";
  load();
  openLink();
})();
