// Dropping files, progress, keys, and changes without loading the page anew. Without scripts every link and form works.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const NO_ANSWER = "The server does not answer: start it again. What you typed is still here, and nothing was changed.";
  const SAID_FOR = 8000; // milliseconds that what was done stays on the page
  let leaving = 0;
  const leave = () => {
    window.clearTimeout(leaving);
    leaving = window.setTimeout(() => find("#said")?.replaceChildren(), SAID_FOR);
  };
  const say = (words) => {
    const said = find("#said");
    if (said) said.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }));
    if (words !== NO_ANSWER) leave();
  };

  // --- one page after the other, without losing the place ---

  const places = () => ({
    top: window.scrollY,
    reading: find(".reading")?.scrollTop ?? 0,
    focus: document.activeElement?.id ?? "",
  });
  const show = (html, url, before, moved) => {
    const made = new DOMParser().parseFromString(html, "text/html");
    const main = find("main", made);
    if (!main) return window.location.assign(url);
    find("main").replaceWith(document.adoptNode(main));
    document.title = made.title;
    const where = new URL(url, window.location.href);
    where.searchParams.delete("said");
    window.history[moved ? "pushState" : "replaceState"](null, "", where);
    const reading = find(".reading");
    if (reading) reading.scrollTop = before.reading;
    window.scrollTo(0, before.top);
    // What was said has to change after it is on the page to be read out.
    const said = find("#said");
    const words = said?.textContent.trim();
    if (words) {
      said.replaceChildren();
      window.setTimeout(() => say(words), 50);
    }
    const next = find("[data-focus]", main) ?? (before.focus ? document.getElementById(before.focus) : null);
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
    prepare();
  };
  const go = async (url, options, moved) => {
    const before = places();
    find("main").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { credentials: "same-origin", ...options });
      if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) return window.location.assign(url);
      show(await answer.text(), answer.url, before, moved);
    } catch {
      say(NO_ANSWER);
    } finally {
      find("main")?.removeAttribute("aria-busy");
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(link.href, {}, link.dataset.swap === "moved");
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-swap]")) {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form, event.submitter));
      const isGet = form.method === "get";
      go(isGet ? `${form.action}?${body}` : form.action, isGet ? {} : { method: "POST", body }, isGet);
    }
  });
  window.addEventListener("popstate", () => go(window.location.href, {}, false));

  // --- the text and its claims ---

  // Code points before a place in a line of the article; badges are ours, and no text of it.
  const placeIn = (node, offset) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const line = element?.closest("[data-start]");
    if (!line) return null;
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, offset);
    const part = range.cloneContents();
    all(".badge", part).forEach((badge) => badge.remove());
    return Number(line.dataset.start) + [...part.textContent].length;
  };
  const selected = () => {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = placeIn(range.startContainer, range.startOffset);
    const end = placeIn(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end ? `${start}-${end}` : null;
  };
  let last = null; // a selection is gone when a field gets the focus
  const chosen = () => (last = selected() ?? last); // its event may come after the key that is pressed next
  document.addEventListener("selectionchange", chosen);
  const marked = (target) => {
    all(".hit").forEach((hit) => hit.classList.remove("hit"));
    target.classList.add("hit");
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!target) return;
    marked(target);
    const pane = target.closest(".reading");
    if (pane && getComputedStyle(pane).overflowY === "auto") {
      event.preventDefault();
      pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
    if (target.matches(".card")) target.focus({ preventScroll: false });
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    all("[data-claims].now").forEach((mark) => mark.classList.remove("now"));
    if (card) all(`[data-claims~="${CSS.escape(card.id)}"]`).forEach((mark) => mark.classList.add("now"));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const form = button.closest("form");
    if (!chosen()) return say("Select words of the article first. Without a mouse, type the words into the field.");
    const spans = find("[name=spans]", form);
    spans.value = button.dataset.take === "more" && spans.value ? `${spans.value},${last}` : last;
    form.requestSubmit(find("[name=take]", form));
  });

  // --- keys ---

  const KEYS_OFF = "annotator-keys-off";
  const off = () => window.localStorage.getItem(KEYS_OFF) === "1";
  const cards = () => all(".card");
  const card = () => document.activeElement?.closest(".card") ?? null;
  const step = (by) => {
    const listed = cards();
    const here = listed.indexOf(card());
    const next = listed[here < 0 ? (by > 0 ? 0 : listed.length - 1) : here + by];
    if (!next) return say(by > 0 ? "This was the last claim." : "This was the first claim.");
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    const mark = find(`.reading [data-claims~="${CSS.escape(next.id)}"]`);
    const pane = find(".reading");
    if (mark && pane && getComputedStyle(pane).overflowY === "auto") {
      pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
  };
  const press = (key) => {
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const own = card();
    const button = (own && find(`[data-key="${key}"]`, own)) ?? all(`[data-key="${key}"]`).find((b) => !b.closest(".card"));
    if (!button) return "axved".includes(key) && find(".card") ? say("Go to a claim first, with j or k.") : undefined;
    if (button.matches("input[type=search]")) return button.focus();
    if (key === "n" && chosen()) {
      const url = new URL(button.href);
      url.searchParams.set("spans", last);
      return go(url, {}, false);
    }
    button.click();
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Escape" && event.target.closest("form[data-close]")) {
      return find("a.close", event.target.closest("form[data-close]"))?.click();
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && typing) {
      event.preventDefault();
      return typing.form?.requestSubmit(find("button.primary", typing.form));
    }
    if (off() || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!/^[a-z/?]$/.test(event.key)) return;
    if (find(`[data-key="${event.key}"]`) || "jk".includes(event.key) || "axved".includes(event.key)) {
      event.preventDefault();
      press(event.key);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-off") {
      window.localStorage.setItem(KEYS_OFF, event.target.checked ? "1" : "0");
      say(event.target.checked ? "Single keys are off." : "Single keys are on.");
    }
    if (event.target.matches("select[data-go]")) event.target.form.requestSubmit();
  });

  // --- putting in ---

  const drop = find("form[data-drop]");
  if (drop) {
    const files = find("input[type=file]", drop);
    const fits = () => {
      const size = [...files.files].reduce((sum, file) => sum + file.size, 0);
      const most = Number(drop.dataset.most);
      const words = size > most ? `These files have ${(size / 1e6).toFixed(1)} MB, more than ${most / 1e6} MB.` : "";
      files.setCustomValidity(words);
      if (words) files.reportValidity();
      return !words;
    };
    files.addEventListener("change", fits);
    for (const kind of ["dragenter", "dragover"]) {
      window.addEventListener(kind, (event) => {
        event.preventDefault();
        document.body.classList.add("dropping");
      });
    }
    window.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) document.body.classList.remove("dropping");
    });
    window.addEventListener("drop", (event) => {
      event.preventDefault();
      document.body.classList.remove("dropping");
      if (!event.dataTransfer.files.length) return;
      files.files = event.dataTransfer.files;
      if (!fits()) return;
      say(`${files.files.length === 1 ? files.files[0].name : `${files.files.length} files`} dropped.`);
      drop.requestSubmit();
    });
    drop.addEventListener("submit", () => say("Sending."));
  }
  const watch = async () => {
    const job = find("[data-job]");
    if (!job) return;
    try {
      const answer = await fetch(`${job.dataset.job}/progress`);
      const now = await answer.json();
      if (now.finished) return window.location.replace(job.dataset.job);
      const bar = find("progress", job);
      find(".says", job).textContent = now.says;
      if (now.total) Object.assign(bar, { max: now.total, value: now.done });
      window.setTimeout(watch, 700);
    } catch {
      say("The server does not answer: start it again. What was done is in the worklist.");
    }
  };

  const prepare = () => {
    const keys = find("#keys-off");
    if (keys) keys.checked = off();
    all("[data-needs-script]").forEach((part) => (part.hidden = false));
    last = null;
  };
  prepare();
  leave();
  watch();
  find("[data-focus]")?.focus();
})();
