// Passkeys. A form with data-passkey carries the question of the server in data-opties (or fetches it
// from data-vraag); the device answers, the answer goes into the field "credential", the form is sent.

function toBytes(tekst) {
  const basis = tekst.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(basis), (teken) => teken.charCodeAt(0));
}

function toText(buffer) {
  const tekens = Array.from(new Uint8Array(buffer), (getal) => String.fromCharCode(getal)).join("");
  return btoa(tekens).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function readOptions({ publicKey }) {
  const opties = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (opties.user) opties.user = { ...opties.user, id: toBytes(opties.user.id) };
  for (const lijst of ["excludeCredentials", "allowCredentials"]) {
    if (opties[lijst]) opties[lijst] = opties[lijst].map((sleutel) => ({ ...sleutel, id: toBytes(sleutel.id) }));
  }
  return opties;
}

function writeAnswer(sleutel) {
  const velden = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const veld of velden) if (sleutel.response[veld]) response[veld] = toText(sleutel.response[veld]);
  return JSON.stringify({
    id: sleutel.id,
    rawId: toText(sleutel.rawId),
    type: sleutel.type,
    clientExtensionResults: sleutel.getClientExtensionResults(),
    response,
  });
}

async function question(formulier) {
  if (formulier.dataset.opties) return JSON.parse(formulier.dataset.opties);
  const antwoord = await fetch(formulier.dataset.vraag, { headers: { Accept: "application/json" } });
  return (await antwoord.json()).request_options;
}

async function ask(formulier) {
  const fout = formulier.querySelector("[data-passkey-fout]");
  fout.hidden = true;
  try {
    const publicKey = readOptions(await question(formulier));
    const nieuw = formulier.dataset.passkey === "nieuw";
    const sleutel = await navigator.credentials[nieuw ? "create" : "get"]({ publicKey });
    formulier.elements.credential.value = writeAnswer(sleutel);
    formulier.submit();
  } catch {
    // Cancelled, too late, no such key here: the device does not tell which, on purpose.
    fout.hidden = false;
  }
}

document.querySelectorAll("form[data-passkey]").forEach((formulier) => {
  // Only over https (or localhost) and with a name, not a number, as address.
  if (!window.PublicKeyCredential) return;
  formulier.hidden = false;
  formulier.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(formulier);
  });
});
