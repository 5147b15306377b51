// Countdowns. The server has already written the right text; this only keeps it right.
// Everything is reckoned from the server's clock: each element carries the moment at which the server
// rendered it (data-nu), and only the time that has passed since then is taken from the browser.
// The limits and the words are the same as in kern/weergave.py.

const STRAKS = 600;
const BIJNA = 300;
const gezien = new WeakMap();

function stand(seconden) {
  if (seconden <= 0) return "te_laat";
  if (seconden <= BIJNA) return "bijna";
  return seconden <= STRAKS ? "straks" : "ruim";
}

function duur(seconden) {
  const minuten = Math.floor(seconden / 60);
  if (minuten < 60) return `${minuten} min`;
  if (minuten < 1440) {
    const rest = minuten % 60;
    return `${Math.floor(minuten / 60)} u` + (rest ? ` ${String(rest).padStart(2, "0")} min` : "");
  }
  const dagen = Math.floor(minuten / 1440);
  const uren = Math.floor((minuten % 1440) / 60);
  return `${dagen} ${dagen === 1 ? "dag" : "dagen"}` + (uren ? ` ${uren} u` : "");
}

function tekst(seconden) {
  const heel = Math.floor(Math.abs(seconden));
  if (seconden <= 0) return heel < 60 ? "nu" : `${duur(heel)} te laat`;
  if (heel < STRAKS) return `nog ${Math.floor(heel / 60)}:${String(heel % 60).padStart(2, "0")} min`;
  return `nog ${duur(heel)}`;
}

const AANKONDIGING = {
  straks: (naam) => `Nog 10 minuten: ${naam}`,
  bijna: (naam) => `Nog 5 minuten: ${naam}`,
  te_laat: (naam) => `De tijd is om: ${naam}`,
};

// A target that was missed is no norm that was broken: it turns grey, not red.
function standVan(klok, seconden) {
  return klok.dataset.soort === "streef" && seconden <= 0 ? "voorbij" : stand(seconden);
}

// A clock that counts up: how long ago it was. It warns for nothing.
function tickSinds(klok) {
  const staat = gezien.get(klok) || { verschil: Date.parse(klok.dataset.nu) - Date.now() };
  gezien.set(klok, staat);
  const seconden = (Date.now() + staat.verschil - Date.parse(klok.dataset.sinds)) / 1000;
  const veld = klok.querySelector("[data-klok-tekst]") || klok;
  const nieuw = `${duur(Math.max(0, Math.floor(seconden)))} geleden`;
  if (veld.textContent !== nieuw) veld.textContent = nieuw;
}

function tick(klok) {
  let staat = gezien.get(klok);
  // A swapped fragment may reuse the element with a newer server time.
  if (!staat || staat.nu !== klok.dataset.nu || staat.deadline !== klok.dataset.deadline) {
    staat = {
      nu: klok.dataset.nu,
      deadline: klok.dataset.deadline,
      einde: Date.parse(klok.dataset.deadline),
      verschil: Date.parse(klok.dataset.nu) - Date.now(),
    };
    gezien.set(klok, staat);
  }
  const seconden = (staat.einde - (Date.now() + staat.verschil)) / 1000;
  const veld = klok.querySelector("[data-klok-tekst]") || klok;
  const nu = standVan(klok, seconden);
  const nieuw = nu === "voorbij" ? "voorbij" : tekst(seconden);
  if (veld.textContent !== nieuw) veld.textContent = nieuw;

  if (nu === klok.dataset.stand) return;
  klok.classList.remove(`klok--${klok.dataset.stand}`);
  klok.classList.add(`klok--${nu}`);
  klok.dataset.stand = nu;
  // Only crossing a limit is spoken; a voice that counts seconds makes the page unusable.
  if (klok.dataset.naam && AANKONDIGING[nu]) {
    document.dispatchEvent(new CustomEvent("spoed:meld", { detail: AANKONDIGING[nu](klok.dataset.naam) }));
  }
}

function tickAll() {
  document.querySelectorAll("[data-deadline]").forEach(tick);
  document.querySelectorAll("[data-sinds]").forEach(tickSinds);
}

tickAll();
setInterval(tickAll, 1000);
// A background tab is slowed down by the browser: be right at once when it comes back.
document.addEventListener("visibilitychange", () => document.hidden || tickAll());
document.addEventListener("htmx:afterSettle", tickAll);
