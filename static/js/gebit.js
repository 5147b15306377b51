// The tooth chart of the report. The teeth are submit buttons and the lines plain fields, so all of it works
// without this file; here a press adds the line at once, the chart is one tab stop, and it shows what is chosen.

const STAPPEN = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const kaart = document.querySelector("[data-gebit]");
const rijen = document.querySelector("[data-tandrijen]");
const sjabloon = document.querySelector("[data-tandsjabloon]");

function teeth() {
  return [...kaart.querySelectorAll("[data-tand]")].filter((tand) => tand.checkVisibility());
}

function toothOf(element) {
  return kaart.querySelector(`[data-tand="${element}"]`);
}

function rowOf(element) {
  return rijen.querySelector(`[data-tandrij="${element}"]`);
}

function moveStop(tand) {
  kaart.querySelectorAll("[data-tand]").forEach((ander) => { ander.tabIndex = ander === tand ? 0 : -1; });
}

// One tab stop, and never on a tooth that a closed block hides.
function keepStop() {
  const zichtbaar = teeth();
  const huidig = zichtbaar.find((tand) => tand.tabIndex === 0);
  const bezet = zichtbaar.find((tand) => rowOf(tand.dataset.tand));
  moveStop(huidig || bezet || zichtbaar[0] || null);
}

// Up and down by where the teeth lie: the rows differ in length, and on a phone each quadrant has its own.
function neighbour(tand, [dx, dy]) {
  const alle = teeth();
  if (dx) return alle[alle.indexOf(tand) + dx];
  const midden = (t) => { const vak = t.getBoundingClientRect(); return [vak.left + vak.width / 2, vak.top]; };
  const [x, y] = midden(tand);
  const verder = alle.map((t) => ({ t, plek: midden(t) })).filter(({ plek }) => (plek[1] - y) * dy > 4);
  verder.sort((a, b) => Math.abs(a.plek[1] - y) - Math.abs(b.plek[1] - y) || Math.abs(a.plek[0] - x) - Math.abs(b.plek[0] - x));
  return verder.length ? verder[0].t : undefined;
}

function endOf(tand, toets) {
  const boog = [...tand.parentElement.querySelectorAll("[data-tand]")];
  return toets === "Home" ? boog[0] : boog[boog.length - 1];
}

function draw(element) {
  const tand = toothOf(element);
  const rij = rowOf(element);
  const kies = (soort) => (rij ? rij.querySelector(`select[name$="-${soort}"]`) : null);
  const [bevinding, behandeling] = [kies("bevinding"), kies("behandeling")];
  const gedaan = behandeling && behandeling.value && behandeling.value !== "advies";
  const iets = rij && (bevinding.value || behandeling.value);
  tand.dataset.stand = gedaan ? "behandeling" : iets ? "bevinding" : "";
  const vlakken = rij ? [...rij.querySelectorAll("input[type=checkbox]:checked")].map((vak) => vak.value) : [];
  tand.querySelectorAll("[data-vlak]").forEach((vlak) => {
    vlak.classList.toggle("is-aan", Boolean(rij) && (vlakken.includes(vlak.dataset.vlak) || (Boolean(iets) && !vlakken.length)));
  });
  const woorden = rij ? [bevinding, behandeling].filter((keuze) => keuze.value).map((keuze) => keuze.selectedOptions[0].text) : [];
  tand.setAttribute("aria-label", [`${element}, ${tand.dataset.naam}`, woorden.join("; ")].filter(Boolean).join(": "));
  tand.toggleAttribute("data-gekozen", Boolean(rij));
}

function tell() {
  // From a field of the form: that is where autosave and the unsaved-text warning listen.
  document.querySelector("input[name=gebit]").dispatchEvent(new Event("input", { bubbles: true }));
}

function addRow(tand) {
  const element = tand.dataset.tand;
  const stuk = sjabloon.content.cloneNode(true);
  const rij = stuk.querySelector("[data-tandrij]");
  const walker = document.createTreeWalker(rij, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let knoop = rij; knoop; knoop = walker.nextNode()) {
    if (knoop.nodeType === Node.TEXT_NODE) knoop.data = knoop.data.replace("__", element);
    else [...knoop.attributes].forEach((a) => { if (a.value.includes("__")) a.value = a.value.replace("__", element); });
  }
  rij.querySelector("[data-tandnaam]").textContent = tand.dataset.naam;
  const namen = tand.dataset.vlaknamen.split("|");
  rij.querySelectorAll("input[type=checkbox]").forEach((vak, plaats) => {
    vak.setAttribute("aria-label", namen[plaats]);
    vak.closest("label").title = namen[plaats];
  });
  const volgende = [...rijen.children].find((ander) => ander.dataset.tandrij > element);
  rijen.insertBefore(rij, volgende || null);
  draw(element);
  tell();
  return rij;
}

if (kaart && rijen && sjabloon) {
  kaart.addEventListener("click", (event) => {
    const tand = event.target.closest("[data-tand]");
    if (!tand) return;
    event.preventDefault();
    moveStop(tand);
    const rij = rowOf(tand.dataset.tand) || addRow(tand);
    rij.querySelector("select").focus();
  });

  kaart.addEventListener("keydown", (event) => {
    const tand = event.target.closest("[data-tand]");
    if (!tand || event.ctrlKey || event.altKey || event.metaKey) return;
    const isEinde = event.key === "Home" || event.key === "End";
    const doel = isEinde ? endOf(tand, event.key) : STAPPEN[event.key] && neighbour(tand, STAPPEN[event.key]);
    if (!isEinde && !STAPPEN[event.key]) return;
    event.preventDefault();
    if (!doel) return;
    moveStop(doel);
    doel.focus();
  });

  kaart.addEventListener("focusin", (event) => event.target.matches("[data-tand]") && moveStop(event.target));
  kaart.addEventListener("toggle", keepStop, true);

  rijen.addEventListener("change", (event) => {
    const rij = event.target.closest("[data-tandrij]");
    if (rij) draw(rij.dataset.tandrij);
  });

  rijen.addEventListener("click", (event) => {
    const weg = event.target.closest("button[name=gebit_weg]");
    if (!weg) return;
    event.preventDefault();
    const element = weg.value;
    rowOf(element).remove();
    draw(element);
    tell();
    const tand = toothOf(element);
    moveStop(tand);
    if (tand.checkVisibility()) tand.focus();
  });

  keepStop();
}
