// The board (j/k and the filter) and the call screen (nothing typed is swapped away). Without this file both
// still work: links, buttons, and saving when a field is left.

const TYPT = "input:not([type=radio]):not([type=checkbox]), textarea, select";

// --- call screen: when something was changed last, and when the last question was sent
let gewijzigd = 0;
let verstuurd = 0;

function onChange(event) {
  if (event.target.form && event.target.form.matches("[data-bewaar]")) gewijzigd = performance.now();
}

// Capturing: the moment must be known before htmx, which listens on the form, sends.
document.addEventListener("input", onChange, true);
document.addEventListener("change", onChange, true);
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.target.matches("[data-bewaar]")) verstuurd = performance.now();
});

// An answer of the server never takes the place of a field that someone is typing in, or of the dialog in
// which the result of a call is being chosen: the next answer brings the same news.
function isBusy(doel) {
  if (!(doel instanceof Element)) return false;
  if (doel.querySelector("dialog[open]")) return true;
  const actief = document.activeElement;
  return doel.contains(actief) && actief.matches(TYPT) && performance.now() - gewijzigd < 3000;
}

// Nor the place of a form that is being sent: its own answer comes, and htmx looks for the parts of that
// answer in the page that the form belongs to. Taken out of the page, those parts would be lost.
function isSending(doel) {
  return doel instanceof Element && Boolean(doel.querySelector("form.htmx-request"));
}

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const doel = event.detail.target;
  if (isBusy(doel) || isSending(doel)) event.detail.shouldSwap = false;
  // What somebody opened stays open.
  doel.querySelectorAll("details[id][open]").forEach((blok) => {
    const nieuw = event.detail.fragment.querySelector(`#${blok.id}`);
    if (nieuw) nieuw.open = true;
  });
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // Changed since the question was sent: its answer would undo a key that was just pressed, and a
  // newer request is waiting already.
  const bron = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (bron && bron.matches("[data-bewaar]") && gewijzigd > verstuurd) event.detail.shouldSwap = false;
});

// A field and its sentence belong together, also when only the sentence was replaced.
document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll("[data-fout-bij]").forEach((fout) => {
    const veld = document.getElementById(fout.dataset.foutBij);
    if (!veld) return;
    if (fout.hidden) {
      veld.removeAttribute("aria-invalid");
      return;
    }
    veld.setAttribute("aria-invalid", "true");
    veld.setAttribute("aria-describedby", fout.id);
  });
});

// What still has to be done stands where the eye is, and a screen reader starts there. The answer took
// the pressed button away: without a mouse it would be fifty times Tab back to the decision.
// Not before the answer has settled: until then htmx does not know the new form, and Enter would send it
// as a whole page.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "rechts") return;
  const doel = event.target.querySelector(
    "#redenen, details[open] [name=besluit]:checked, details[open] [name=besluit]",
  ) || event.target.querySelector("#afronden[open] [name=controles]:not(:checked)");
  if (doel) doel.focus();
  // Nothing to fill in: then the card says what came of it.
  else event.target.scrollTop = 0;
});

// A block that was just opened has to be seen, whatever the pane it stands in had scrolled to.
document.addEventListener("toggle", (event) => {
  const blok = event.target;
  if (blok.matches("details[data-toetsvak]") && blok.open && blok.contains(document.activeElement)) {
    blok.scrollIntoView({ block: "nearest" });
  }
}, true);

// --- board: j and k walk over the calls, Enter opens (the focus is on a link), the field filters
function rijen() {
  return [...document.querySelectorAll("tr[data-rij]")].filter((rij) => !rij.hidden);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (document.body.dataset.sneltoetsen === "uit" || document.querySelector("dialog[open]")) return;
  if (event.target.matches && event.target.matches(TYPT)) {
    if (event.target.id === "filter" && event.key === "Enter") walk(1);
    return;
  }
  if (event.key === "j") walk(1);
  if (event.key === "k") walk(-1);
});

function walk(stap) {
  const lijst = rijen();
  if (!lijst.length) return;
  const nu = lijst.findIndex((rij) => rij.contains(document.activeElement));
  const doel = nu === -1 ? (stap > 0 ? 0 : lijst.length - 1) : Math.min(Math.max(nu + stap, 0), lijst.length - 1);
  lijst[doel].querySelector("a").focus();
}

const filter = document.getElementById("filter");

function applyFilter() {
  if (!filter) return;
  const gezocht = filter.value.trim().toLowerCase();
  document.querySelectorAll("tr[data-rij]").forEach((rij) => {
    rij.hidden = gezocht !== "" && !rij.textContent.toLowerCase().includes(gezocht);
  });
}

if (filter) {
  filter.closest("[data-bord-filter]").hidden = false;
  filter.addEventListener("input", applyFilter);
  document.addEventListener("htmx:afterSettle", applyFilter);
}
