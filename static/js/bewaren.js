// What saves itself ([data-bewaar]: a form, or an element in one): a second after the last key, and never more
// than a second and a half after the first one that is not saved yet. Whoever types on without a pause, or
// dictates, loses no more than the others (U5).

const TYPT = "input:not([type=radio]):not([type=checkbox]), textarea, select";
const PAUZE = 1000;
const LANGST = 1500;
const wacht = new WeakMap();

function saverOf(formulier) {
  return formulier.matches("[data-bewaar]") ? formulier : formulier.querySelector("[data-bewaar]");
}

function onChange(event) {
  const formulier = event.target.form;
  const bron = formulier && saverOf(formulier);
  if (!bron) return;
  const vorige = wacht.get(bron);
  if (vorige) clearTimeout(vorige.klok);
  wacht.delete(bron);
  // A form sends by itself what is chosen, and a text when its field is left.
  if (bron === formulier && (event.type === "change" || !event.target.matches(TYPT))) return;
  const nu = performance.now();
  const sinds = vorige ? vorige.sinds : nu;
  const klok = setTimeout(() => {
    wacht.delete(bron);
    window.htmx.trigger(bron, "bewaar");
  }, Math.max(0, Math.min(PAUZE, sinds + LANGST - nu)));
  wacht.set(bron, { klok, sinds });
}

document.addEventListener("input", onChange, true);
document.addEventListener("change", onChange, true);
