// Forms: one submit only, and a warning before typed text is lost.

const gewijzigd = new WeakSet();

document.addEventListener("input", (event) => {
  const formulier = event.target.form;
  if (formulier && formulier.matches("[data-warn-unsaved]")) gewijzigd.add(formulier);
});

// Autosave (or any htmx post of the form) that succeeded: there is nothing left to lose.
document.addEventListener("htmx:afterRequest", (event) => {
  const formulier = event.detail.elt.closest && event.detail.elt.closest("form");
  if (formulier && event.detail.successful && event.detail.requestConfig.verb !== "get") gewijzigd.delete(formulier);
});

window.addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("form[data-warn-unsaved]")].some((f) => gewijzigd.has(f) && !f.dataset.verzonden);
  if (open) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const formulier = event.target;
  if (event.defaultPrevented || formulier.method.toLowerCase() !== "post") return;
  if ([...formulier.attributes].some((a) => a.name.startsWith("hx-"))) return;
  if (formulier.dataset.verzonden) {
    event.preventDefault();
    return;
  }
  formulier.dataset.verzonden = "ja";
  // After the browser has collected the values: a disabled button would not send its own name.
  setTimeout(() => {
    formulier.querySelectorAll("button[type=submit], button:not([type])").forEach((knop) => {
      knop.setAttribute("aria-disabled", "true");
    });
  });
});

// Back button from the back/forward cache: the form must be usable again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-verzonden]").forEach((formulier) => {
    delete formulier.dataset.verzonden;
    formulier.querySelectorAll("[aria-disabled]").forEach((knop) => knop.removeAttribute("aria-disabled"));
  });
});
