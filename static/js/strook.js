// The strip with the clocks says what is new through the live region of the page, once: the strip itself
// is replaced now and then, and a voice that reads all of it each time makes the page unusable.

let gezegd = "";

document.addEventListener("htmx:afterSettle", () => {
  const strook = document.getElementById("termijnstrook");
  const melding = strook ? strook.dataset.strook || "" : "";
  if (melding && melding !== gezegd) document.dispatchEvent(new CustomEvent("spoed:meld", { detail: melding }));
  gezegd = melding;
});
