// A page on which nothing was done for 20 minutes asks each minute whether it is still logged in. The
// question itself is no sign of a person (kring/sessies.py). Somebody may be busy in another tab.

const STIL = 20 * 60 * 1000;
const MINUUT = 60 * 1000;
let gezien = Date.now();

["pointerdown", "keydown", "input"].forEach((teken) => {
  document.addEventListener(teken, () => { gezien = Date.now(); }, { capture: true, passive: true });
});

setInterval(async () => {
  if (Date.now() - gezien < STIL) return;
  try {
    const antwoord = await fetch(document.body.dataset.leeft, { headers: { "HX-Request": "true" } });
    if (antwoord.status === 401) document.dispatchEvent(new CustomEvent("spoed:uitgelogd"));
  } catch {
    // No connection: the bar for that is the work of verbinding.js.
  }
}, MINUUT);
