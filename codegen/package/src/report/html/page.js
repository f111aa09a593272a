"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));
  const one = (id) => document.getElementById(id);

  // The language.
  const russian = one("in-ru");
  const speak = () => {
    root.lang = russian.checked ? "ru" : "en";
    for (const box of all("[data-placeholder-ru]"))
      box.placeholder = russian.checked ? box.dataset.placeholderRu : box.dataset.placeholderEn;
    for (const option of all("option[data-ru]")) option.textContent = option.dataset[root.lang];
    filter();
  };

  // The filters.
  const findings = all(".finding");
  const texts = new Map();
  const text = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };
  const filter = () => {
    const severity = one("by-severity").value, table = one("by-table").value, code = one("by-code").value;
    const words = one("by-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const fresh = one("by-status") && one("by-status").checked;
    const isOn = severity || table || code || words.length || fresh;
    let shown = 0;
    for (const finding of findings) {
      const data = finding.dataset;
      const fits = (!severity || data.severity === severity) && (!table || data.table === table) &&
        (!code || data.code === code) && (!fresh || data.status !== "known") &&
        words.every((word) => text(finding).includes(word));
      finding.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const section of all("[data-findings]"))
      section.hidden = Boolean(isOn) && !section.querySelector(".finding:not([hidden])");
    one("shown").textContent = !isOn ? "" :
      (russian.checked ? "показано " : "shown ") + shown + (russian.checked ? " из " : " of ") + findings.length;
    one("reset").hidden = !isOn;
  };
  for (const id of ["by-severity", "by-table", "by-code", "by-status"]) if (one(id)) one(id).addEventListener("change", filter);
  let waiting;
  one("by-text").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  one("reset").addEventListener("click", () => {
    for (const id of ["by-severity", "by-table", "by-code", "by-text"]) one(id).value = "";
    if (one("by-status")) one("by-status").checked = false;
    filter();
  });
  for (const button of all("[data-open]"))
    button.addEventListener("click", () => {
      for (const finding of findings) if (!finding.hidden) finding.open = button.dataset.open === "yes";
    });

  // Places and commands to the clipboard.
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    event.preventDefault();
    const use = button.querySelector("use");
    const done = () => { use.setAttribute("href", "#done"); setTimeout(() => use.setAttribute("href", "#copy"), 1200); };
    const by_hand = () => {
      const box = document.createElement("textarea");
      box.value = button.dataset.copy;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(button.dataset.copy).then(done, by_hand);
    else by_hand();
  });

  // A link to a finding or a page opens it; a print shows everything.
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", open);
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("details:not([open])"); for (const one of closed) one.open = true; });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

  for (const choice of [russian, one("in-en")]) choice.addEventListener("change", speak);
  open();
  speak();
})();
