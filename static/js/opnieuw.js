// The page with a form that came too late. A new login changes the CSRF token: the new one is fetched
// before the form goes. The button then says in whose name, because someone else may have logged in.

const formulier = document.querySelector("form[data-opnieuw]");
const fout = document.querySelector("[data-opnieuw-fout]");

async function refresh() {
  const antwoord = await fetch(formulier.dataset.opnieuw);
  const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
  const kop = pagina.body.getAttribute("hx-headers");
  const naam = pagina.querySelector(".kop__naam");
  if (!antwoord.ok || !kop || !naam) return "";
  formulier.elements.csrfmiddlewaretoken.value = JSON.parse(kop)["X-CSRFToken"];
  return naam.textContent.trim();
}

async function show() {
  const naam = await refresh().catch(() => "");
  const knop = formulier.querySelector("button span") || formulier.querySelector("button");
  if (naam) knop.textContent = `Versturen als ${naam}`;
  if (naam) fout.hidden = true;
  return naam;
}

formulier.addEventListener("submit", async (event) => {
  if (formulier.dataset.klaar) return;
  event.preventDefault();
  const knop = formulier.querySelector("button").textContent;
  const naam = await show();
  fout.hidden = Boolean(naam);
  // The name must have been on the button before it was pressed.
  if (!naam || !knop.includes(naam)) return;
  formulier.dataset.klaar = "ja";
  formulier.requestSubmit();
});

document.addEventListener("visibilitychange", () => document.hidden || show());
