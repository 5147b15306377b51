// Dependent parts of a form: data-toon-als="veld=waarde" (several values: "veld=a|b", filled in at all:
// "veld", empty: "veld="). A hidden part is disabled too, so that its answers are not sent along.

function currentValue(formulier, naam) {
  const velden = [...formulier.elements].filter((element) => element.name === naam);
  if (!velden.length) return "";
  if (["radio", "checkbox"].includes(velden[0].type)) {
    return velden.filter((element) => element.checked && !element.disabled).map((element) => element.value).join("|");
  }
  return velden[0].disabled ? "" : velden[0].value;
}

function holds(formulier, voorwaarde) {
  const [naam, verwacht] = voorwaarde.split("=");
  const waarde = currentValue(formulier, naam);
  if (verwacht === undefined) return waarde !== "";
  if (verwacht === "") return waarde === "";
  const gekozen = waarde.split("|");
  return verwacht.split("|").some((mogelijk) => gekozen.includes(mogelijk));
}

function setVisible(deel, zichtbaar) {
  deel.hidden = !zichtbaar;
  if (deel.matches("fieldset")) {
    deel.disabled = !zichtbaar;
    return;
  }
  deel.querySelectorAll("input, select, textarea, button").forEach((veld) => { veld.disabled = !zichtbaar; });
}

function update(formulier) {
  // In document order: a part that depends on a hidden answer is then hidden as well.
  formulier.querySelectorAll("[data-toon-als]").forEach((deel) => {
    const ouder = deel.parentElement.closest("[data-toon-als]");
    const zichtbaar = deel.dataset.toonAls.split("&").every((voorwaarde) => holds(formulier, voorwaarde.trim()));
    setVisible(deel, zichtbaar && !(ouder && ouder.hidden));
  });
}

function updateAll() {
  new Set([...document.querySelectorAll("[data-toon-als]")].map((deel) => deel.closest("form"))).forEach((f) => f && update(f));
}

document.addEventListener("change", (event) => event.target.form && update(event.target.form));
document.addEventListener("input", (event) => event.target.form && update(event.target.form));
document.addEventListener("htmx:afterSettle", updateAll);
window.addEventListener("pageshow", updateAll);
updateAll();
