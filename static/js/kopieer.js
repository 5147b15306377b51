// data-kopieer="text" or data-kopieer="#id" copies a text; the button itself says that it worked.
document.addEventListener("click", async (event) => {
  const knop = event.target.closest && event.target.closest("[data-kopieer]");
  if (!knop) return;
  const bron = knop.dataset.kopieer;
  const element = bron.startsWith("#") ? document.getElementById(bron.slice(1)) : null;
  const tekst = element ? (element.value || element.textContent).trim() : bron;
  const label = knop.querySelector("span") || knop;
  const oud = label.dataset.tekst || label.textContent;
  label.dataset.tekst = oud;
  let uitkomst;
  try {
    await navigator.clipboard.writeText(tekst);
    uitkomst = "Gekopieerd";
  } catch {
    // Without permission or without https the text can still be copied by hand.
    if (element) getSelection().selectAllChildren(element);
    uitkomst = "Kopiëren lukt niet. Druk Ctrl + C";
  }
  label.textContent = uitkomst;
  document.dispatchEvent(new CustomEvent("spoed:meld", { detail: uitkomst }));
  setTimeout(() => { label.textContent = oud; }, 2500);
});
