// Filters, links into closed articles and opening them for print; without scripts everything stays in view.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const bar = document.getElementById("filters");
  const words = document.getElementById("words");
  const cards = all(".card");
  const texts = cards.map((card) => card.textContent.toLowerCase());
  let show = "";

  const apply = () => {
    const sought = words.value.trim().toLowerCase();
    const filtered = show !== "" || sought !== "";
    const off = new Set();
    cards.forEach((card, n) => {
      const kept = (!show || card.dataset.filter.split(" ").includes(show)) && texts[n].includes(sought);
      card.hidden = !kept;
      if (!kept) off.add(card.id);
    });
    all("[data-claims]").forEach((mark) => {
      mark.classList.toggle("off", mark.dataset.claims.split(" ").every((id) => off.has(id)));
    });
    all("details.article").forEach((article) => {
      article.hidden = filtered && !all(".card:not([hidden])", article).length;
      if (filtered) article.open = true;
    });
    all("button", bar).forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.show === show)));
    document.getElementById("shown").textContent = filtered
      ? `${cards.length - off.size} of ${cards.length} claims shown`
      : "";
  };

  // Wherever the reader is: what was asked for begins at the first card that is left.
  const toFirst = () => {
    const first = show !== "" || words.value.trim() !== "" ? cards.find((card) => !card.hidden) : undefined;
    if (first) first.scrollIntoView({ block: "start" });
  };

  const reveal = (target) => {
    const article = target.closest("details.article");
    if (target.closest("[hidden]")) {
      show = words.value = "";
      apply();
    }
    if (article) article.open = true;
    all(".hit").forEach((hit) => hit.classList.remove("hit"));
    target.classList.add("hit");
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    reveal(target);
    // The text has its own scroll bar on wide screens: move it alone, so that the card stays where it is.
    const pane = target.closest(".reading");
    if (pane && getComputedStyle(pane).overflowY === "auto") {
      event.preventDefault();
      pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
      target.focus({ preventScroll: true });
    }
  });
  bar.addEventListener("click", (event) => {
    if (event.target.dataset.show === undefined) return;
    show = event.target.dataset.show;
    apply();
    toFirst();
  });
  words.addEventListener("input", apply);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") toFirst();
  });

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details.article:not([open])");
    closed.forEach((article) => (article.open = true));
  });
  window.addEventListener("afterprint", () => closed.forEach((article) => (article.open = false)));

  bar.hidden = false;
  const start = location.hash && document.getElementById(location.hash.slice(1));
  if (start) reveal(start);
})();
