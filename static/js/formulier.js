// Forms: one submit only, and a warning before typed text is lost.

const BEWAAKT = "form[data-warn-unsaved], form[data-bewaar]";
// How many keys were pressed in a form since it was saved, and how many of those are on their way.
const gewijzigd = new WeakMap();
const onderweg = new WeakMap();

document.addEventListener("input", (event) => {
  const formulier = event.target.form;
  if (formulier && formulier.matches(BEWAAKT)) gewijzigd.set(formulier, (gewijzigd.get(formulier) || 0) + 1);
});

// A button in a form that only asks something (data-leest-alleen) saves nothing.
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.detail.elt.matches("[data-leest-alleen]")) return;
  const formulier = event.detail.elt.closest("form");
  if (formulier) onderweg.set(formulier, gewijzigd.get(formulier));
});

// The login page instead of an answer, or an answer that swaps nothing in, saved nothing.
function isSaved({ successful, requestConfig, xhr }) {
  if (!successful || requestConfig.verb === "get") return false;
  if (xhr.getResponseHeader("HX-Reswap") === "none") return false;
  return new URL(xhr.responseURL).pathname === new URL(requestConfig.path, location.href).pathname;
}

// Autosave (or any htmx post of the form) that succeeded: there is nothing left to lose.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt.matches && event.detail.elt.matches("[data-leest-alleen]")) return;
  const formulier = event.detail.elt.closest && event.detail.elt.closest("form");
  if (!formulier) return;
  if (isSaved(event.detail) && !isUnsaved(formulier)) gewijzigd.delete(formulier);
  onderweg.delete(formulier);
});

function isUnsaved(formulier) {
  return !formulier.dataset.verzonden && gewijzigd.get(formulier) !== onderweg.get(formulier);
}

function isAnyUnsaved() {
  return [...document.querySelectorAll(BEWAAKT)].some(isUnsaved);
}

// The same question twice: of the browser, and of a module that wants to leave the page.
["beforeunload", "spoed:mag-weg"].forEach((vraag) => {
  window.addEventListener(vraag, (event) => isAnyUnsaved() && event.preventDefault());
});

document.addEventListener("submit", (event) => {
  const formulier = event.target;
  if (event.defaultPrevented || formulier.method.toLowerCase() !== "post") return;
  if ([...formulier.attributes].some((a) => a.name.startsWith("hx-"))) {
    // Sent whole, by a button that htmx does not listen to.
    gewijzigd.delete(formulier);
    return;
  }
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
