// The wish calendar: how many days are ticked, arrow keys from day to day, a stretch with shift. All of it
// is extra: ticking and the buttons are plain form controls.

const DAGEN = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
let vorige = "";

function days() {
  return [...document.querySelectorAll("[data-wensen] input[name=dag]")];
}

function tell() {
  const regel = document.querySelector("[data-gekozen]");
  if (!regel) return;
  const aantal = days().filter((dag) => dag.checked).length;
  regel.hidden = !aantal;
  regel.textContent = `${aantal} gekozen`;
}

// Shift and a second day tick, or clear, everything from the first one on.
document.addEventListener("click", (event) => {
  const dag = event.target.closest("[data-wensen] input[name=dag]");
  if (!dag) return;
  const alle = days();
  const eerste = alle.findIndex((ander) => ander.value === vorige);
  if (event.shiftKey && eerste >= 0) {
    const [van, tot] = [eerste, alle.indexOf(dag)].sort((a, b) => a - b);
    alle.slice(van, tot + 1).forEach((ander) => { ander.checked = dag.checked; });
  }
  vorige = dag.value;
  tell();
});

document.addEventListener("keydown", (event) => {
  const stap = DAGEN[event.key];
  if (!stap || !event.target.matches("[data-wensen] input[name=dag]")) return;
  const alle = days();
  const doel = alle[alle.indexOf(event.target) + stap];
  if (!doel) return;
  event.preventDefault();
  doel.focus();
});

document.addEventListener("change", tell);
document.addEventListener("htmx:afterSettle", tell);
window.addEventListener("pageshow", tell);
tell();
