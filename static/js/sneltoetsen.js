// Single-key shortcuts, declared in the page with data-toets="n" on a link, button or field.
// They never fire while someone types (Esc leaves the field) or with Ctrl/Alt/Meta, and can be switched off
// (data-sneltoetsen="uit" on <body>, WCAG 2.1.4). "?" opens the list of the page's shortcuts.

const venster = document.getElementById("sneltoetsen-hulp");
const uit = document.body.dataset.sneltoetsen === "uit";
if (uit) document.body.classList.add("sneltoetsen-uit");

const TYPEVELD = "input:not([type=radio]):not([type=checkbox]):not([type=button]):not([type=submit]):not([type=reset]), textarea, select, [contenteditable]";

function isTyping(element) {
  return element instanceof Element && Boolean(element.closest(TYPEVELD));
}

function isReachable(element) {
  // What lies in a closed block has a place on the page all the same.
  return !element.disabled && element.checkVisibility();
}

function keyOf(element) {
  return element.dataset.toets.toLowerCase();
}

// A block of its own keys, like the closing questions: who is inside means the keys of the block.
function ownBlock() {
  const vak = document.activeElement && document.activeElement.closest("details[data-toetsvak]");
  return vak && vak.open ? vak : null;
}

function inOtherBlock(element) {
  return !element.matches("summary") && element.closest("details[data-toetsvak]") !== null;
}

function targets() {
  // In an open dialog only the dialog's own shortcuts count.
  const bereik = document.querySelector("dialog[open]") || document;
  const vak = ownBlock();
  const alle = [...bereik.querySelectorAll("[data-toets]")].filter(isReachable);
  const eigen = alle.filter((element) => vak && vak.contains(element));
  // The keys of a block that nobody is in would take those of the page.
  const buiten = alle.filter((element) => !eigen.includes(element) && !inOtherBlock(element));
  // Inside a block no digit chooses a complaint: a time typed too early would change the outcome.
  const doelen = [...eigen, ...buiten.filter((element) => !vak || !/^[0-9]$/.test(keyOf(element)))];
  // A key of the page itself wins over the same key of the menu around it.
  const opPagina = doelen.filter((element) => element.closest("main"));
  const bezet = new Set(opPagina.map(keyOf));
  return [...opPagina, ...doelen.filter((element) => !element.closest("main") && !bezet.has(keyOf(element)))];
}

function activate(element) {
  if (element.matches(TYPEVELD)) {
    element.focus();
    if (element.select) element.select();
    return;
  }
  // A block that opened by itself is not closed by the key that opens it: that only leads there.
  if (element.matches("details[data-toetsvak][open] > summary")) {
    element.focus();
    return;
  }
  // Who opens a block by its key goes on inside it, not from the top of the page.
  if (element.matches("input[type=radio], input[type=checkbox], summary")) element.focus();
  element.click();
}

function describe(element) {
  if (element.dataset.toetsUitleg) return element.dataset.toetsUitleg;
  if (element.getAttribute("aria-label")) return element.getAttribute("aria-label");
  const bron = element.matches("input, select, textarea") ? (element.labels && element.labels[0]) || element : element;
  const kopie = bron.cloneNode(true);
  kopie.querySelectorAll("kbd").forEach((kbd) => kbd.remove());
  return kopie.textContent.trim().replace(/\s+/g, " ");
}

function showHelp() {
  const lijst = venster.querySelector("[data-toetsenlijst]");
  lijst.replaceChildren(...targets().flatMap((element) => {
    const toets = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = element.dataset.toets.length === 1 ? element.dataset.toets.toUpperCase() : element.dataset.toets;
    toets.append(kbd);
    const uitleg = document.createElement("dd");
    uitleg.textContent = describe(element);
    return [toets, uitleg];
  }));
  venster.showModal();
}

const hulpknop = document.querySelector("[data-opent-hulp]");
if (hulpknop && venster && !uit) {
  hulpknop.hidden = false;
  hulpknop.addEventListener("click", showHelp);
}

// A number that is being asked takes every digit: none of them may choose something else on the page.
// The question with the focus goes first, so that 1 and then 0 make 10 on a scale.
let getypt = "";
let getyptOp = -Infinity;

function numberAsked() {
  if (document.querySelector("dialog[open]") || ownBlock()) return null;
  const actief = document.activeElement;
  return (actief && actief.closest("[data-getal]")) || document.querySelector("[data-getal=nu]");
}

function typeDigit(event, vraag) {
  const veld = vraag.querySelector("input:not([type=radio])");
  if (veld) {
    activate(veld); // not prevented: the browser types the digit into the field
    return;
  }
  event.preventDefault();
  const reeks = event.timeStamp - getyptOp < 2000 ? getypt + event.key : event.key;
  const keuze = [reeks, event.key].map((waarde) => vraag.querySelector(`input[value="${waarde}"]`)).find(Boolean);
  getypt = keuze ? keuze.value : "";
  getyptOp = event.timeStamp;
  if (keuze) activate(keuze);
}

document.addEventListener("keydown", (event) => {
  if (uit || event.defaultPrevented || event.isComposing || event.repeat) return;
  // Without a mouse there must be a way from the last field to the next shortcut.
  if (event.key === "Escape" && isTyping(event.target) && !event.target.closest("dialog[open]")) {
    event.target.blur();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === "?" && venster && !venster.open) {
    event.preventDefault();
    showHelp();
    return;
  }
  const vraag = /^[0-9]$/.test(event.key) && numberAsked();
  if (vraag) {
    typeDigit(event, vraag);
    return;
  }
  const doel = targets().find((element) => keyOf(element) === event.key.toLowerCase());
  if (!doel) return;
  event.preventDefault();
  activate(doel);
});
