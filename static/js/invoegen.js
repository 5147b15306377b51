// A text block or a tariff code goes to where the cursor was. Without this file the button saves and adds it at
// the end; a list and a button do both, so the keyboard and a phone need nothing else.

const plekken = new WeakMap();

document.addEventListener("focusout", (event) => {
  if (event.target.matches("textarea, input[type=text]")) plekken.set(event.target, event.target.selectionEnd);
});

function between(voor, veld) {
  if (!voor.trim()) return "";
  if (veld.name === "tariefcodes") return /[,;]\s*$/.test(voor) ? " " : ", ";
  return /\n$/.test(voor) ? "" : "\n";
}

function insert(veld, tekst) {
  const plek = plekken.get(veld) ?? veld.value.length;
  const voor = veld.value.slice(0, plek).replace(/ +$/, "");
  const stuk = between(voor, veld) + tekst;
  veld.value = voor + stuk + veld.value.slice(plek);
  veld.focus();
  veld.setSelectionRange(voor.length + stuk.length, voor.length + stuk.length);
  veld.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const knop = event.target.closest("button[name=invoegen]");
  if (!knop) return;
  event.preventDefault();
  const keuze = knop.form.elements[`keuze_${knop.value}`];
  const gekozen = keuze.selectedOptions[0];
  if (!gekozen || !gekozen.value) {
    keuze.focus();
    return;
  }
  insert(knop.form.elements[knop.value], gekozen.dataset.tekst);
  keuze.value = "";
});
